from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from config.settings import FetchSettings
from ingest.candidates import OWN_ADDRESS_EVERY, PATIENCE
from ingest.entry import EntryDigest
from ingest.fetch.host_book import HostBook, HostResting
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import FailureKind, FetchFailed, NotModified
from ingest.fetch.request import SourceMemory
from ingest.poll import Polled, PollOutcome, PollTools
from ingest.poll_candidates import poll_addresses
from ingest.source import AddressInUse, FeedAddress, Location, SnapshotFile, Source
from tests.ingest.exchange_factories import (
    FEED_BODY,
    NOTHING_REMEMBERED,
    NOW,
    make_answer,
    make_bounds,
    make_client,
)

OWN, ONE, TWO = (f"https://{name}.example/feed" for name in ("own", "one", "two"))
LOCATION = FeedAddress(url=OWN, candidates=(ONE, TWO))
IN_USE = AddressInUse(url=ONE, instead_of=OWN, own_asked_at=NOW - timedelta(days=1))
PAGE = b"<!DOCTYPE html><html><head></head></html>"

Answers = Mapping[str, bytes | int | Exception]


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


async def _no_wait(seconds: float) -> None:
    await asyncio.sleep(0)


async def _nothing_known(slug: str) -> frozenset[EntryDigest]:
    return frozenset()


