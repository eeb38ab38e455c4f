"""The bounds of an exchange against a real server that breaks every rule."""

import asyncio
import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import brotli
import pytest
import zstandard

from ingest.fetch.exchange import fetch
from ingest.fetch.outcome import (
    FailureKind,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
    Validators,
)
from ingest.fetch.request import SourceMemory
from tests.ingest.exchange_factories import (
    FEED_BODY,
    NOTHING_REMEMBERED,
    NOW,
    make_bounds,
    make_client,
)
from tests.ingest.wire_server import (
    PIECE,
    Script,
    head,
    send,
    send_often,
    send_slowly,
    serve,
)

MEGABYTE = 1024 * 1024
DEFAULT_BOUND = 15 * MEGABYTE
SOON = timedelta(milliseconds=150)


async def fetch_from(
    script: Script, *, memory: SourceMemory = NOTHING_REMEMBERED, **bounds: Any
) -> FetchOutcome:
    async with serve(script) as url, make_client() as client:
        return await fetch(
            client, f"{url}/feed.xml", memory, make_bounds(**bounds), now=NOW
        )


async def fetch_failing(script: Script, **bounds: Any) -> FetchFailed:
    outcome = await fetch_from(script, **bounds)
    assert isinstance(outcome, FetchFailed)
    return outcome


WHOLE = {
    "with its length": head(f"Content-Length: {len(FEED_BODY)}") + FEED_BODY,
    "until the connection closes": head() + FEED_BODY,
    "in chunks": head("Transfer-Encoding: chunked")
    + b"%x\r\n%s\r\n0\r\n\r\n" % (len(FEED_BODY), FEED_BODY),
    "after an early hint": b"HTTP/1.1 103 Early Hints\r\n\r\n" + head() + FEED_BODY,
}


@pytest.mark.parametrize("answer", WHOLE.values(), ids=WHOLE.keys())
async def test_a_whole_document_arrives(answer: bytes) -> None:
    outcome = await fetch_from(send(answer))

    assert isinstance(outcome, Fetched)
    assert outcome.content.read() == FEED_BODY


CUT = {
    "shorter than its length": head("Content-Length: 100") + b"<rss>",
    "an unfinished chunk": head("Transfer-Encoding: chunked") + b"64\r\n<rss>",
    "no last chunk": head("Transfer-Encoding: chunked") + b"5\r\n<rss>\r\n",
    "a chunk size that is no number": head("Transfer-Encoding: chunked")
    + b"5\r\n<rss>\r\nzz\r\n",
    "a cut gzip": head("Content-Encoding: gzip") + gzip.compress(FEED_BODY)[:5],
}


@pytest.mark.parametrize("answer", CUT.values(), ids=CUT.keys())
async def test_a_body_that_breaks_off_is_not_used(answer: bytes) -> None:
    failed = await fetch_failing(send(answer))

    assert failed.kind is FailureKind.HTTP_SERVER
    assert "broke off after 5 bytes" in failed.detail


NOT_HTTP = {
    "nothing at all": b"",
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "HTTP/0.9": FEED_BODY,
    "a status that is no number": b"HTTP/1.1 OK\r\n\r\n",
    "a header with a NUL": head("ETag: \x00"),
    "two lengths": head("Content-Length: 1", "Content-Length: 2"),
}


@pytest.mark.parametrize("answer", NOT_HTTP.values(), ids=NOT_HTTP.keys())
async def test_what_is_not_http_is_the_servers_fault(answer: bytes) -> None:
    failed = await fetch_failing(send(answer))

    assert failed.kind is FailureKind.HTTP_SERVER


async def test_headers_that_never_end_are_given_up() -> None:
    sent: list[int] = []

    failed = await fetch_failing(
        send_often(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000, times=2000, sent=sent)
    )

    assert failed.kind is FailureKind.HTTP_SERVER
    assert sum(sent) < 10 * MEGABYTE


async def test_hints_that_never_end_end_at_the_deadline() -> None:
    sent: list[int] = []
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" * 100

    failed = await fetch_failing(
        send_often(b"", hints, times=100_000, sent=sent), deadline=SOON
    )

    assert failed.kind is FailureKind.TIMEOUT


MANY_CODINGS = {
    "three of ours": "gzip, gzip, gzip",
    "a hundred": ", ".join(["br"] * 100),
    "one that nobody knows": "compress",
}


@pytest.mark.parametrize("codings", MANY_CODINGS.values(), ids=MANY_CODINGS.keys())
async def test_codings_beyond_what_we_asked_for_are_not_unpacked(codings: str) -> None:
    failed = await fetch_failing(send(head(f"Content-Encoding: {codings}") + b"x"))

    assert failed.kind is FailureKind.HTTP_SERVER
    assert "packed" in failed.detail


SLOW = {
    "a head that comes byte by byte": b"",
    "a body that comes byte by byte": head(),
}


