"""Polling sources that have no feed: pages and sitemaps."""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from ingest.fetch.outcome import NO_VALIDATORS, FailureKind, FetchFailed, NotModified
from ingest.fetch.request import SourceMemory
from ingest.poll import Polled
from ingest.source import (
    FeedAddress,
    Location,
    PageAddress,
    PageSelectors,
    SitemapAddress,
    SitemapBounds,
    Source,
)
from tests.ingest.article_pages import FRENCH
from tests.ingest.article_pages import make_page as make_article
from tests.ingest.exchange_factories import make_answer
from tests.ingest.test_poll import poll

SITE = "https://news.example"
PAGE = b"""<!DOCTYPE html><html lang="fr"><title>Le courrier</title>
<article><h2><a href="/1">Le pont rouvre</a></h2><time datetime="2026-11-20">x</time>
</article><article><h2><a href="2">Le mil baisse</a></h2></article></html>"""


def make_source(location: Location) -> Source:
    return Source(slug="courrier", title="Courrier", location=location)


def make_page(item: str = "article") -> Source:
    selectors = PageSelectors(item=item)
    return make_source(PageAddress(url=f"{SITE}/actu/", selectors=selectors))


SITEMAP = make_source(
    SitemapAddress(
        url=f"{SITE}/sitemap.xml",
        bounds=SitemapBounds(
            only=("/news/",), newer_than=timedelta(days=7), limit=9, documents=3
        ),
    )
)


def urlset(**stories: str) -> bytes:
    """A sitemap of stories, by the slug of each the day of its last change."""
    urls = "".join(
        f"<url><loc>{SITE}/news/{slug.replace('_', '-')}</loc>"
        f"<lastmod>{day}</lastmod></url>"
        for slug, day in stories.items()
    )
    return f"<urlset>{urls}</urlset>".encode()


INDEX = (
    f"<sitemapindex><sitemap><loc>{SITE}/1.xml.gz</loc></sitemap>"
    f"<sitemap><loc>{SITE}/2.xml</loc></sitemap></sitemapindex>"
).encode()
DOCUMENTS = {
    "/actu/": PAGE,
    "/sitemap.xml": INDEX,
    "/1.xml.gz": gzip.compress(urlset(the_bridge_opens="2026-11-20")),
    "/2.xml": urlset(millet_is_cheap="2026-11-21", an_old_story="2026-01-01"),
}


def answer(request: httpx.Request) -> httpx.Response:
    body = DOCUMENTS.get(request.url.path)
    headers = {"ETag": '"1"', "Content-Type": "application/gzip"}
    return make_answer(200 if body else 404, headers, pieces=[body or b""])


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


async def test_a_page_is_polled_into_a_document(executor: Executor) -> None:
    outcome = await poll(make_page(), executor, answer)

    assert isinstance(outcome, Polled)
    assert [(one.title, one.link) for one in outcome.document.entries] == [
        ("Le pont rouvre", f"{SITE}/1"),
        ("Le mil baisse", f"{SITE}/actu/2"),
    ]
    assert outcome.document.entries[0].published_at is not None


async def test_a_page_without_its_items_says_that_the_selector_finds_nothing(
    executor: Executor,
) -> None:
    outcome = await poll(make_page(".card"), executor, answer)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.NOT_A_FEED
    assert "item selector '.card' finds nothing" in outcome.detail
    assert "correct the source's url or its selectors" in outcome.detail


async def test_a_page_source_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(make_page())) == make_page()  # noqa: S301  # ours


async def test_an_index_is_followed_to_its_wanted_articles(executor: Executor) -> None:
    outcome = await poll(SITEMAP, executor, answer)

    assert isinstance(outcome, Polled)
    assert [entry.title for entry in outcome.document.entries] == [
        "The bridge opens",
        "Millet is cheap",
    ]
    assert outcome.fetched.validators == NO_VALIDATORS


async def test_an_index_whose_parts_are_as_they_were_is_not_modified(
    executor: Executor,
) -> None:
    first = await poll(SITEMAP, executor, answer)
    assert isinstance(first, Polled)
    memory = SourceMemory(body_digest=first.fetched.body_digest)

    second = await poll(SITEMAP, executor, answer, memory=memory)

    assert isinstance(second, NotModified)
    assert second.body_digest == first.fetched.body_digest


