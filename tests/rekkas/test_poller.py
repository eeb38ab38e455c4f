from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from config.settings import Settings
from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import FailureKind, FetchFailed, NotModified
from ingest.poll import Polled
from rekkas import compose, configured_sources
from rekkas.poller import AnswerLostError, Poller
from rekkas.report import describe
from store.database.engine import Database
from store.database.upgrade import open_database
from store.errors import StoreError
from store.library import Library
from store.prepare import prepare_store
from store.record import Recorder
from tests.end_to_end.service import rss
from tests.factories import NOW
from tests.ingest.exchange_factories import Answerer, make_answer

SETTINGS = Settings.model_validate(
    {
        "fetch": {"per_host": {"spacing": "0s"}},
        "sources": {
            "paper": {
                "url": "https://paper.example/feed",
                "candidates": ["https://other.example/feed"],
            }
        },
    }
)


@asynccontextmanager
async def polling(
    folder: Path,
    answer: Answerer,
    *,
    is_prepared: bool = True,
    clock: Callable[[], datetime] = lambda: NOW,
) -> AsyncIterator[tuple[Poller, Database]]:
    """A poller of one source whose server answers like this."""
    rules = compose.build_rules(SETTINGS)
    with (
        open_database(f"sqlite:///{folder}/rekkas.db") as database,
        ThreadPoolExecutor(1) as reading,
    ):
        if is_prepared:
            names = configured_sources.source_names(SETTINGS)
            prepare_store(database, names, rules, now=NOW)
        poller = compose.build_poller(
            SETTINGS,
            (Recorder(database, rules), Library(database)),
            compose.build_tools(
                SETTINGS.fetch,
                reading,
                clock=clock,
                transport=httpx.MockTransport(answer),
            ),
            clock=clock,
        )
        try:
            yield poller, database
        finally:
            await poller.close()


def send_feed(request: httpx.Request) -> httpx.Response:
    if request.headers.get("if-none-match") == '"1"':
        return make_answer(304, pieces=[])
    return make_answer(
        headers={"etag": '"1"'}, pieces=[rss("Paper", {"1": "A school opens"})]
    )


async def test_a_poll_keeps_what_came_and_remembers_the_validators(
    tmp_path: Path,
) -> None:
    async with polling(tmp_path, send_feed) as (poller, database):
        first = await poller.poll("paper")
        counts = Library(database).article_counts()

    assert isinstance(first.outcome, Polled)
    assert first.record.new == 1
    assert first.record.due_at > NOW
    assert counts == {"paper": 1}


async def test_validators_outlive_the_process(tmp_path: Path) -> None:
    async with polling(tmp_path, send_feed) as (poller, _):
        await poller.poll("paper")

    async with polling(tmp_path, send_feed) as (poller, _):
        second = await poller.poll("paper")

    assert isinstance(second.outcome, NotModified)


def send_from_the_other(request: httpx.Request) -> httpx.Response:
    return (
        send_feed(request) if request.url.host == "other.example" else make_answer(410)
    )


