import asyncio
import hashlib
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import FetchSettings
from ingest.entry import EntryDigest
from ingest.fetch.host_book import HostBook, HostResting
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import FailureKind, FetchFailed, NotModified, Validators
from ingest.fetch.request import SourceMemory
from ingest.formats.raw import NotAFeedError
from ingest.poll import Polled, PollOutcome, PollTools, poll_source
from ingest.read import read_document
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.source import FeedAddress, SnapshotFile, Source
from tests.ingest.article_pages import FRENCH, make_page
from tests.ingest.exchange_factories import (
    FEED_URL,
    NOTHING_REMEMBERED,
    NOW,
    Answerer,
    make_answer,
    make_bounds,
    make_client,
)

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
  <title>Le courrier</title><link>https://news.example/</link>
  <description>Nouvelles</description><ttl>120</ttl>
  <item><title>Une nouvelle</title><link>/1</link><guid>g-1</guid></item>
</channel></rss>
"""
PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body></body></html>"
SNAPSHOT = """
A headline of our own
A paragraph of our own.
Hashtags

Try Our AI Features
Explore our features.
Comments
No comments yet...
Related Articles


The Courier
7 hours ago
- The Courier
Another headline of our own
Another paragraph of our own."""


class FailingExecutor(Executor):
    """An executor that cannot do what it is asked to."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        future: Future[Any] = Future()
        future.set_exception(self._error)
        return future


class UnusedExecutor(Executor):
    """An executor for polls in which nothing may be parsed."""

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a document was parsed")


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


def make_feed(url: str = FEED_URL) -> Source:
    return Source(slug="courier", title="Courier", location=FeedAddress(url=url))


def make_snapshot(path: Path) -> Source:
    location = SnapshotFile(path=path, captured_at=NOW)
    return Source(slug="snapshot", title="Snapshot", location=location)


async def _no_wait(seconds: float) -> None:
    await asyncio.sleep(0)


def make_limits() -> HostLimits:
    return HostLimits(FetchSettings(), monotonic=lambda: 0.0, sleep=_no_wait)


def no_network(request: httpx.Request) -> httpx.Response:
    raise AssertionError("the network was asked")


async def poll(
    source: Source,
    executor: Executor,
    answerer: Answerer = no_network,
    *,
    memory: SourceMemory = NOTHING_REMEMBERED,
    limits: HostLimits | None = None,
    hosts: HostBook | None = None,
    known: frozenset[EntryDigest] = frozenset(),
    answered_at: datetime = NOW,
) -> PollOutcome:
    async def known_entries(slug: str) -> frozenset[EntryDigest]:
        assert slug == source.slug
        return known

    async with make_client(answerer) as client:
        tools = PollTools(
            client=client,
            bounds=make_bounds(),
            limits=limits or make_limits(),
            hosts=hosts or HostBook(FetchSettings(), clock=lambda: NOW),
            executor=executor,
            clock=lambda: answered_at,
        )
        return await poll_source(source, memory, tools, known_entries)


async def test_what_is_published_while_a_host_is_waited_for_is_not_of_the_future(
    executor: Executor,
) -> None:
    written_at = NOW + timedelta(days=2)
    item = f"<item><title>Late</title><pubDate>{format_datetime(written_at)}</pubDate>"
    body = f'<rss version="2.0"><channel>{item}</item></channel></rss>'.encode()

    def answer(request: httpx.Request) -> httpx.Response:
        return make_answer(pieces=[body])

    at_once = await poll(make_feed(), executor, answer)
    later = await poll(make_feed(), executor, answer, answered_at=written_at)

    assert isinstance(at_once, Polled)
    assert isinstance(later, Polled)
    assert at_once.document.entries[0].published_at is None
    assert later.document.entries[0].published_at == written_at.replace(microsecond=0)


async def test_a_feed_is_polled_into_a_document(executor: Executor) -> None:
    outcome = await poll(
        make_feed(), executor, lambda request: make_answer(pieces=[RSS])
    )

    assert isinstance(outcome, Polled)
    assert outcome.document.title == "Le courrier"
    assert outcome.asked.ttl == timedelta(hours=2)
    assert outcome.fetched.content.read() == RSS


