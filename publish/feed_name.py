"""Names of the feeds that can be subscribed to, by kind.

A name says where a feed is served and what it is called for ever; whether there is
such a feed, the edition and the store know.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FeedKind(Enum):
    """What a feed is a selection of; the value begins the path of its address."""

    TOPIC = "topics"  # a topic of the operator's


@dataclass(frozen=True, slots=True)
class FeedName:
    """One feed, in whatever format."""

    kind: FeedKind
    slug: str

    @property
    def path(self) -> str:
        """Its address below the public one, without the suffix of a format."""
        return f"{self.kind.value}/{self.slug}"

    @property
    def depth(self) -> int:
        """How many folders below the public address its page lies."""
        return self.path.count("/")

    @property
    def uri_name(self) -> str:
        """By what its `tag:` URI names it."""
        return f"{_URI_KINDS[self.kind]}/{self.slug}"


_URI_KINDS = {FeedKind.TOPIC: "topic"}


def topic_feed(slug: str) -> FeedName:
    """The name of a topic's feed."""
    return FeedName(FeedKind.TOPIC, slug)