async def test_a_candidate_that_answers_is_asked_first_from_then_on(
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return send_from_the_other(request)

    for _ in range(2):
        async with polling(tmp_path, answer) as (poller, _):
            last = await poller.poll("paper")

    assert asked == ["paper.example", "other.example", "other.example"]
    assert isinstance(last.outcome, NotModified)


async def test_the_operator_is_told_which_candidate_is_read(tmp_path: Path) -> None:
    async with polling(tmp_path, send_from_the_other) as (poller, database):
        facts = describe(await poller.poll("paper"))
        state = Library(database).source_state("paper")

    assert facts["candidate"] == "https://other.example/feed"
    assert state is not None
    assert state.last_detail == (
        "https://paper.example/feed fails, https://other.example/feed is read in its "
        "place: correct the source's url"
    )


async def test_nothing_is_in_use_once_the_own_address_answers(tmp_path: Path) -> None:
    async with polling(tmp_path, send_from_the_other) as (poller, _):
        await poller.poll("paper")
    async with polling(tmp_path, send_own_only) as (poller, database):
        facts = describe(await poller.poll("paper"))
        state = Library(database).source_state("paper")

    assert facts["candidate"] is None
    assert state is not None
    assert (state.in_use, state.last_detail) == (None, None)


def send_own_only(request: httpx.Request) -> httpx.Response:
    return (
        send_feed(request) if request.url.host == "paper.example" else make_answer(410)
    )


async def test_a_bug_counts_as_a_failure_of_its_source(tmp_path: Path) -> None:
    def stumble(request: httpx.Request) -> httpx.Response:
        raise ZeroDivisionError("by zero")

    async with polling(tmp_path, stumble) as (poller, database):
        with capture_logs() as logs:
            reports = [await poller.poll("paper") for _ in range(3)]
        state = Library(database).source_state("paper")

    assert [report.record.failures for report in reports] == [1, 2, 3]
    assert reports[2].record.due_at > reports[1].record.due_at
    assert {log["event"] for log in logs} == {"poll_crashed"}
    assert isinstance(reports[0].outcome, FetchFailed)
    assert reports[0].outcome.kind is FailureKind.BUG
    assert state is not None
    assert state.last_detail is not None
    assert "ZeroDivisionError: by zero" in state.last_detail


async def test_a_source_that_the_store_does_not_know_is_trouble_with_the_store(
    tmp_path: Path,
) -> None:
    async with polling(tmp_path, send_feed, is_prepared=False) as (poller, _):
        with pytest.raises(StoreError, match="paper"):
            await poller.poll("paper")


async def test_a_poll_that_is_broken_off_keeps_nothing(tmp_path: Path) -> None:
    asked, never = asyncio.Event(), asyncio.Event()

    async def hang(request: httpx.Request) -> httpx.Response:
        asked.set()
        await never.wait()
        raise AssertionError

    async with polling(tmp_path, hang) as (poller, database):
        poll = asyncio.create_task(poller.poll("paper"))
        async with asyncio.timeout(5):
            await asked.wait()
        poll.cancel()
        with pytest.raises(asyncio.CancelledError):
            await poll
        state = Library(database).source_state("paper")

    assert state is not None
    assert state.last_polled_at is None


async def test_a_host_that_rests_is_left_alone_by_the_next_process_too(
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return make_answer(429, {"Retry-After": "86400"})

    async with polling(tmp_path, refuse) as (poller, _):
        await poller.poll("paper")
    async with polling(tmp_path, refuse) as (poller, _):
        with pytest.raises(HostResting) as resting:
            await poller.poll("paper")

    assert len(asked) == 1
    assert resting.value.until == NOW + timedelta(days=1)


def let_writing_fail(folder: Path, event: str) -> None:
    with sqlite3.connect(folder / "rekkas.db") as database:
        database.execute(
            f"CREATE TRIGGER full BEFORE {event} BEGIN "
            "SELECT RAISE(ABORT, 'database or disk is full'); END"
        )


def let_writing_succeed(folder: Path) -> None:
    with sqlite3.connect(folder / "rekkas.db") as database:
        database.execute("DROP TRIGGER full")


async def test_a_server_is_not_asked_while_nothing_can_be_kept(tmp_path: Path) -> None:
    asked: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("if-none-match"))
        return send_feed(request)

    async with polling(tmp_path, answer) as (poller, _):
        let_writing_fail(tmp_path, "UPDATE ON source")
        with pytest.raises(AnswerLostError) as lost:
            await poller.poll("paper")
        for _ in range(3):
            with pytest.raises(StoreError, match="full"):
                await poller.poll("paper")
        let_writing_succeed(tmp_path)
        report = await poller.poll("paper")
        again = await poller.poll("paper")

    assert lost.value.times == 1
    assert asked == [None, None, '"1"']
    assert report.record.new == 1
    assert isinstance(again.outcome, NotModified)


async def test_answers_that_cannot_be_kept_are_counted(tmp_path: Path) -> None:
    async with polling(tmp_path, send_feed) as (poller, _):
        let_writing_fail(tmp_path, "INSERT ON article")
        times = []
        for _ in range(3):
            with pytest.raises(AnswerLostError) as lost:
                await poller.poll("paper")
            times.append(lost.value.times)
        let_writing_succeed(tmp_path)
        await poller.poll("paper")
        let_writing_fail(tmp_path, "UPDATE ON source")
        with pytest.raises(AnswerLostError) as lost:
            await poller.poll("paper")

    assert times == [1, 2, 3]
    assert lost.value.times == 1


async def test_what_a_host_asks_for_is_kept_with_the_next_poll_that_can_be(
    tmp_path: Path,
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if now[0] == NOW:
            return make_answer(429, {"Retry-After": "60"})
        return send_feed(request)

    now = [NOW]
    async with polling(tmp_path, answer, clock=lambda: now[0]) as (poller, database):
        let_writing_fail(tmp_path, "INSERT ON host")
        with pytest.raises(AnswerLostError):
            await poller.poll("paper")
        let_writing_succeed(tmp_path)
        now[0] += timedelta(minutes=2)
        await poller.poll("paper")
        states = Library(database).host_states()

    assert states["paper.example"].rests_until == NOW + timedelta(minutes=1)
