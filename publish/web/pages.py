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
from publish.web.article_view import ArticleView
from publish.web.wording import say_date, say_language, say_time, text_direction

_TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """Writes each page as UTF-8; equal values give equal bytes."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._environment = _build_environment(edition)

    def index(
        self,
        topics: Sequence[TopicSummary],
        latest: Mapping[FeedName, Sequence[FeedItem]],
    ) -> bytes:
        """The page of all topics, each with its newest items."""
        return self._write("index.html", root="./", topics=topics, latest=latest)

    def feed(self, feed: TopicFeed) -> bytes:
        """The page of a feed with its items."""
        return self._write("feed.html", root="../" * feed.name.depth, feed=feed)

    def article(self, article: ArticleView) -> bytes:
        """The page of an article."""
        return self._write("article.html", root="../", article=article)

    def stylesheet(self) -> bytes:
        """The one stylesheet of all pages."""
        return (_TEMPLATES / "style.css").read_bytes()

    def _write(self, template: str, **values: Any) -> bytes:
        page = self._environment.get_template(template).render(
            rules=self._edition.topics, **values
        )
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
    environment.filters.update(
        direction=text_direction,
        item_date=_say_item_date,
        language=say_language,
        time=say_time,
    )
    environment.globals.update(
        formats=tuple(FeedFormat), feed_address=edition.addresses.feed
    )
    return environment


def _say_item_date(item: FeedItem) -> str:
    return say_date(
        item.published_at, item.published_precision, first_seen_at=item.first_seen_at
    )
