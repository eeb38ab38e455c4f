"""What is new in a feed since the rendering a reader has (RFC 3229, "feed").

Remembers what was handed out; after a restart nothing is, and readers get whole feeds.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TypeAlias

from publish.feed import FeedItem, TopicFeed

ItemVersion: TypeAlias = int
"""The hash of an item as it was at one time: a feed of a thousand takes 64 kB."""


class IssuedFeeds:
    """The items of the latest renderings, by the tags these had.

    Keeps `capacity` tags, the longest unused making room; safe for many threads.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._issued: OrderedDict[str, frozenset[ItemVersion]] = OrderedDict()
        self._access = threading.Lock()

    def remember(self, etags: Iterable[str], feed: TopicFeed) -> None:
        """A feed was handed out under these tags."""
        versions = _versions(feed)
        with self._access:
            for etag in etags:
                self._issued[etag] = versions
                self._issued.move_to_end(etag)
            while len(self._issued) > self._capacity:
                self._issued.popitem(last=False)

    def find(self, etags: Collection[str]) -> frozenset[ItemVersion] | None:
        """The items of the first of these renderings that is remembered."""
        with self._access:
            for etag in etags:
                if etag in self._issued:
                    self._issued.move_to_end(etag)
                    return self._issued[etag]
        return None


def select_new(feed: TopicFeed, known: frozenset[ItemVersion]) -> TopicFeed | None:
    """The feed with those items only that are new or revised; None if there are none.

    None says that the feed changed in another way, which only the whole of it shows.
    """
    items = tuple(item for item in feed.items if _version(item) not in known)
    return replace(feed, items=items) if items else None


def _versions(feed: TopicFeed) -> frozenset[ItemVersion]:
    return frozenset(map(_version, feed.items))


def _version(item: FeedItem) -> ItemVersion:
    return hash((item.tag_uri, item.updated_at))
