"""The names of the documents that can be asked for; rendering them is `render`'s work.

A name is all that is needed to find a document again: two equal names are one
document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from publish.feed import FeedFormat
from publish.feed_name import FeedName
from store.article import ArticleId, TopicFilter


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The page of all topics."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The page for people of a feed."""

    name: FeedName


@dataclass(frozen=True, slots=True)
class FilteredPage:
    """The page of a topic with some of its articles only."""

    name: FeedName
    only: TopicFilter


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """The page of every feed beside topics."""


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """The page of all sources."""


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The page about the service."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """The page of an article."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class FeedIn:
    """A feed in one format."""

    name: FeedName
    feed_format: FeedFormat


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A page of a feed's archive in one format; the first is number 1."""

    name: FeedName
    number: int
    feed_format: FeedFormat


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """The OPML of all topics."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The one stylesheet of all pages."""


@dataclass(frozen=True, slots=True)
class FeedStylesheet:
    """The stylesheet of feeds that are opened in a browser."""


Document: TypeAlias = (
    IndexPage
    | FeedPage
    | FilteredPage
    | ArticlePage
    | FeedsPage
    | SourcesPage
    | AboutPage
    | FeedIn
    | ArchivePage
    | SubscriptionList
    | Stylesheet
    | FeedStylesheet
)

HeldDocument: TypeAlias = FeedIn | ArchivePage | FeedPage | FilteredPage
"""What has links that only the holder of a secret may follow, where it is private."""


def feed_behind(document: Document) -> FeedName | None:
    """The feed that a document is, or shows something of; None for all others."""
    name = getattr(document, "name", None)
    return name if isinstance(name, FeedName) else None
