"""An answer that came before is read as it would be now, and nobody is asked."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.entry import FeedDocument
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.rereading import reread
from ingest.source import FeedAddress, SitemapAddress, SitemapBounds, Source
from tests.factories import make_fetched

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FEED = b"""<rss version="2.0"><channel><title>News</title>
<item><guid>1</guid><title>Le port de Rabat est ouvert</title>
<link>https://n.example/1</link><description>Il y a de la pluie.</description></item>
</channel></rss>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://n.example/news/rain-in-gabes</loc><lastmod>2026-11-22</lastmod></url>
<url><loc>https://n.example/news/an-old-story</loc><lastmod>2026-01-01</lastmod></url>
<url><loc>https://n.example/shop/an-umbrella</loc><lastmod>2026-11-22</lastmod></url>
</urlset>"""

SOURCE = Source(
    slug="n", title="News", location=FeedAddress(url="https://n.example/feed")
)
BOUNDS = SitemapBounds(
    only=("/news/",), newer_than=timedelta(days=7), limit=10, documents=1
)


def answer(body: bytes) -> Fetched:
    return make_fetched(
        body=body, content_type="text/xml", final_url="https://n.example/feed"
    )


def read(source: Source, body: bytes) -> FeedDocument:
    with ThreadPoolExecutor(1) as executor:
        document = reread(source, answer(body), executor, now=NOW)
    assert isinstance(document, FeedDocument)
    return document


def test_every_entry_is_read_and_its_language_guessed() -> None:
    (entry,) = read(SOURCE, FEED).entries

    assert (entry.title, entry.language) == ("Le port de Rabat est ouvert", "fr")
    assert not entry.is_without_page


def test_a_language_that_is_declared_is_not_guessed() -> None:
    (entry,) = read(replace(SOURCE, language="es"), FEED).entries

    assert entry.language == "es"


def test_an_entry_that_was_to_have_the_text_of_its_page_takes_none_back() -> None:
    (entry,) = read(replace(SOURCE, full_text=True), FEED).entries

    assert entry.is_without_page


def test_of_a_sitemap_what_was_wanted_when_it_came_is_read() -> None:
    address = SitemapAddress(url="https://n.example/map.xml", bounds=BOUNDS)

    document = read(replace(SOURCE, location=address), SITEMAP)

    links = [entry.link for entry in document.entries]
    assert links == ["https://n.example/news/rain-in-gabes"]


class Failing(Executor):
    """Ends every job in the same way."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        """The end of it."""
        future: Future[Any] = Future()
        future.set_exception(self._error)
        return future


TROUBLES = {
    "too complex": (TooComplexError("more than 4 s"), FailureKind.TOO_COMPLEX),
    "not read": (NoWorkerError("no memory"), FailureKind.BUG),
}


@pytest.mark.parametrize("case", TROUBLES.values(), ids=TROUBLES.keys())
def test_an_answer_whose_reading_is_given_up_says_why(
    case: tuple[Exception, FailureKind],
) -> None:
    error, kind = case

    outcome = reread(SOURCE, answer(FEED), Failing(error), now=NOW)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is kind


def test_an_answer_that_is_no_feed_says_so() -> None:
    with ThreadPoolExecutor(1) as executor:
        outcome = reread(SOURCE, answer(b"<p>moved</p>"), executor, now=NOW)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.NOT_A_FEED