async def poll(
    answers: Answers,
    executor: Executor,
    memory: SourceMemory = NOTHING_REMEMBERED,
    location: Location = LOCATION,
    hosts: HostBook | None = None,
) -> tuple[PollOutcome, list[str]]:
    """The outcome, and the addresses that were asked for it."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        what = answers[str(request.url)]
        if isinstance(what, Exception):
            raise what
        if isinstance(what, int):
            return make_answer(what)
        return make_answer(pieces=[what])

    source = Source(slug="s", title="S", location=location)
    async with make_client(answer) as client:
        tools = PollTools(
            client=client,
            bounds=make_bounds(),
            limits=HostLimits(FetchSettings(), monotonic=lambda: 0, sleep=_no_wait),
            hosts=hosts or HostBook(FetchSettings(), clock=lambda: NOW),
            executor=executor,
            clock=lambda: NOW,
        )
        outcome = await poll_addresses(source, memory, tools, _nothing_known)
    return outcome, asked


async def test_the_own_address_answers_for_itself(executor: Executor) -> None:
    outcome, asked = await poll({OWN: FEED_BODY}, executor)

    assert isinstance(outcome, Polled)
    assert (outcome.in_use, asked) == (None, [OWN])


@pytest.mark.parametrize("trouble", [404, 410, PAGE], ids=["404", "410", "a page"])
async def test_a_candidate_is_asked_at_once(
    trouble: int | bytes, executor: Executor
) -> None:
    outcome, asked = await poll({OWN: trouble, ONE: FEED_BODY}, executor)

    assert isinstance(outcome, Polled)
    assert asked == [OWN, ONE]
    assert outcome.in_use == replace(IN_USE, own_asked_at=NOW)


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_trouble_that_may_pass_is_waited_for(
    status: int, executor: Executor
) -> None:
    outcome, asked = await poll({OWN: status}, executor)

    assert isinstance(outcome, FetchFailed)
    assert asked == [OWN]


async def test_trouble_that_does_not_pass_leads_to_the_candidates(
    executor: Executor,
) -> None:
    memory = SourceMemory(failures=PATIENCE)

    outcome, asked = await poll({OWN: 503, ONE: FEED_BODY}, executor, memory)

    assert isinstance(outcome, Polled)
    assert asked == [OWN, ONE]


async def test_the_candidate_in_use_is_asked_first(executor: Executor) -> None:
    memory = SourceMemory(in_use=IN_USE)

    outcome, asked = await poll({ONE: FEED_BODY}, executor, memory)

    assert isinstance(outcome, Polled)
    assert (outcome.in_use, asked) == (IN_USE, [ONE])


async def test_the_own_address_returns(executor: Executor) -> None:
    long_ago = replace(IN_USE, own_asked_at=NOW - OWN_ADDRESS_EVERY)

    outcome, asked = await poll(
        {OWN: FEED_BODY}, executor, SourceMemory(in_use=long_ago)
    )

    assert isinstance(outcome, Polled)
    assert (outcome.in_use, asked) == (None, [OWN])


async def test_trouble_at_the_weekly_look_never_stops_the_candidate(
    executor: Executor,
) -> None:
    long_ago = replace(IN_USE, own_asked_at=NOW - OWN_ADDRESS_EVERY)
    answers: Answers = {OWN: 503, ONE: FEED_BODY}

    outcome, asked = await poll(answers, executor, SourceMemory(in_use=long_ago))

    assert isinstance(outcome, Polled)
    assert asked == [OWN, ONE]
    assert outcome.in_use == replace(IN_USE, own_asked_at=NOW)


async def test_a_candidate_that_fails_gives_way_to_the_others(
    executor: Executor,
) -> None:
    answers: Answers = {ONE: 404, OWN: 404, TWO: FEED_BODY}

    outcome, asked = await poll(answers, executor, SourceMemory(in_use=IN_USE))

    assert isinstance(outcome, Polled)
    assert asked == [ONE, OWN, TWO]
    assert outcome.in_use == AddressInUse(url=TWO, instead_of=OWN, own_asked_at=NOW)


async def test_where_all_fail_the_own_address_is_told_of(executor: Executor) -> None:
    outcome, asked = await poll({OWN: 410, ONE: 404, TWO: PAGE}, executor)

    assert isinstance(outcome, FetchFailed)
    assert outcome.status == 410
    assert "2 other addresses" in outcome.detail
    assert asked == [OWN, ONE, TWO]


async def test_the_same_bytes_from_a_candidate_are_nothing_new(
    executor: Executor,
) -> None:
    first, _ = await poll({OWN: FEED_BODY}, executor)
    assert isinstance(first, Polled)
    memory = SourceMemory(body_digest=first.fetched.body_digest, validators_url=OWN)

    outcome, _ = await poll({OWN: 404, ONE: FEED_BODY}, executor, memory)

    assert isinstance(outcome, NotModified)
    assert outcome.in_use == replace(IN_USE, own_asked_at=NOW)


async def test_a_host_that_is_out_of_reach_is_asked_once(executor: Executor) -> None:
    location = FeedAddress(url=OWN, candidates=(f"{OWN}/x",))
    answers: Answers = {OWN: httpx.ConnectError("refused")}

    outcome, asked = await poll(
        answers, executor, SourceMemory(failures=PATIENCE), location
    )

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.CONNECT
    assert asked == [OWN]


async def test_a_snapshot_has_one_place(executor: Executor, tmp_path: Path) -> None:
    location = SnapshotFile(path=tmp_path / "missing.txt", captured_at=NOW)

    outcome, asked = await poll({}, executor, NOTHING_REMEMBERED, location)

    assert isinstance(outcome, FetchFailed)
    assert (outcome.kind, asked) == (FailureKind.FILE, [])


async def test_a_candidate_whose_host_rests_is_not_asked(executor: Executor) -> None:
    hosts = HostBook(FetchSettings(), clock=lambda: NOW)
    hosts.note_retry_after(ONE, timedelta(hours=1))

    outcome, asked = await poll({OWN: 404}, executor, hosts=hosts)

    assert isinstance(outcome, FetchFailed)
    assert (outcome.status, asked) == (404, [OWN])


async def test_a_source_whose_own_host_rests_waits(executor: Executor) -> None:
    hosts = HostBook(FetchSettings(), clock=lambda: NOW)
    hosts.note_retry_after(OWN, timedelta(hours=1))

    with pytest.raises(HostResting):
        await poll({}, executor, hosts=hosts)