async def test_links_start_at_the_address_that_answered(executor: Executor) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "news.example":
            return make_answer(302, {"Location": "https://cdn.example/feed"})
        return make_answer(pieces=[RSS.replace(b"https://news.example/", b"")])

    outcome = await poll(make_feed(), executor, answer)

    assert isinstance(outcome, Polled)
    assert [entry.link for entry in outcome.document.entries] == [
        "https://cdn.example/1"
    ]


async def test_the_pages_of_a_source_that_wants_them_are_asked_for(
    executor: Executor,
) -> None:
    page = make_answer(
        headers={"Content-Type": "text/html"}, pieces=[make_page(*FRENCH).encode()]
    )
    answers = {"/feed.xml": make_answer(pieces=[RSS]), "/1": page}
    source = replace(make_feed(), full_text=True)

    outcome = await poll(
        source,
        executor,
        lambda request: answers.get(request.url.path) or make_answer(404),
    )

    assert isinstance(outcome, Polled)
    (entry,) = outcome.document.entries
    assert FRENCH[0] in entry.text
    assert outcome.document.without_page == ()


async def test_the_pages_of_other_sources_are_not_asked_for(executor: Executor) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return make_answer(pieces=[RSS])

    await poll(make_feed(), executor, answer)

    assert asked == ["/feed.xml"]


async def test_pictures_are_kept_by_address_and_never_asked_for(
    executor: Executor,
) -> None:
    asked: list[str] = []
    film = "https://www.youtube.com/embed/abc"
    text = f"&lt;img src='/a.png'&gt;&lt;iframe src='{film}'&gt;&lt;/iframe&gt;"
    rss = RSS.replace(b"<guid>", f"<description>{text}</description><guid>".encode())

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return make_answer(pieces=[rss])

    outcome = await poll(make_feed(), executor, answer)

    assert isinstance(outcome, Polled)
    (entry,) = outcome.document.entries
    assert 'src="https://news.example/a.png"' in entry.content_html
    assert 'href="https://www.youtube.com/watch?v=abc"' in entry.content_html
    assert "iframe" not in entry.content_html
    assert asked == ["/feed.xml"]


async def test_a_304_is_not_parsed() -> None:
    stored = Validators(etag='"1"')

    outcome = await poll(
        make_feed(),
        UnusedExecutor(),
        lambda request: make_answer(304, pieces=()),
        memory=SourceMemory(validators=stored),
    )

    assert isinstance(outcome, NotModified)
    assert outcome.validators == stored


async def test_the_same_bytes_are_not_parsed() -> None:
    outcome = await poll(
        make_feed(),
        UnusedExecutor(),
        lambda request: make_answer(pieces=[RSS]),
        memory=SourceMemory(body_digest=hashlib.sha256(RSS).hexdigest()),
    )

    assert isinstance(outcome, NotModified)


async def test_a_failure_of_the_exchange_is_the_outcome() -> None:
    outcome = await poll(
        make_feed(), UnusedExecutor(), lambda request: make_answer(404)
    )

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.HTTP_CLIENT


@pytest.mark.parametrize("body", [PAGE, b""], ids=["a web page", "nothing"])
async def test_what_is_not_a_feed_is_named_with_its_address(
    body: bytes, executor: Executor
) -> None:
    outcome = await poll(
        make_feed(), executor, lambda request: make_answer(pieces=[body])
    )

    assert isinstance(outcome, FetchFailed)
    assert (outcome.kind, outcome.status) == (FailureKind.NOT_A_FEED, 200)
    assert outcome.detail.startswith(f"{FEED_URL} cannot be read: ")
    assert "correct the source's url" in outcome.detail


UNREAD: dict[str, tuple[Exception, FailureKind, str]] = {
    "a document beyond the limits": (
        TooComplexError("more than 4 seconds"),
        FailureKind.TOO_COMPLEX,
        f"{FEED_URL} is too complex: to read it takes more than 4 seconds. ",
    ),
    "no process to read it": (
        NoWorkerError("the machine is full"),
        FailureKind.BUG,
        f"{FEED_URL} was not read, as there is no process to read it (the machine is ",
    ),
}


@pytest.mark.parametrize(("error", "kind", "words"), UNREAD.values(), ids=UNREAD.keys())
async def test_what_could_not_be_read_is_a_failure(
    error: Exception, kind: FailureKind, words: str
) -> None:
    outcome = await poll(
        make_feed(), FailingExecutor(error), lambda request: make_answer(pieces=[RSS])
    )

    assert isinstance(outcome, FetchFailed)
    assert (outcome.kind, outcome.status) == (kind, 200)
    assert outcome.detail.startswith(words)


