"""Every document that we publish, as bytes: the room that walks the steps.

Asks the store, lets `selection` choose and `formats` and the pages write, and keeps
the result until something changes. Serving it is the work of `web`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog

from publish.edition import Edition, TopicRules
from publish.feed import FeedFormat, TopicFeed
from publish.formats import atom, json_feed, opml, rss
from publish.selection import UPDATED_WHEN_EMPTY, select_feed, select_summaries
from publish.shelf import Rendered, Result, Shelf
from publish.web.article_view import describe_article
from publish.web.pages import Pages
from store.article import ArticleDossier, ArticleId, Publication, TopicSize
from store.errors import StoreError

_log = structlog.get_logger(__name__)

_WRITERS: Mapping[FeedFormat, Callable[[TopicFeed], bytes]] = {
    FeedFormat.RSS: rss.render_rss,
    FeedFormat.ATOM: atom.render_atom,
    FeedFormat.JSON: json_feed.render_json_feed,
}
_PAGE = "text/html"
_ARTICLE_PAGES_KEPT = 500  # a few megabytes; feeds and topic pages are kept all
_LATEST_ON_INDEX = 3


class PublishedArticles(Protocol):
    """What publishing asks of the store; raises StoreError when it cannot answer."""

    def change_number(self) -> int:
        """Grows whenever anything that is shown may have changed."""

    def latest_publications(
        self, topic: str, *, limit: int, collapse: bool
    ) -> tuple[Publication, ...]:
        """The last of a topic, highest position first.

        With `collapse`, without copies whose original is in the topic too.
        """

    def topic_sizes(self) -> Mapping[str, TopicSize]:
        """How much each topic holds; a topic that holds nothing may be missing."""

    def find_article(self, article_id: ArticleId) -> ArticleDossier | None:
        """Everything kept of an article, None if there is none of this number."""


class Renderer:
    """Renders each document once per change of the store, for any number of threads.

    While the store is in trouble the last rendering of a document goes on being
    served; StoreError is raised for one that was never rendered.
    """

    def __init__(self, edition: Edition, articles: PublishedArticles) -> None:
        self._edition = edition
        self._articles = articles
        self._pages = Pages(edition)
        self._stylesheet = _render(
            self._pages.stylesheet(), UPDATED_WHEN_EMPTY, "text/css"
        )
        documents_of_a_topic = len(FeedFormat) + 1
        self._lists = Shelf(2 + documents_of_a_topic * len(edition.topics))
        self._article_pages = Shelf(_ARTICLE_PAGES_KEPT)

    def feed(self, slug: str, feed_format: FeedFormat) -> Rendered | None:
        """The feed of a topic in one format; None for a topic nobody configured."""
        rules = self._edition.topics.get(slug)
        if rules is None:
            return None
        return self._take(
            self._lists, (slug, feed_format), lambda: self._feed(rules, feed_format)
        )

    def topic_page(self, slug: str) -> Rendered | None:
        """The page of a topic; None for a topic nobody configured."""
        rules = self._edition.topics.get(slug)
        if rules is None:
            return None
        return self._take(self._lists, (slug, _PAGE), lambda: self._topic_page(rules))

    def index(self) -> Rendered:
        """The page of all topics."""
        return self._take(self._lists, "index", self._index)

    def opml(self) -> Rendered:
        """The subscription list of all topics."""
        return self._take(self._lists, "opml", self._opml)

    def article_page(self, article_id: ArticleId) -> Rendered | None:
        """The page of an article; None if there is none of this number."""
        return self._take(
            self._article_pages, article_id, lambda: self._article_page(article_id)
        )

    def stylesheet(self) -> Rendered:
        """The one stylesheet of all pages."""
        return self._stylesheet

    def _take(
        self, shelf: Shelf, key: Hashable, render: Callable[[], Result]
    ) -> Result:
        try:
            return shelf.take(key, self._articles.change_number(), render)
        except StoreError as error:
            kept = shelf.last(key)
            if kept is None:
                raise
            _log.warning("served_last_rendering", document=str(key), error=str(error))
            return kept

    def _select(self, rules: TopicRules) -> TopicFeed:
        publications = self._articles.latest_publications(
            rules.slug, limit=rules.limit, collapse=rules.collapse
        )
        return select_feed(rules, publications, self._edition)

    def _feed(self, rules: TopicRules, feed_format: FeedFormat) -> Rendered:
        feed = self._select(rules)
        body = _WRITERS[feed_format](feed)
        return _render(body, feed.updated_at, feed_format.media_type)

    def _topic_page(self, rules: TopicRules) -> Rendered:
        feed = self._select(rules)
        return _render(self._pages.topic(feed), feed.updated_at, _PAGE)

    def _index(self) -> Rendered:
        latest = {
            slug: self._select(replace(rules, limit=_LATEST_ON_INDEX))
            for slug, rules in self._edition.topics.items()
        }
        summaries = select_summaries(self._edition, self._articles.topic_sizes())
        updated_at = max((feed.updated_at for feed in latest.values()), default=None)
        body = self._pages.index(summaries, latest)
        return _render(body, updated_at or UPDATED_WHEN_EMPTY, _PAGE)

    def _opml(self) -> Rendered:
        summaries = select_summaries(self._edition, self._articles.topic_sizes())
        moments = [topic.updated_at for topic in summaries if topic.updated_at]
        updated_at = max(moments, default=UPDATED_WHEN_EMPTY)
        body = opml.render_opml(summaries, updated_at=updated_at)
        return _render(body, updated_at, opml.MEDIA_TYPE)

    def _article_page(self, article_id: ArticleId) -> Rendered | None:
        dossier = self._articles.find_article(article_id)
        if dossier is None:
            return None
        view = describe_article(dossier, self._edition)
        return _render(self._pages.article(view), view.updated_at, _PAGE)


def _render(body: bytes, last_modified: datetime, media_type: str) -> Rendered:
    return Rendered(
        body=body,
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        last_modified=last_modified,
        media_type=f"{media_type}; charset=utf-8",
    )