@pytest.mark.parametrize("start", SLOW.values(), ids=SLOW.keys())
async def test_what_comes_byte_by_byte_ends_at_the_deadline(start: bytes) -> None:
    failed = await fetch_failing(
        send_slowly(start, b"H", seconds=0.02, times=100), deadline=SOON
    )

    assert failed.kind is FailureKind.TIMEOUT


async def test_a_server_that_says_nothing_ends_at_the_deadline() -> None:
    failed = await fetch_failing(
        send_slowly(b"", b"", seconds=5, times=1), deadline=SOON
    )

    assert failed.kind is FailureKind.TIMEOUT


async def test_a_port_where_nobody_listens_is_no_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"

        async with make_client() as client:
            outcome = await fetch(
                client, url, NOTHING_REMEMBERED, make_bounds(), now=NOW
            )

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.CONNECT
    assert "refused" in outcome.detail.lower()


async def test_https_where_http_is_spoken_is_no_trustworthy_connection() -> None:
    async with serve(send(head()), is_hasty=True) as url, make_client() as client:
        secure_url = url.replace("http:", "https:")
        outcome = await fetch(
            client, secure_url, NOTHING_REMEMBERED, make_bounds(), now=NOW
        )

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.TLS
    assert "No trustworthy connection to 127.0.0.1: wrong version" in outcome.detail


async def test_a_handshake_that_is_never_answered_is_given_up() -> None:
    silence = send_slowly(b"", b"", seconds=5, times=1)

    async with serve(silence) as url, make_client(deadline="1s") as client:
        secure_url = url.replace("http:", "https:")
        outcome = await fetch(
            client, secure_url, NOTHING_REMEMBERED, make_bounds(), now=NOW
        )

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.TIMEOUT
    assert "did not react in time" in outcome.detail


async def test_an_answer_before_the_request_is_a_value() -> None:
    answer = send(head(f"Content-Length: {len(FEED_BODY)}") + FEED_BODY)

    async with serve(answer, is_hasty=True) as url, make_client() as client:
        outcome = await fetch(client, url, NOTHING_REMEMBERED, make_bounds(), now=NOW)

    # Which one depends on who is quicker; that nothing is raised does not.
    assert isinstance(outcome, Fetched | FetchFailed)


async def test_a_304_over_the_wire_leaves_the_connection_open() -> None:
    connections: list[asyncio.StreamWriter] = []
    unchanged = head("ETag: 2", status="304 Not Modified")

    async def answer_twice(writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        writer.write(unchanged)
        await writer.drain()
        await asyncio.Event().wait()

    memory = SourceMemory(validators=Validators(etag="1"))
    async with serve(answer_twice) as url, make_client() as client:
        outcome = await fetch(client, url, memory, make_bounds(), now=NOW)

        assert isinstance(outcome, NotModified)
        assert outcome.validators == Validators(etag="2")
        assert not connections[0].transport.is_closing()


def _bomb(wbits: int) -> bytes:
    """A hundred megabytes of zeros, packed piece by piece."""
    packer = zlib.compressobj(9, wbits=wbits)
    zeros = bytes(MEGABYTE)
    packed = [packer.compress(zeros) for _ in range(100)]
    return b"".join((*packed, packer.flush()))


@contextmanager
def peak_memory() -> Iterator[list[int]]:
    """The most memory, in bytes, that was in use at once since the start."""
    peak: list[int] = []
    tracemalloc.start()
    try:
        yield peak
        peak.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


GZIP_BOMB = _bomb(31)
HUGE: dict[str, tuple[bytes, bytes, int]] = {
    "300 MB with their length": (head("Content-Length: 314572800"), PIECE, 4800),
    "a body that never ends": (head(), PIECE, 4800),
    "chunks that never end": (
        head("Transfer-Encoding: chunked"),
        b"10000\r\n" + PIECE + b"\r\n",
        4800,
    ),
    "a gzip bomb": (head("Content-Encoding: gzip"), GZIP_BOMB, 1),
    "a gzip bomb that nobody declared": (head(), GZIP_BOMB, 1),
    "a brotli bomb": (
        head("Content-Encoding: br"),
        brotli.compress(bytes(100 * MEGABYTE), quality=1),
        1,
    ),
    "a zstd bomb": (
        head("Content-Encoding: zstd"),
        zstandard.compress(bytes(100 * MEGABYTE)),
        1,
    ),
    "a gzip bomb in gzip": (
        head("Content-Encoding: gzip, gzip"),
        gzip.compress(GZIP_BOMB),
        1,
    ),
}


@pytest.mark.parametrize(("start", "piece", "times"), HUGE.values(), ids=HUGE.keys())
async def test_a_huge_document_is_refused_and_costs_little_memory(
    start: bytes, piece: bytes, times: int
) -> None:
    sent: list[int] = []

    with peak_memory() as peak:
        failed = await fetch_failing(
            send_often(start, piece, times=times, sent=sent),
            max_body_bytes=DEFAULT_BOUND,
            deadline=timedelta(seconds=20),
        )

    assert failed.kind is FailureKind.TOO_LARGE
    assert peak[0] < 60 * MEGABYTE
    assert sum(sent) < 30 * MEGABYTE