async def test_a_snapshot_is_polled_without_the_network(
    tmp_path: Path, executor: Executor
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(SNAPSHOT, encoding="utf-8")

    outcome = await poll(make_snapshot(path), executor)

    assert isinstance(outcome, Polled)
    assert [entry.title for entry in outcome.document.entries] == [
        "A headline of our own",
        "Another headline of our own",
    ]


async def test_an_empty_snapshot_is_named_with_its_path(
    tmp_path: Path, executor: Executor
) -> None:
    path = tmp_path / "page.txt"
    path.touch()

    outcome = await poll(make_snapshot(path), executor)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.NOT_A_FEED
    assert outcome.detail.startswith(f"{path} cannot be read: ")
    assert "correct the source's path" in outcome.detail


async def test_a_missing_snapshot_is_the_outcome(tmp_path: Path) -> None:
    outcome = await poll(make_snapshot(tmp_path / "missing.txt"), UnusedExecutor())

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.FILE


async def test_nothing_is_asked_before_the_hosts_turn(executor: Executor) -> None:
    asked: list[str] = []
    limits = make_limits()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return make_answer(pieces=[RSS])

    async with asyncio.TaskGroup() as tasks, limits.slot("news.example"):
        task = tasks.create_task(poll(make_feed(), executor, answer, limits=limits))
        for _ in range(20):
            await asyncio.sleep(0)
        asked_before_the_turn = tuple(asked)

    assert asked_before_the_turn == ()
    assert isinstance(task.result(), Polled)


async def test_a_host_that_rests_is_not_asked() -> None:
    hosts = HostBook(FetchSettings(), clock=lambda: NOW)
    hosts.note_retry_after(FEED_URL, timedelta(hours=1))

    with pytest.raises(HostResting):
        await poll(make_feed(), UnusedExecutor(), no_network, hosts=hosts)


async def test_who_waits_for_a_host_that_asks_to_be_left_alone_does_not_ask() -> None:
    hosts = HostBook(FetchSettings(), clock=lambda: NOW)
    limits = make_limits()
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return make_answer(429, {"Retry-After": "3600"})

    outcomes = await asyncio.gather(
        *(
            poll(make_feed(), UnusedExecutor(), answer, limits=limits, hosts=hosts)
            for _ in range(3)
        ),
        return_exceptions=True,
    )

    assert len(asked) == 1
    assert [type(outcome) for outcome in outcomes] == [
        FetchFailed,
        HostResting,
        HostResting,
    ]


async def test_the_host_that_answered_is_left_alone() -> None:
    hosts = HostBook(FetchSettings(), clock=lambda: NOW)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "news.example":
            return make_answer(302, {"Location": "https://cdn.example/feed"})
        return make_answer(503, {"Retry-After": "3600"})

    await poll(make_feed(), UnusedExecutor(), answer, hosts=hosts)

    assert list(hosts.take_changes()) == ["cdn.example"]


async def test_reading_a_document_can_be_sent_to_another_process(
    executor: Executor,
) -> None:
    polled = await poll(
        make_feed(), executor, lambda request: make_answer(pieces=[RSS])
    )
    assert isinstance(polled, Polled)
    call = (read_document, make_feed(), polled.fetched, NOW)

    function, *arguments = pickle.loads(pickle.dumps(call))  # noqa: S301  # our own
    document, asked = function(*arguments)

    assert (document, asked) == (polled.document, polled.asked)
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301  # our own


def test_the_reason_for_not_reading_comes_back_from_another_process() -> None:
    error = NotAFeedError("it is a web page")

    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own

    assert isinstance(copy, NotAFeedError)
    assert str(copy) == "it is a web page"


async def test_a_headline_without_a_declaration_gets_the_language_it_likely_has(
    executor: Executor,
) -> None:
    item = b"<item><title>Ministers prepare next summit meeting</title></item>"
    feed = RSS.replace(b"</channel>", item + b"</channel>")

    outcome = await poll(
        make_feed(), executor, lambda request: make_answer(pieces=[feed])
    )

    assert isinstance(outcome, Polled)
    languages = [entry.language for entry in outcome.document.entries]
    assert languages == [None, "en"]