async def test_an_index_is_asked_for_as_if_for_the_first_time(
    executor: Executor,
) -> None:
    first = await poll(SITEMAP, executor, answer)
    assert isinstance(first, Polled)
    asked: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer(request)

    memory = SourceMemory(validators=first.fetched.validators)
    await poll(SITEMAP, executor, note, memory=memory)

    assert [one.url.path for one in asked] == [
        "/robots.txt",
        "/sitemap.xml",
        "/1.xml.gz",
        "/2.xml",
    ]
    assert not any("if-none-match" in one.headers for one in asked)


async def test_an_index_without_parts_that_answer_fails(executor: Executor) -> None:
    def only_the_index(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        return make_answer(200, pieces=[INDEX]) if "map" in path else make_answer(404)

    outcome = await poll(SITEMAP, executor, only_the_index)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.HTTP_CLIENT
    assert "1.xml.gz answered 404" in outcome.detail


async def test_a_page_at_a_sitemaps_address_is_named(executor: Executor) -> None:
    outcome = await poll(SITEMAP, executor, lambda request: make_answer(pieces=[PAGE]))

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.NOT_A_FEED
    assert f"{SITE}/sitemap.xml cannot be read: it is no sitemap" in outcome.detail
    assert "correct the source's url if" in outcome.detail


class Site:
    """A site with rules for robots: what it answers by address, and was asked for."""

    def __init__(self, rules: str, **bodies: bytes) -> None:
        self.asked: list[str] = []
        self._bodies = {"/robots.txt": rules.encode(), **bodies}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        body = self._bodies.get(request.url.path)
        if body is None:
            return answer(request)
        return make_answer(200, {"Content-Type": "text/html"}, pieces=[body])


REFUSED = {
    "a page": (make_page(), "Disallow: /actu/"),
    "a sitemap": (SITEMAP, "Disallow: /sitemap"),
}


@pytest.mark.parametrize(("source", "line"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_robots_txt_forbids_is_not_polled(
    source: Source, line: str, executor: Executor
) -> None:
    site = Site(f"User-agent: *\n{line}")

    outcome = await poll(source, executor, site)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.ROBOTS
    assert line in outcome.detail
    assert site.asked == ["/robots.txt"]


async def test_a_sitemap_that_robots_txt_forbids_is_left_out_of_its_index(
    executor: Executor,
) -> None:
    site = Site("User-agent: *\nDisallow: /2.xml")

    outcome = await poll(SITEMAP, executor, site)

    assert isinstance(outcome, Polled)
    assert [entry.title for entry in outcome.document.entries] == ["The bridge opens"]
    (left_out,) = outcome.document.left_out
    assert "/2.xml was not asked for" in left_out
    assert site.asked == ["/robots.txt", "/sitemap.xml", "/1.xml.gz"]


async def test_a_feed_is_polled_whatever_robots_txt_says(executor: Executor) -> None:
    feed = make_source(FeedAddress(url=f"{SITE}/sitemap.xml"))
    site = Site("User-agent: *\nDisallow: /")

    await poll(feed, executor, site)

    assert site.asked == ["/sitemap.xml"]


ARTICLE = make_article(*FRENCH).encode()


async def test_the_articles_of_a_page_get_the_text_of_their_own(
    executor: Executor,
) -> None:
    site = Site("", **{"/1": ARTICLE, "/actu/2": ARTICLE})

    outcome = await poll(replace(make_page(), full_text=True), executor, site)

    assert isinstance(outcome, Polled)
    assert site.asked == ["/robots.txt", "/actu/", "/1", "/actu/2"]
    assert all(FRENCH[0] in entry.text for entry in outcome.document.entries)


async def test_the_articles_of_a_sitemap_get_the_text_of_their_pages(
    executor: Executor,
) -> None:
    site = Site(
        "User-agent: *\nDisallow: /news/millet", **{"/news/the-bridge-opens": ARTICLE}
    )

    outcome = await poll(replace(SITEMAP, full_text=True), executor, site)

    assert isinstance(outcome, Polled)
    opened, millet = outcome.document.entries
    assert FRENCH[0] in opened.text
    assert millet.text == ""
    assert outcome.document.without_page == (
        f"{SITE}/news/millet-is-cheap may not be asked for, by its host's robots.txt",
    )
