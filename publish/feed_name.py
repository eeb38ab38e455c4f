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
    DIGEST = "digest"  # the digests of a topic; lies below it
    SEARCH = "searches"  # a saved search of the operator's
    TAG = "tags"  # articles about a tag
    SOURCE = "sources"  # articles that a source wrote or carried
    LANGUAGE = "languages"  # articles in a language, by its code
    STORY = "stories"  # the articles of a story, by its number
    ALL = "all"  # every article
    HEALTH = "health"  # what the operator is told of sources

    @property
    def route(self) -> str:
        """The address of its feeds as a pattern, without the suffix of a format."""
        if self.is_single:
            return f"/{self.value}"
        if self is FeedKind.DIGEST:
            return f"/{FeedKind.TOPIC.value}/{{slug}}/{self.value}"
        return f"/{self.value}/{{slug}}"

    @property
    def is_logged(self) -> bool:
        """Whether its feeds have a log, and so an archive."""
        return self in (FeedKind.TOPIC, FeedKind.SEARCH)

    @property
    def is_single(self) -> bool:
        """Whether there is but one feed of the kind, which has no slug."""
        return self in (FeedKind.ALL, FeedKind.HEALTH)


@dataclass(frozen=True, slots=True)
class FeedName:
    """One feed, in whatever format; `slug` is "" where its kind has but one."""

    kind: FeedKind
    slug: str = ""

    @property
    def path(self) -> str:
        """Its address below the public one, without the suffix of a format."""
        if self.kind is FeedKind.DIGEST:
            return f"{topic_feed(self.slug).path}/{self.kind.value}"
        return f"{self.kind.value}/{self.slug}" if self.slug else self.kind.value

    @property
    def file(self) -> str:
        """The last part of its address."""
        return self.path.rpartition("/")[2]

    @property
    def depth(self) -> int:
        """How many folders below the public address its page lies."""
        return self.path.count("/")

    @property
    def uri_name(self) -> str:
        """By what its `tag:` URI names it."""
        kind = _URI_KINDS[self.kind]
        return f"{kind}/{self.slug}" if self.slug else kind


_URI_KINDS = {
    FeedKind.TOPIC: "topic",
    FeedKind.DIGEST: "digest",
    FeedKind.SEARCH: "search",
    FeedKind.TAG: "tag",
    FeedKind.SOURCE: "source",
    FeedKind.LANGUAGE: "language",
    FeedKind.STORY: "story",
    FeedKind.ALL: "all",
    FeedKind.HEALTH: "health",
}
ALL_ARTICLES = FeedName(FeedKind.ALL)


def topic_feed(slug: str) -> FeedName:
    """The name of a topic's feed."""
    return FeedName(FeedKind.TOPIC, slug)
