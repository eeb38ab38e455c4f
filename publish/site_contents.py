"""Every document of a static site, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from publish.common_feeds import each_common_feed
from publish.documents import (
    AboutPage,
    ArchivePage,
    ArticlePage,
    Document,
    FeedIn,
    FeedPage,
    FeedsPage,
    FeedStylesheet,
    IndexPage,
    SourcesPage,
    Stylesheet,
    SubscriptionList,
)
from publish.edition import Edition
from publish.feed import FeedFormat
from publish.feed_name import FeedKind, FeedName
from publish.rendered import Rendered, build_rendered
from publish.site_paths import link_to_files, path_of
from store.article import ArticleId, StoryId

_HTML = "text/html"
_ALONE: tuple[Document, ...] = (
    Stylesheet(),
    FeedStylesheet(),
    AboutPage(),
    FeedsPage(),
    SourcesPage(),
    SubscriptionList(),
    IndexPage(),
)


class SiteRenderer(Protocol):
    """What renders the documents of a site."""

    def render(self, document: Document) -> Rendered | None:
        """The document as it is now; None if there is none of this name."""

    def last_archive_page(self, name: FeedName) -> int:
        """The number of the last page of a feed's archive, 0 where there is none."""


class SiteSubjects(Protocol):
    """What a site has pages of, beside what is configured."""

    def article_numbers(self) -> Iterable[ArticleId]:
        """Every stored article."""

    def shared_stories(self) -> Iterable[StoryId]:
        """The stories that more than one article tells."""


def each_document(
    renderer: SiteRenderer, edition: Edition, subjects: SiteSubjects
) -> Iterator[tuple[str, Rendered]]:
    """Each document of the site with its path.

    What others lead to comes first, and archive pages before the feed that leads to
    them, so that a reader who comes meanwhile finds every page that is named. Private
    feeds are none: files ask nobody for a secret.
    """
    for article_id in subjects.article_numbers():
        yield from _render(renderer, ArticlePage(article_id))
    for name in _feeds(edition, subjects):
        yield from _feed(renderer, name)
    for document in _ALONE:
        yield from _render(renderer, document)


def _feeds(edition: Edition, subjects: SiteSubjects) -> Iterator[FeedName]:
    for story in subjects.shared_stories():
        yield FeedName(FeedKind.STORY, str(story))
    for rules in each_common_feed(edition):
        yield rules.name
    for feeds in (edition.open_searches, edition.open_digests, edition.open_topics):
        for rules in feeds.values():
            yield rules.name


def _feed(renderer: SiteRenderer, name: FeedName) -> Iterator[tuple[str, Rendered]]:
    feeds = [
        each for one in FeedFormat for each in _render(renderer, FeedIn(name, one))
    ]
    for number in range(1, renderer.last_archive_page(name) + 1):
        for each in FeedFormat:
            yield from _render(renderer, ArchivePage(name, number, each))
    yield from feeds
    yield from _render(renderer, FeedPage(name))


def _render(
    renderer: SiteRenderer, document: Document
) -> Iterator[tuple[str, Rendered]]:
    """The document with its path, nothing where it is gone meanwhile."""
    rendered = renderer.render(document)
    if rendered is not None:
        path = path_of(document)
        yield path, _as_file(rendered, path)


def _as_file(rendered: Rendered, path: str) -> Rendered:
    if not rendered.media_type.startswith(_HTML):
        return rendered
    return build_rendered(
        link_to_files(rendered.body, path),
        last_modified=rendered.last_modified,
        media_type=_HTML,
    )
