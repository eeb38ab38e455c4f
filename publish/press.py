"""Makes each document anew from the store: selects, and lets formats and pages write.

Keeps nothing but the selections of the present state, which the formats of a feed and
its page share; keeping what was made is the work of `render`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol, assert_never
from urllib.parse import urlencode

from publish.archive_desk import ArchiveDesk, KeptPages
from publish.common_feeds import choice_of, find_rules, is_sure, name_story
from publish.departed import log_of
from publish.digest_feed import select_digests
from publish.documents import (
    AboutPage,
    ArchivePage,
    ArticlePage,
    Document,
    FeedIn,
    FeedPage,
    FeedsPage,
    FeedStylesheet,
    FilteredPage,
    HeldDocument,
    IndexPage,
    SourcesPage,
    Stylesheet,
    SubscriptionList,
)
from publish.edition import Edition, FeedRules
from publish.feed import FeedFormat, TopicFeed
from publish.feed_name import FeedKind, FeedName
from publish.formats import atom, json_feed, opml, rss
from publish.health_feed import select_health
from publish.page_desk import PAGE, PageDesk, PageSubjects
from publish.rendered import Rendered, build_rendered
from publish.selection import UPDATED_WHEN_EMPTY, select_feed, select_summaries
from publish.shelf import Shelf
from publish.subscriptions import list_subscriptions
from publish.web.article_view import describe_article
from publish.web.pages import Pages
from publish.websub.links import write_links
from store.article import ArticleDossier, ArticleId, Publication, TopicSize
from store.choice import Choice
from store.configuration_trouble import ConfigurationTrouble
from store.digest import Digest
from store.health_change import HealthChange
from store.once import Once

_WRITERS: Mapping[FeedFormat, Callable[[TopicFeed], bytes]] = {
    FeedFormat.RSS: rss.render_rss,
    FeedFormat.ATOM: atom.render_atom,
    FeedFormat.JSON: json_feed.render_json_feed,
}
_CSS = "text/css"
_LATEST_ON_INDEX = 3
_OTHERS_SELECTED = 50  # beside topics: a feed is asked for in its formats at once


class PublishedArticles(PageSubjects, Protocol):
    """What publishing asks of the store; raises StoreError when it cannot answer."""

    @property
    def archive(self) -> KeptPages:
        """The pages of archives."""

    def change_number(self) -> int:
        """Grows whenever anything that is shown may have changed."""

    def latest_publications(
        self, topic: str, *, limit: int, once: Once | None
    ) -> tuple[Publication, ...]:
        """The last of a topic, highest position first.

        What is to be shown `once` is; None shows every copy.
        """

    def latest_chosen(
        self, choice: Choice, *, limit: int, collapse: bool
    ) -> tuple[Publication, ...]:
        """The articles of a choice that were stored last, the latest first.

        With `collapse`, of copies in the choice only one.
        """

    def was_configured(self, log: str) -> bool:
        """Whether there ever was a topic of the name, or a search with such a log."""

    def latest_digests(self, topic: str, *, limit: int) -> tuple[Digest, ...]:
        """The last digests of a topic, the latest first."""

    def health_changes(self, *, limit: int) -> tuple[HealthChange, ...]:
        """What operators are told of the health of sources, the latest first."""

    def configuration_troubles(self, *, limit: int) -> tuple[ConfigurationTrouble, ...]:
        """What operators are told of their configuration, the latest first."""

    def topic_sizes(self) -> Mapping[str, TopicSize]:
        """How much each topic holds; a topic that holds nothing may be missing."""

    def find_article(self, article_id: ArticleId) -> ArticleDossier | None:
        """Everything kept of an article, None if there is none of this number."""


class Press:
    """Makes documents of one edition as the store is at a change number."""

    def __init__(
        self,
        edition: Edition,
        articles: PublishedArticles,
        clock: Callable[[], datetime],
    ) -> None:
        self._edition = edition
        self._articles = articles
        self._pages = Pages(edition)
        self._desk = PageDesk(edition, articles, clock)
        self._archive = ArchiveDesk(edition, articles.archive)
        self._selected = Shelf[TopicFeed](len(edition.topics) + _OTHERS_SELECTED)

    def has(self, document: Document) -> bool:
        """False for what the configuration does not have; the store is not asked."""
        match document:
            case FeedPage(name=name) | FeedIn(name=name):
                return find_rules(name, self._edition) is not None
            case FilteredPage(name=name):
                is_topic = name.kind is FeedKind.TOPIC
                return is_topic and name.slug in self._edition.topics
            case ArchivePage(name=name):
                rules = self._edition.rules_of(name)
                return rules is not None and rules.page_size is not None
            case _:
                return True

    def make(self, document: Document, change: int) -> Rendered | None:
        """The document; None if the store has nothing of this name."""
        match document:
            case FeedIn() | ArchivePage():
                return self._feed_in_format(document, change)
            case FeedPage(name=name):
                return self._feed_page(name, change)
            case FilteredPage(name=name, only=only):
                return self._desk.narrowed(self._edition.topics[name.slug], only)
            case IndexPage() | SubscriptionList() | Stylesheet() | FeedStylesheet():
                return self._make_list(document, change)
            case _:
                return self._make_page(document)

    def _feed_page(self, name: FeedName, change: int) -> Rendered | None:
        """The page of what the feed follows, or that of its items."""
        match name.kind:
            case FeedKind.SOURCE:
                return self._desk.source(name)
            case FeedKind.STORY:
                return self._desk.story(name)
            case _:
                feed = self.select(name, change)
                return self._desk.feed(feed) if feed else None

    def _make_list(
        self,
        document: IndexPage | SubscriptionList | Stylesheet | FeedStylesheet,
        change: int,
    ) -> Rendered:
        match document:
            case IndexPage():
                return self._index(change)
            case SubscriptionList():
                return self._subscription_list()
            case Stylesheet():
                return _rendered(self._pages.stylesheet(), UPDATED_WHEN_EMPTY, _CSS)
            case FeedStylesheet():
                style = self._pages.feed_stylesheet()
                return _rendered(style, UPDATED_WHEN_EMPTY, _CSS)
            case _:  # pragma: no cover - the type checker proves that nothing is left
                assert_never(document)

    def _make_page(
        self, document: ArticlePage | FeedsPage | SourcesPage | AboutPage
    ) -> Rendered | None:
        match document:
            case ArticlePage(article_id=article_id):
                return self._article_page(article_id)
            case FeedsPage():
                return self._desk.feeds()
            case SourcesPage():
                return self._desk.sources()
            case AboutPage():
                return self._desk.about()
            case _:  # pragma: no cover - the type checker proves that nothing is left
                assert_never(document)

    def make_for_holder(
        self, document: HeldDocument, change: int, token: str
    ) -> Rendered | None:
        """A private feed or its page, with links that work for the holder of a token.

        None where it has no such links, or is not there.
        """
        query = f"?{urlencode({'token': token})}"
        match document:
            case FeedPage(name=name):
                page = self.select(name, change)
                return self._desk.feed(page, holder_query=query) if page else None
            case FilteredPage(name=name, only=only):
                rules = self._edition.topics[name.slug]
                return self._desk.narrowed(rules, only, holder_query=query)
            case _:
                return self._feed_for_holder(document, change, query)

    def _feed_for_holder(
        self, document: FeedIn | ArchivePage, change: int, query: str
    ) -> Rendered | None:
        feed = self._feed_of(document, change)
        if feed is None or not feed.archive_links(document.feed_format):
            return None
        return write_feed(replace(feed, holder_query=query), document.feed_format)

    def _feed_in_format(
        self, document: FeedIn | ArchivePage, change: int
    ) -> Rendered | None:
        feed = self._feed_of(document, change)
        return write_feed(feed, document.feed_format) if feed else None

    def _feed_of(self, document: FeedIn | ArchivePage, change: int) -> TopicFeed | None:
        if isinstance(document, ArchivePage):
            return self._archive.page(document.name, document.number)
        return self.select(document.name, change)

    def last_archive_page(self, name: FeedName) -> int:
        """The number of the last page of a feed's archive, 0 where there is none."""
        rules = self._edition.rules_of(name)
        return self._archive.last_number(rules) if rules else 0

    def select(self, name: FeedName, change: int) -> TopicFeed | None:
        """The feed of a name, selected once for all its formats; None if none is."""
        rules = find_rules(name, self._edition)
        if rules is None:
            return None
        return self._selected.take(name, change, lambda: self._select_now(rules))

    def _select_now(self, rules: FeedRules) -> TopicFeed | None:
        if rules.name.kind is FeedKind.HEALTH:
            return self._select_health(rules)
        if rules.name.kind is FeedKind.DIGEST:
            digests = self._articles.latest_digests(rules.name.slug, limit=rules.limit)
            return select_digests(rules, digests, self._edition)
        self._archive.close(rules)
        publications = self._find_publications(rules)
        if not (publications or is_sure(rules.name, self._edition)):
            return None
        rules = name_story(rules, publications)
        feed = select_feed(rules, publications, self._edition)
        return self._archive.lead_to_archive(feed, rules)

    def _select_health(self, rules: FeedRules) -> TopicFeed:
        changes = self._articles.health_changes(limit=rules.limit)
        troubles = self._articles.configuration_troubles(limit=rules.limit)
        return select_health(rules, (*changes, *troubles), self._edition)

    def _find_publications(self, rules: FeedRules) -> tuple[Publication, ...]:
        choice = choice_of(rules.name)
        if choice is not None:
            return self._articles.latest_chosen(
                choice, limit=rules.limit, collapse=rules.once is not None
            )
        return self._articles.latest_publications(
            log_of(rules.name), limit=rules.limit, once=rules.once
        )

    def _index(self, change: int) -> Rendered:
        topics = self._edition.open_topics.values()
        selected = {rules.name: self.select(rules.name, change) for rules in topics}
        feeds = {name: feed for name, feed in selected.items() if feed is not None}
        latest = {name: feed.items[:_LATEST_ON_INDEX] for name, feed in feeds.items()}
        summaries = select_summaries(self._edition, self._articles.topic_sizes())
        updated_at = max(
            (feed.updated_at for feed in feeds.values()), default=UPDATED_WHEN_EMPTY
        )
        return _rendered(self._pages.index(summaries, latest), updated_at, PAGE)

    def _subscription_list(self) -> Rendered:
        summaries = select_summaries(self._edition, self._articles.topic_sizes())
        moments = [topic.updated_at for topic in summaries if topic.updated_at]
        updated_at = max(moments, default=UPDATED_WHEN_EMPTY)
        groups = list_subscriptions(self._edition)
        body = opml.render_opml(groups, updated_at=updated_at)
        return _rendered(body, updated_at, opml.MEDIA_TYPE)

    def _article_page(self, article_id: ArticleId) -> Rendered | None:
        dossier = self._articles.find_article(article_id)
        if dossier is None:
            return None
        view = describe_article(dossier, self._edition)
        return _rendered(self._pages.article(view), view.updated_at, PAGE)


def write_feed(feed: TopicFeed, feed_format: FeedFormat) -> Rendered:
    """The feed in one format, ready to be served."""
    self_url = feed.address_in(feed_format)
    return build_rendered(
        _WRITERS[feed_format](feed),
        last_modified=feed.updated_at,
        media_type=feed_format.media_type,
        links=write_links(feed.hubs, self_url) if feed.hubs else "",
    )


def _rendered(body: bytes, last_modified: datetime, media_type: str) -> Rendered:
    return build_rendered(body, last_modified=last_modified, media_type=media_type)
