"""One source examined: what is asked, how politely, and what is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
import pytest

from config.settings import FetchSettings
from config.values import RobotsScope
from ingest.doctor.examine import examine_source
from ingest.doctor.facts import SourceFacts
from ingest.fetch.host_book import HostBook
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed, NotModified
from ingest.fetch.robots import RobotsFiles
from ingest.poll import PollTools
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.source import FeedAddress, PageAddress, PageSelectors, SnapshotFile, Source
from tests.ingest.exchange_factories import (
    NOW,
    make_answer,
    make_bounds,
    make_client,
)
from tests.ingest.feed_documents import rss

HOST = "https://news.example"
FEED, ROBOTS = f"{HOST}/feed", f"{HOST}/robots.txt"
BODY = rss("<title>T</title><link>https://news.example/1</link>")
SOURCE = Source(slug="s", title="S", location=FeedAddress(url=FEED))


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


class Tiring(ThreadPoolExecutor):
    """Reads one document, and fails at the second job."""

    def __init__(self, error: Exception) -> None:
        super().__init__(1)
        self._error = error
        self._jobs = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self._jobs += 1
        if self._jobs == 1:
            return super().submit(*args, **kwargs)
        failed: Future[Any] = Future()
        failed.set_exception(self._error)
        return failed


class Site:
    """Answers by address; an ETag makes the second answer a 304."""

    def __init__(
        self, answers: Mapping[str, bytes | int | str] = MappingProxyType({})
    ) -> None:
        self.answers = {FEED: BODY, **answers}
        self.asked: list[str] = []
        self.authorised: list[str] = []
        self.starts: list[float] = []
        self.now = 0.0
        self.hosts = HostBook(FetchSettings(), clock=lambda: NOW)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append(url)
        self.starts.append(self.now)
        if "authorization" in request.headers:
            self.authorised.append(url)
        if "if-none-match" in request.headers:
            return make_answer(304)
        answer = self.answers.get(url, 404)
        if isinstance(answer, int):
            headers = {"Retry-After": "3600"} if answer == 429 else {}
            return make_answer(answer, headers, pieces=[])
        if isinstance(answer, str):
            return make_answer(302, {"Location": answer}, pieces=[])
        return make_answer(200, {"ETag": '"1"'}, pieces=[answer])

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def examine(
    site: Site, executor: Executor, source: Source = SOURCE, **tools: Any
) -> SourceFacts:
    async with make_client(site) as client:
        return await examine_source(
            source,
            PollTools(
                client=client,
                clock=lambda: NOW,
                bounds=make_bounds(),
                limits=HostLimits(
                    FetchSettings(), monotonic=lambda: site.now, sleep=site.sleep
                ),
                hosts=site.hosts,
                executor=executor,
                **tools,
            ),
        )


async def test_a_source_is_polled_asked_again_and_its_rules_are_looked_at(
    executor: Executor,
) -> None:
    site = Site()

    facts = await examine(site, executor)

    assert site.asked == [FEED, FEED, ROBOTS]
    assert [hop.status for hop in facts.hops] == [200]
    assert isinstance(facts.first, Fetched)
    assert isinstance(facts.again, NotModified)
    assert facts.document is not None
    assert facts.document.entries == 1
    assert facts.robots is not None


async def test_every_request_waits_for_its_turn(executor: Executor) -> None:
    site = Site()

    await examine(site, executor)

    assert site.starts == [0, 2, 4]


async def test_requests_are_counted_where_a_host_may_be_asked_so_often_a_day(
    executor: Executor,
) -> None:
    site = Site()
    once = FetchSettings.model_validate({"per_host": {"daily_budget": 1}})
    site.hosts = HostBook(once, clock=lambda: NOW)

    first = await examine(site, executor)
    second = await examine(site, executor)

    assert site.asked == [FEED]
    assert isinstance(first.first, Fetched)
    assert first.again is None
    assert second.resting_until is not None


async def test_rules_that_nobody_minds_are_not_looked_at(executor: Executor) -> None:
    site = Site()

    facts = await examine(site, executor, robots=RobotsFiles(RobotsScope.NONE))

    assert site.asked == [FEED, FEED]
    assert facts.robots is None


async def test_a_page_that_is_forbidden_is_not_asked_for(executor: Executor) -> None:
    site = Site({ROBOTS: b"User-agent: *\nDisallow: /"})
    page = PageAddress(url=FEED, selectors=PageSelectors(item="article"))

    facts = await examine(site, executor, Source(slug="s", title="S", location=page))

    assert site.asked == [ROBOTS]
    assert isinstance(facts.first, FetchFailed)
    assert facts.first.kind is FailureKind.ROBOTS
    assert facts.obeys_robots


async def test_a_host_that_rests_is_asked_nothing(executor: Executor) -> None:
    site = Site()
    site.hosts.note_retry_after(FEED, timedelta(hours=1))

    facts = await examine(site, executor)

    assert site.asked == []
    assert facts.resting_until == NOW + timedelta(hours=1)


async def test_a_host_that_wants_to_be_left_alone_is_asked_no_more(
    executor: Executor,
) -> None:
    site = Site({FEED: 429})

    facts = await examine(site, executor)

    assert site.asked == [FEED]
    assert isinstance(facts.first, FetchFailed)
    assert [hop.status for hop in facts.hops] == [429]


async def test_the_way_over_redirects_is_seen(executor: Executor) -> None:
    there = "https://there.example/feed"
    site = Site({FEED: there, there: BODY})

    facts = await examine(site, executor)

    assert [(hop.url, hop.status) for hop in facts.hops] == [(FEED, 302), (there, 200)]
    # The version is that of the other place, and only there can it be named.
    assert isinstance(facts.again, NotModified)


async def test_a_candidate_is_asked_again_with_its_password(executor: Executor) -> None:
    candidate = "https://me:secret@second.example/feed"
    bare = "https://second.example/feed"
    site = Site({FEED: 404, bare: BODY})
    location = FeedAddress(url=FEED, candidates=(candidate,))

    facts = await examine(
        site, executor, Source(slug="s", title="S", location=location)
    )

    assert site.asked == [FEED, bare, bare, ROBOTS]
    assert site.authorised == [bare, bare]
    assert facts.candidate == bare
    assert "secret" not in repr(facts)


async def test_pages_of_entries_are_not_asked_for(executor: Executor) -> None:
    site = Site()
    source = Source(slug="s", title="S", location=SOURCE.location, full_text=True)

    facts = await examine(site, executor, source)

    assert site.asked == [FEED, FEED, ROBOTS]
    assert facts.takes_pages


async def test_a_document_that_cannot_be_read_is_a_fact(executor: Executor) -> None:
    site = Site({FEED: b"<!DOCTYPE html><html><body>Later</body></html>"})

    facts = await examine(site, executor)

    assert isinstance(facts.first, FetchFailed)
    assert facts.first.kind is FailureKind.NOT_A_FEED
    assert site.asked == [FEED, ROBOTS]


UNDESCRIBED: dict[str, tuple[Exception, FailureKind]] = {
    "as it takes too long": (TooComplexError("9 seconds"), FailureKind.TOO_COMPLEX),
    "as there is nobody to do it": (NoWorkerError("full"), FailureKind.BUG),
}


@pytest.mark.parametrize(("error", "kind"), UNDESCRIBED.values(), ids=UNDESCRIBED)
async def test_a_document_that_cannot_be_described(
    error: Exception, kind: FailureKind
) -> None:
    with Tiring(error) as executor:
        facts = await examine(Site(), executor)

    assert isinstance(facts.first, FetchFailed)
    assert facts.first.kind is kind
    assert facts.document is None


async def test_a_file_is_read_without_the_network(
    executor: Executor, tmp_path: Path
) -> None:
    path = tmp_path / "saved.txt"
    path.write_text("A headline\nA paragraph.\nThe Courier\n7 hours ago\n")
    site = Site()
    location = SnapshotFile(path=path, captured_at=NOW)

    facts = await examine(
        site, executor, Source(slug="s", title="S", location=location)
    )

    assert site.asked == []
    assert (facts.url, facts.hops, facts.robots) == (None, (), None)
    assert facts.document is not None
