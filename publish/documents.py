"""The names of the documents that can be asked for; rendering them is `render`'s work.

A name is all that is needed to find a document again: two equal names are one
document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from publish.feed import FeedFormat
from store.article import ArticleId


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The page of all topics."""


@dataclass(frozen=True, slots=True)
class TopicPage:
    """The page of a topic."""

    slug: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """The page of an article."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class TopicFeedIn:
    """The feed of a topic in one format."""

    slug: str
    feed_format: FeedFormat


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """The OPML of all topics."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The one stylesheet of all pages."""


Document: TypeAlias = (
    IndexPage | TopicPage | ArticlePage | TopicFeedIn | SubscriptionList | Stylesheet
)
