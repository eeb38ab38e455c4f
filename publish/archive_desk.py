"""The archives of feeds that have a log: closes pages that are full, finds those kept.

Pages are closed when the feed is made anew, so that whatever the feed holds no more
is in the page it leads to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import structlog

from publish.archive import link_before, read_page, write_page
from publish.departed import log_of
from publish.edition import Edition, FeedRules
from publish.feed import TopicFeed
from publish.feed_name import FeedName
from store.archive import PageRules, WritePage
from store.errors import StoreError

_log = structlog.get_logger(__name__)


class KeptPages(Protocol):
    """What publishing asks of the archive of the store."""

    def last_number(self, topic: str) -> int:
        """The number of the last page of a topic, 0 where none is full yet."""

    def find_page(self, topic: str, number: int) -> bytes | None:
        """What was written of a page, None where there is none of this number."""

    def close_pages(self, rules: PageRules, write: WritePage) -> None:
        """Close every page that is full."""


class ArchiveDesk:
    """The archives of one edition."""

    def __init__(self, edition: Edition, pages: KeptPages) -> None:
        self._edition = edition
        self._pages = pages

    def close(self, rules: FeedRules) -> None:
        """Close the pages of a feed that are full, in trouble the next time."""
        if rules.page_size is None:
            return
        cut = PageRules(
            topic=log_of(rules.name),
            size=rules.page_size,
            once=rules.once,
        )
        try:
            self._pages.close_pages(
                cut, lambda page: write_page(rules, page, self._edition)
            )
        except StoreError as error:
            _log.warning("pages_not_closed", feed=rules.name.path, error=str(error))

    def lead_to_archive(self, feed: TopicFeed, rules: FeedRules) -> TopicFeed:
        """The feed with a link to the last page of its archive, if it has any."""
        last = self.last_number(rules)
        addresses = self._edition.addresses
        return replace(feed, older_url=link_before(feed.name, last + 1, addresses))

    def last_number(self, rules: FeedRules) -> int:
        """The number of the last page of a feed's archive, 0 where there is none."""
        if rules.page_size is None:
            return 0
        return self._pages.last_number(log_of(rules.name))

    def page(self, name: FeedName, number: int) -> TopicFeed | None:
        """A page of the archive of a feed that has one, None where it is not full."""
        kept = self._pages.find_page(log_of(name), number)
        if kept is None:
            return None
        return read_page(kept, name, number, self._edition.addresses)
