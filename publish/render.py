"""Every document that we publish, made once per change of the store.

Keeps what the press makes until something changes, so that most readers are served
from memory. Serving is the work of `web`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Hashable
from datetime import UTC, datetime

import structlog

from publish.delta import IssuedFeeds, select_new
from publish.departed import Place, log_of
from publish.documents import (
    ArchivePage,
    ArticlePage,
    Document,
    FeedIn,
    FeedPage,
    FilteredPage,
    HeldDocument,
    SourcesPage,
)
from publish.edition import Edition
from publish.feed import FeedFormat, TopicFeed
from publish.feed_name import FeedKind, FeedName
from publish.freshness import ChangeWatch
from publish.press import Press, PublishedArticles, write_feed
from publish.rendered import Coding, Rendered
from publish.shelf import Shelf
from store.errors import StoreError

_log = structlog.get_logger(__name__)

# Feeds and pages of topics and searches are kept all. Each of the others has a shelf
# of its own, so that who walks through all stories drives out no tag.
_ARTICLE_PAGES_KEPT = 500  # a few megabytes; parts of topics are among them
_STORIES_KEPT = 100
_OTHER_FEEDS_KEPT = 300  # of tags, sources and languages: some tens of megabytes
_HOLDERS_FEEDS_KEPT = 50  # private feeds and their pages, one for each token
_CONFIGURED = frozenset({FeedKind.TOPIC, FeedKind.DIGEST, FeedKind.SEARCH})
_ARCHIVE_PAGES_KEPT = 30  # who walks through an archive asks for each once
_NEVER = 0  # the change of what never changes
_OTHER_LISTS = 6  # the index, the subscription list, sources, about and stylesheets
_RENDERINGS_REMEMBERED = 20  # of each feed: about two days of a busy topic
_OTHER_RENDERINGS_REMEMBERED = 300  # of all the other feeds together


class Renderer:
    """Renders each document once per change of the store, for any number of threads.

    A change is shown within `fresh_for` seconds, and on pages of sources what a poll
    left as it was within a minute. While the store is in trouble the
    last rendering of a document goes on being served; StoreError is raised for one
    that was never rendered. What feeds of topics and
    searches are made of is `told` each time.
    """

    def __init__(
        self,
        edition: Edition,
        articles: PublishedArticles,
        *,
        fresh_for: float = 1.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        told: Callable[[TopicFeed], None] = lambda _: None,
    ) -> None:
        self.edition = edition
        self._articles = articles
        self._press = Press(edition, articles, clock)
        self._clock = clock
        self._told = told
        self._change = ChangeWatch(articles.change_number, fresh_for=fresh_for)
        formats = len(FeedFormat)
        configured = sum(map(len, (edition.topics, edition.digests, edition.searches)))
        self._lists = Shelf[Rendered](_OTHER_LISTS + (formats + 1) * configured)
        self._article_pages = Shelf[Rendered](_ARTICLE_PAGES_KEPT)
        self._stories = Shelf[Rendered](_STORIES_KEPT)
        self._archive_pages = Shelf[Rendered](_ARCHIVE_PAGES_KEPT)
        self._other_feeds = Shelf[Rendered](_OTHER_FEEDS_KEPT)
        self._for_holders = Shelf[Rendered](_HOLDERS_FEEDS_KEPT)
        tags = len(Coding) + 1
        self._issued = IssuedFeeds(_RENDERINGS_REMEMBERED * tags * formats * configured)
        self._others_issued = IssuedFeeds(_OTHER_RENDERINGS_REMEMBERED * tags)

    def change_number(self) -> int:
        """Grows whenever any document may have changed."""
        return self._change.number()

    def state_at_hand(self) -> Hashable | None:
        """What every document is made of, as known without asking; None if unknown."""
        change = self._change.recent()
        return None if change is None else (change, self._minute())

    def at_hand(self, document: Document) -> Rendered | None:
        """The document if it is here and known to be current: waits for nobody.

        None says nothing but that `render` is to be asked.
        """
        change = _NEVER if isinstance(document, ArchivePage) else self._change.recent()
        if change is None:
            return None
        state = self._state(document, change)
        return self._shelf_of(document).current(document, state)

    def render(self, document: Document) -> Rendered | None:
        """The document as it is now; None if there is none of this name."""
        if not self._press.has(document):
            return None
        shelf = self._shelf_of(document)
        try:
            is_final = isinstance(document, ArchivePage)
            change = _NEVER if is_final else self._change.number()
            state = self._state(document, change)
            return shelf.take(document, state, lambda: self._make(document, change))
        except StoreError as error:
            kept = shelf.last(document)
            if kept is None:
                raise
            _log.warning(
                "served_last_rendering", document=str(document), error=str(error)
            )
            return kept

    def render_for_holder(self, document: HeldDocument, token: str) -> Rendered | None:
        """A private feed, or its page, with links that carry the reader's token.

        None where it has no link to anything private, and is the same for all.
        """
        # Neither the shelf nor a log gets to know the token itself.
        holder = document, hashlib.sha256(token.encode(errors="replace")).digest()
        try:
            change = self._change.number()
            return self._for_holders.take(
                holder,
                change,
                lambda: self._press.make_for_holder(document, change, token),
            )
        except StoreError:
            return self._for_holders.last(holder)

    def render_news(self, document: FeedIn, known: Collection[str]) -> Rendered | None:
        """The feed without the items of the rendering that had one of these tags.

        None where that rendering is not remembered, or nothing in the feed is new.
        """
        versions = self._issued_of(document.name.kind).find(known)
        if versions is None:
            return None
        feed = self._press.select(document.name, self._change.number())
        news = select_new(feed, versions) if feed else None
        return write_feed(news, document.feed_format) if news else None

    def last_archive_page(self, name: FeedName) -> int:
        """The number of the last page of a feed's archive, 0 where there is none."""
        return self._press.last_archive_page(name)

    def successor_of(self, place: Place) -> str | None:
        """The address of the same thing under the name that its topic has now."""
        name = self.edition.successors.get(place.name)
        if name is None:
            return None
        return self.edition.addresses.feed_page(name) + place.rest

    def is_departed(self, name: FeedName) -> bool:
        """Whether there once was a topic or a search of the name; False if in doubt."""
        if self.edition.rules_of(name) is not None:
            return False  # it lives; only what was asked for below it is not there
        try:
            return self._articles.was_configured(log_of(name))
        except StoreError:
            return False

    def _shelf_of(self, document: Document) -> Shelf[Rendered]:
        match document:
            case ArticlePage() | FilteredPage():
                return self._article_pages
            case ArchivePage():
                return self._archive_pages
            case FeedPage(name=name) | FeedIn(name=name):
                return self._shelf_of_feed(name.kind)
            case _:
                return self._lists

    def _shelf_of_feed(self, kind: FeedKind) -> Shelf[Rendered]:
        if kind in _CONFIGURED:
            return self._lists
        return self._stories if kind is FeedKind.STORY else self._other_feeds

    def _state(self, document: Document, change: int) -> Hashable:
        """What the document is made of: the store, and for some the minute, too."""
        match document:
            case SourcesPage() | FeedPage(name=FeedName(kind=FeedKind.SOURCE)):
                # What it says of health, time alone can change.
                return change, self._minute()
            case _:
                return change

    def _minute(self) -> datetime:
        return self._clock().replace(second=0, microsecond=0)

    def _make(self, document: Document, change: int) -> Rendered | None:
        rendered = self._press.make(document, change)
        if rendered is not None and isinstance(document, FeedIn):
            feed = self._press.select(document.name, change)
            assert feed is not None  # noqa: S101 - it was rendered
            self._issued_of(document.name.kind).remember(rendered.etags, feed)
            if document.name.kind in _CONFIGURED:
                self._told(feed)
        return rendered

    def _issued_of(self, kind: FeedKind) -> IssuedFeeds:
        return self._issued if kind in _CONFIGURED else self._others_issued
