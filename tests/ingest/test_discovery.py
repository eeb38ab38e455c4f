from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from config.settings import FetchSettings
from ingest.discover import How
from ingest.discovery import MOST_ASKED, Discovery, discover_feeds
from ingest.fetch.host_book import HostBook
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import FailureKind
from ingest.pace.host_budget import HostState
from ingest.poll import PollTools
from ingest.without_feed import FoundSitemap
from tests.ingest.exchange_factories import (
    NOW,
    Answerer,
    make_answer,
    make_bounds,
    make_client,
)

SITE = "https://news.example"
EMPTY_FEED = b"<rss version='2.0'><channel><title>Empty</title></channel></rss>"


def feed(title: str = "News") -> bytes:
    item = f"<item><title>{title} 1</title><guid>{title}</guid></item>"
    return (
        f"<rss version='2.0'><channel><title>{title}</title>{item}</channel></rss>"
    ).encode()


def alternate(href: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" href="{href}">'


def page(*parts: str) -> bytes:
    return f"<!DOCTYPE html><html>{''.join(parts)}</html>".encode()


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


class Site:
    """Answers by path and query, 404 else, and remembers what was asked."""

    def __init__(self, answers: Mapping[str, bytes | int | Exception]) -> None:
        self._answers = answers
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        place = request.url.raw_path.decode()
        self.asked.append(place)
        answer = self._answers.get(place, 404)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return make_answer(answer)
        return make_answer(pieces=(answer,))


async def _no_wait(seconds: float) -> None:
    await asyncio.sleep(0)


async def discover(
    answerer: Answerer,
    executor: Executor,
    url: str = f"{SITE}/",
    *,
    settings: FetchSettings = FetchSettings(),  # noqa: B008 - frozen
    known: Mapping[str, HostState] | None = None,
) -> Discovery:
    async with make_client(answerer) as client:
        tools = PollTools(
            client=client,
            bounds=make_bounds(),
            limits=HostLimits(settings, monotonic=lambda: 0, sleep=_no_wait),
            hosts=HostBook(settings, clock=lambda: NOW),
            executor=executor,
            clock=lambda: NOW,
        )
        tools.hosts.remember(known or {})
        return await discover_feeds(url, tools, now=NOW, tell=lambda url: None)


def urls_of(discovery: Discovery) -> list[str]:
    return [found.url.removeprefix(SITE) for found in discovery.feeds]


async def test_a_feed_itself_is_found_at_once(executor: Executor) -> None:
    site = Site({"/x": feed()})

    discovery = await discover(site, executor, f"{SITE}/x")

    (found,) = discovery.feeds
    assert (found.url, found.how) == (f"{SITE}/x", How.DOCUMENT)
    assert site.asked == ["/x"]


async def test_every_feed_that_the_page_names_is_asked(executor: Executor) -> None:
    site = Site(
        {
            "/": page(
                alternate("/comments/feed"), alternate("/b"), alternate("/missing")
            ),
            "/b": feed("B"),
            "/comments/feed": feed("C"),
            "/feed": feed("never asked"),
        }
    )

    discovery = await discover(site, executor)

    assert urls_of(discovery) == ["/b", "/comments/feed"]
    assert sorted(site.asked) == ["/", "/b", "/comments/feed", "/missing"]
    assert discovery.asked == 4


async def test_links_are_asked_where_no_link_element_leads_to_a_feed(
    executor: Executor,
) -> None:
    site = Site(
        {
            "/": page(alternate("/gone"), "<a href=/all.rss>RSS</a>"),
            "/all.rss": feed(),
        }
    )

    (found,) = (await discover(site, executor)).feeds

    assert (found.url, found.how) == (f"{SITE}/all.rss", How.ANCHOR)


async def test_common_addresses_are_asked_until_one_is_a_feed(
    executor: Executor,
) -> None:
    site = Site({"/": page(), "/feed": page(), "/rss": feed(), "/rss.xml": feed()})

    (found,) = (await discover(site, executor)).feeds

    assert (found.url, found.how) == (f"{SITE}/rss", How.WELL_KNOWN)
    assert site.asked == ["/", "/feed", "/feed/", "/rss"]


async def test_an_empty_feed_does_not_end_the_search(executor: Executor) -> None:
    site = Site({"/": page(alternate("/e")), "/e": EMPTY_FEED, "/feed": feed()})

    assert urls_of(await discover(site, executor)) == ["/feed", "/e"]


async def test_nothing_is_found_on_a_site_without_feeds(executor: Executor) -> None:
    site = Site({"/": page()})

    discovery = await discover(site, executor)

    assert discovery.feeds == ()
    assert discovery.failure is None
    assert discovery.page_url == f"{SITE}/"


async def test_a_page_that_is_missing_leaves_the_common_addresses(
    executor: Executor,
) -> None:
    discovery = await discover(Site({"/feed": feed()}), executor, f"{SITE}/gone")

    assert urls_of(discovery) == ["/feed"]
    assert discovery.failure is not None
    assert discovery.failure.status == 404


@pytest.mark.parametrize(
    "trouble", [httpx.ConnectError("refused"), httpx.ConnectTimeout("late"), 429]
)
async def test_a_host_in_trouble_is_asked_no_more(
    trouble: Exception | int, executor: Executor
) -> None:
    site = Site({"/": trouble})

    discovery = await discover(site, executor)

    assert site.asked == ["/"]
    assert discovery.failure is not None
    assert discovery.page_url is None


async def test_a_host_that_falls_into_trouble_is_left_in_peace(
    executor: Executor,
) -> None:
    site = Site({"/": page(), "/feed/": 429})

    discovery = await discover(site, executor)

    assert site.asked == ["/", "/feed", "/feed/"]
    assert discovery.feeds == ()


async def test_a_search_is_bounded(executor: Executor) -> None:
    links = "".join(f"<a href=/{number}/rss.xml>x</a>" for number in range(1000))
    site = Site({"/": page(links)})

    discovery = await discover(site, executor)

    beside_feeds = ["/robots.txt", "/sitemap.xml"]
    assert len(site.asked) == discovery.asked == MOST_ASKED + len(beside_feeds)
    assert site.asked[-2:] == beside_feeds


async def test_a_feed_under_two_addresses_is_found_once(executor: Executor) -> None:
    site = Site(
        {"/": page(alternate("/a"), alternate("/b")), "/a": feed(), "/b": feed()}
    )

    assert urls_of(await discover(site, executor)) == ["/a"]


async def test_where_a_redirect_led_is_where_links_start(executor: Executor) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        match str(request.url):
            case "https://news.example/":
                return make_answer(301, {"location": "https://www.news.example/fr/"})
            case "https://www.news.example/fr/":
                return make_answer(pieces=(page(alternate("rss")),))
            case "https://www.news.example/fr/rss":
                return make_answer(pieces=(feed(),))
            case _:
                return make_answer(404)

    discovery = await discover(answer, executor)

    assert [found.url for found in discovery.feeds] == [
        "https://www.news.example/fr/rss"
    ]


async def test_a_304_that_nobody_asked_for_is_no_feed(executor: Executor) -> None:
    site = Site({"/": page(alternate("/a")), "/a": 304})

    assert (await discover(site, executor)).feeds == ()


async def test_a_kind_of_trouble_is_named(executor: Executor) -> None:
    discovery = await discover(Site({"/": 429}), executor)

    assert discovery.failure is not None
    assert discovery.failure.kind is FailureKind.RATE_LIMITED


async def test_a_host_that_is_to_be_left_alone_is_not_asked(
    executor: Executor,
) -> None:
    site = Site({"/": feed()})
    known = {"news.example": HostState(rests_until=NOW + timedelta(hours=1))}

    discovery = await discover(site, executor, known=known)

    assert site.asked == []
    assert discovery.asked == 0
    assert discovery.failure is not None
    assert discovery.failure.retry_after == timedelta(hours=1)
    assert "left alone until" in discovery.failure.detail


async def test_a_host_that_asks_to_be_left_alone_is_at_once(
    executor: Executor,
) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if request.url.path == "/":
            return make_answer(pieces=(page(alternate("/a"), alternate("/b")),))
        return make_answer(503, {"retry-after": "600"})

    await discover(answer, executor)

    assert asked == ["/", "/a"]


async def test_a_search_takes_no_more_than_the_budget_of_a_day(
    executor: Executor,
) -> None:
    site = Site({"/": page()})
    settings = FetchSettings.model_validate({"per_host": {"daily_budget": 12}})

    discovery = await discover(site, executor, settings=settings)

    assert len(site.asked) == discovery.asked == 3


SITEMAP = b"""<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://news.example/news/a-school-opens</loc></url></urlset>"""
LIST = page(
    *(
        f"<article class='card'><h2><a href='/news/{name}'>The headline of {name} is "
        "a sentence</a></h2><time datetime='2026-11-22'>22 November</time></article>"
        for name in ("one", "two", "three", "four")
    )
)


async def test_a_page_without_a_feed_is_read_by_selectors(executor: Executor) -> None:
    discovery = await discover(Site({"/": LIST}), executor)

    best = discovery.selectors[0]
    assert best.entry_count == 4
    assert best.titles[0] == "The headline of one is a sentence"


async def test_the_sitemaps_that_robots_txt_names_are_found(executor: Executor) -> None:
    robots = b"User-agent: *\nSitemap: /s.xml\nSitemap: /gone.xml\n"

    discovery = await discover(
        Site({"/": page(), "/robots.txt": robots, "/s.xml": SITEMAP}), executor
    )

    assert discovery.sitemaps == (
        FoundSitemap(url=f"{SITE}/s.xml", entries=1, parts=0),
    )


async def test_an_address_that_is_a_sitemap_is_one(executor: Executor) -> None:
    discovery = await discover(Site({"/s.xml": SITEMAP}), executor, f"{SITE}/s.xml")

    assert discovery.sitemaps == (
        FoundSitemap(url=f"{SITE}/s.xml", entries=1, parts=0),
    )
    assert discovery.selectors == ()


async def test_nothing_else_is_proposed_where_a_feed_has_entries(
    executor: Executor,
) -> None:
    site = Site({"/": LIST, "/feed": feed(), "/sitemap.xml": SITEMAP})

    discovery = await discover(site, executor)

    assert (discovery.selectors, discovery.sitemaps) == ((), ())
    assert "/robots.txt" not in site.asked
