"""The HTML pages, from templates: the adapter of Jinja2.

Lays out what it is handed; every text is escaped, and markup passes only where it was
sanitised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from publish.edition import Edition
from publish.feed import FeedFormat, FeedItem, TopicFeed, TopicSummary
from publish.feed_name import FeedName
from publish.formats.text import legal_text
from publish.web.about_view import PHRASES, describe_contact
from publish.web.article_view import ArticleView
from publish.web.feed_groups import FeedGroup
from publish.web.feed_view import FilterView
from publish.web.search_view import LONGEST_QUERY, SearchView
from publish.web.source_view import SourcePageView, SourceView
from publish.web.status_view import StatusView
from publish.web.story_view import StoryView
from publish.web.wording import (
    say_count,
    say_date,
    say_language,
    say_time,
    text_direction,
)

_TEMPLATES = Path(__file__).parent / "templates"
_WAYS = (
    ("", "Topics"),
    ("feeds", "All feeds"),
    ("sources", "Sources"),
    ("about", "About"),
)
_SEARCH = ("search", "Search")


class Pages:
    """Writes each page as UTF-8; equal values give equal bytes."""

    def __init__(self, edition: Edition) -> None:
        self._environment = _build_environment(edition)
        self._contact = describe_contact(edition.contact)

    def index(
        self,
        topics: Sequence[TopicSummary],
        latest: Mapping[FeedName, Sequence[FeedItem]],
    ) -> bytes:
        """The page of all topics, each with its newest items."""
        return self._write(
            "index.html", root="./", here="", topics=topics, latest=latest
        )

    def feed(self, feed: TopicFeed, narrowed: FilterView) -> bytes:
        """The page of a feed with its items and the ways to narrow it."""
        root = "../" * feed.name.depth or "./"
        return self._write("feed.html", root=root, feed=feed, filter=narrowed)

    def article(self, article: ArticleView) -> bytes:
        """The page of an article."""
        return self._write("article.html", root="../", article=article)

    def story(self, story: StoryView, feed: FeedName) -> bytes:
        """The page of a story, which its feed follows."""
        return self._write("story.html", root="../", story=story, feed=feed)

    def feeds(self, groups: Sequence[FeedGroup]) -> bytes:
        """The page of every feed beside topics."""
        return self._write("feeds.html", root="./", here="feeds", groups=groups)

    def sources(self, listed: Sequence[SourceView]) -> bytes:
        """The page of all sources."""
        return self._write("sources.html", root="./", here="sources", listed=listed)

    def source(self, page: SourcePageView, feed: FeedName) -> bytes:
        """The page of a source, and its feed."""
        return self._write(
            "source.html", root="../", source=page.source, page=page, feed=feed
        )

    def search(self, search: SearchView) -> bytes:
        """The page of a search, before or after it."""
        return self._write(
            "search.html",
            root="./",
            here="search",
            search=search,
            longest=LONGEST_QUERY,
        )

    def about(self) -> bytes:
        """The page about the service."""
        return self._write(
            "about.html",
            root="./",
            here="about",
            phrases=PHRASES,
            contact=self._contact,
        )

    def status(self, status: StatusView) -> bytes:
        """The operator's page."""
        return self._write("status.html", status=status)

    def stylesheet(self) -> bytes:
        """The one stylesheet of all pages."""
        return (_TEMPLATES / "style.css").read_bytes()

    def feed_stylesheet(self) -> bytes:
        """The stylesheet of feeds that are opened in a browser."""
        return (_TEMPLATES / "feed.css").read_bytes()

    def _write(self, template: str, **values: Any) -> bytes:
        page = self._environment.get_template(template).render({"here": None, **values})
        return legal_text(page).encode()


def _build_environment(edition: Edition) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def within(address: str, root: str) -> str:
        """An address of ours as it is written on a page, another as it is."""
        path = address.removeprefix(edition.addresses.base_url)
        return address if path == address else root + path

    environment.filters.update(
        count=say_count,
        direction=text_direction,
        item_date=_say_item_date,
        language=say_language,
        time=say_time,
        within=within,
    )
    environment.globals.update(
        answers_questions=edition.answers_questions,
        feed_address=edition.addresses.feed,
        formats=tuple(FeedFormat),
        sources=edition.source_titles,
        ways=(*_WAYS, *([_SEARCH] if edition.answers_questions else [])),
    )
    return environment


def _say_item_date(item: FeedItem) -> str:
    if item.has_wrong_date:
        return (
            "The date given by the publisher cannot be right; "
            f"first seen {say_time(item.first_seen_at)}"
        )
    return say_date(
        item.published_at, item.published_precision, first_seen_at=item.first_seen_at
    )
