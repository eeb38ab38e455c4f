"""Every document that we publish, made once per change of the store.

Keeps what the press makes until something changes, so that most readers are served
from memory. Serving is the work of `web`.
"""

from __future__ import annotations

from collections.abc import Collection

import structlog

from publish.delta import IssuedFeeds, select_new
from publish.documents import ArticlePage, Document, FeedIn
from publish.edition import Edition
from publish.feed import FeedFormat
from publish.freshness import ChangeWatch
from publish.press import Press, PublishedArticles, write_feed
from publish.rendered import Coding, Rendered
from publish.shelf import Shelf
from store.errors import StoreError

_log = structlog.get_logger(__name__)

_ARTICLE_PAGES_KEPT = 500  # a few megabytes; feeds and topic pages are kept all
_OTHER_LISTS = 3  # the index, the subscription list and the stylesheet
_RENDERINGS_REMEMBERED = 20  # of each feed: about two days of a busy topic


class Renderer:
    """Renders each document once per change of the store, for any number of threads.

    A change is shown within `fresh_for` seconds. While the store is in trouble the
    last rendering of a document goes on being served; StoreError is raised for one
    that was never rendered.
    """

    def __init__(
        self, edition: Edition, articles: PublishedArticles, *, fresh_for: float = 1.0
    ) -> None:
        self._press = Press(edition, articles)
        self._change = ChangeWatch(articles.change_number, fresh_for=fresh_for)
        topics, formats = len(edition.topics), len(FeedFormat)
        self._lists = Shelf[Rendered](_OTHER_LISTS + (formats + 1) * topics)
        self._article_pages = Shelf[Rendered](_ARTICLE_PAGES_KEPT)
        tags_of_a_rendering = len(Coding) + 1
        self._issued = IssuedFeeds(
            _RENDERINGS_REMEMBERED * tags_of_a_rendering * formats * topics
        )

    def at_hand(self, document: Document) -> Rendered | None:
        """The document if it is here and known to be current: waits for nobody.

        None says nothing but that `render` is to be asked.
        """
        change = self._change.recent()
        if change is None:
            return None
        return self._shelf_of(document).current(document, change)

    def render(self, document: Document) -> Rendered | None:
        """The document as it is now; None if there is none of this name."""
        if not self._press.has(document):
            return None
        shelf = self._shelf_of(document)
        try:
            change = self._change.number()
            return shelf.take(document, change, lambda: self._make(document, change))
        except StoreError as error:
            kept = shelf.last(document)
            if kept is None:
                raise
            _log.warning(
                "served_last_rendering", document=str(document), error=str(error)
            )
            return kept

    def render_news(self, document: FeedIn, known: Collection[str]) -> Rendered | None:
        """The feed without the items of the rendering that had one of these tags.

        None where that rendering is not remembered, or nothing in the feed is new.
        """
        versions = self._issued.find(known)
        if versions is None or not self._press.has(document):
            return None
        feed = self._press.select(document.name, self._change.number())
        news = select_new(feed, versions)
        return write_feed(news, document.feed_format) if news else None

    def _shelf_of(self, document: Document) -> Shelf[Rendered]:
        is_article = isinstance(document, ArticlePage)
        return self._article_pages if is_article else self._lists

    def _make(self, document: Document, change: int) -> Rendered | None:
        rendered = self._press.make(document, change)
        if rendered is not None and isinstance(document, FeedIn):
            feed = self._press.select(document.name, change)
            self._issued.remember(rendered.etags, feed)
        return rendered
