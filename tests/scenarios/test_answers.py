"""Statuses and the wire: every answer is a value, and costs what it may."""

from __future__ import annotations

import gzip
import zlib
from datetime import datetime, timedelta

import brotli
import pytest
import zstandard

from tests.ingest.wire_server import head, send, send_often, send_slowly
from tests.scenarios.documents import ONE, PAGE, TWO, feed, item, rss
from tests.scenarios.expectation import Expected, check
from tests.scenarios.play import START, Play, perform
from tests.scenarios.server import Answer, answer

BODY = rss(item(1)).encode()


def packed(body: bytes, coding: str) -> bytes:
    return answer(body, f"Content-Encoding: {coding}")


def failed(kind: str, detail: str | None = None) -> Expected:
    return Expected(outcomes=(kind,), titles=(), detail=detail)


def wide_window(body: bytes) -> bytes:
    """zstd that wants 128 MB to be unpacked; RFC 9659 allows 8."""
    wide = zstandard.ZstdCompressionParameters(window_log=27)
    stream = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    return bytes(stream.compress(body) + stream.flush())


KEPT = Expected(outcomes=("recorded",), titles=("Headline 1",))

PLAYS: dict[str, tuple[Answer, Expected]] = {
    "404": (answer(b"", status="404 Not Found"), failed("http_client", "404")),
    "410": (answer(b"", status="410 Gone"), failed("http_client", "410")),
    "401": (answer(b"", status="401 Unauthorized"), failed("http_client", "401")),
    "403": (answer(b"", status="403 Forbidden"), failed("http_client", "403")),
    "406": (answer(b"", status="406 Not Acceptable"), failed("http_client", "406")),
    "429": (answer(b"", status="429 Too Many"), failed("rate_limited")),
    "500": (answer(b"", status="500 Oops"), failed("http_server", "500")),
    "503": (answer(b"", status="503 Later"), failed("http_server", "503")),
    "a feed with an error's status": (
        answer(BODY, status="500 Oops"),
        failed("http_server"),
    ),
    "an error page with 200": (PAGE, failed("not_a_feed", "HTML page")),
    "nothing with 200": (answer(b""), failed("not_a_feed", "empty")),
    "204": (answer(b"", status="204 No Content"), failed("not_a_feed", "204")),
    "a part with 206": (
        answer(BODY[:99], status="206 Partial"),
        failed("not_a_feed", "206"),
    ),
    "a picture": (
        answer(b"\x89PNG\r\n\x1a\n" + b"0" * 99),
        failed("not_a_feed", "picture"),
    ),
    "gzip": (packed(gzip.compress(BODY), "gzip"), KEPT),
    "gzip called x-gzip": (packed(gzip.compress(BODY), "x-gzip"), KEPT),
    "deflate with a header": (packed(zlib.compress(BODY), "deflate"), KEPT),
    "deflate without one": (packed(zlib.compress(BODY)[2:-4], "deflate"), KEPT),
    "brotli": (packed(brotli.compress(BODY), "br"), KEPT),
    "zstd": (packed(zstandard.compress(BODY), "zstd"), KEPT),
    "gzip that was announced and never made": (
        packed(BODY, "gzip"),
        KEPT,
    ),
    "a coding that is none": (packed(BODY, "utf-8"), KEPT),
    "a coding that we do not know": (
        packed(b"\x5d\0\0", "lzma"),
        failed("http_server", "'lzma'"),
    ),
    "brotli that was announced and never made": (packed(BODY, "br"), KEPT),
    "a window of zstd that no client need have": (
        packed(wide_window(BODY), "zstd"),
        failed("http_server", "damaged"),
    ),
    "a bomb of brotli": (
        packed(brotli.compress(bytes(50_000_000), quality=1), "br"),
        failed("too_large"),
    ),
    "a bomb of zstd": (
        packed(zstandard.compress(bytes(50_000_000)), "zstd"),
        failed("too_large"),
    ),
    "gzip with rubbish behind": (
        packed(gzip.compress(BODY) + b"rubbish", "gzip"),
        KEPT,
    ),
    "gzip in twenty thousand members": (
        packed(gzip.compress(b"") * 20_000 + gzip.compress(BODY), "gzip"),
        KEPT,
    ),
    "half a head": (send(b"HTTP/1.1 200 OK\r\nContent-Ty"), failed("http_server")),
    "HTTP/0.9": (send(BODY), failed("http_server")),
    "HTTP/1.0 till the end": (send(b"HTTP/1.0 200 OK\r\n\r\n" + BODY), KEPT),
    "two lengths that differ": (
        answer(BODY, "Content-Length: 5", "Content-Length: 6"),
        failed("http_server", "Content-Length"),
    ),
    "one length twice": (
        answer(BODY, *[f"Content-Length: {len(BODY)}"] * 2),
        KEPT,
    ),
    "a negative length": (answer(BODY, "Content-Length: -1"), failed("http_server")),
    "chunks with extensions": (
        answer(
            b'%x;a="b;c"\r\n%b\r\n0\r\n\r\n' % (len(BODY), BODY),
            "Transfer-Encoding: chunked",
        ),
        KEPT,
    ),
    "chunks that stop": (
        answer(b"%x\r\n%b\r\n" % (len(BODY), BODY), "Transfer-Encoding: chunked"),
        failed("http_server", "broke off"),
    ),
    "trailers without end": (
        send_often(
            head("Transfer-Encoding: chunked") + b"1\r\n<\r\n0\r\n",
            b"X-A: b\r\n" * 8_000,
            times=2_000,
            sent=[],
        ),
        failed("http_server", "too long"),
    ),
    "a header as long as a book": (
        send_often(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 65536, times=100, sent=[]),
        failed("http_server", "too long"),
    ),
    "a header in two lines": (
        answer(BODY, "Content-Type: application/rss+xml;\r\n charset=utf-8"),
        KEPT,
    ),
    "a header that is none": (answer(BODY, "no colon"), failed("http_server")),
    "early hints": (
        send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ONE),
        KEPT,
    ),
    "early hints without end": (
        send_often(b"", b"HTTP/1.1 103 Early\r\n\r\n" * 500, times=5_000, sent=[]),
        failed("timeout"),
    ),
    "another protocol": (
        send(b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n"),
        failed("http_server"),
    ),
    "an error page without end": (
        send_often(head(status="500 Oops"), b"x" * 65536, times=1_000, sent=[]),
        failed("http_server", "500"),
    ),
    "304 to a question without validators": (
        answer(b"", status="304 Not Modified"),
        failed("http_server", "304"),
    ),
    "201": (answer(BODY, status="201 Created"), failed("not_a_feed", "201")),
    "205": (answer(b"", status="205 Reset"), failed("not_a_feed", "205")),
    "300": (answer(b"", status="300 Choose"), failed("not_a_feed", "300")),
    "421": (answer(b"", status="421 Misdirected"), failed("http_client", "421")),
    "451": (answer(b"", status="451 Law"), failed("http_client", "451")),
    "999": (answer(b"", status="999 No"), failed("http_server", "999")),
    "gzip that is cut": (
        packed(gzip.compress(BODY)[:-20], "gzip"),
        failed("http_server", "broke off"),
    ),
    "gzip in gzip in gzip in gzip in gzip in gzip": (
        packed(BODY, "gzip, gzip, gzip, gzip, gzip, gzip"),
        failed("http_server"),
    ),
    "a bomb": (
        packed(gzip.compress(bytes(50_000_000)), "gzip"),
        failed("too_large"),
    ),
    "fewer bytes than announced": (
        answer(BODY, "Content-Length: 100000"),
        failed("http_server", "broke off"),
    ),
    "more than can be taken, announced": (
        answer(BODY, "Content-Length: 99999999999"),
        failed("too_large"),
    ),
    "chunks": (
        answer(
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY), "Transfer-Encoding: chunked"
        ),
        KEPT,
    ),
    "chunks that are none": (
        answer(b"zz\r\n<rss>", "Transfer-Encoding: chunked"),
        failed("http_server"),
    ),
    "chunks without end": (
        send_often(
            head("Transfer-Encoding: chunked"),
            b"10000\r\n" + b"x" * 65536 + b"\r\n",
            times=2_000,
            sent=[],
        ),
        failed("too_large"),
    ),
    "no HTTP at all": (b"hello\r\n\r\n", failed("http_server")),
    "one byte now and then": (
        send_slowly(head("Content-Length: 1000"), b"x", seconds=0.2, times=100),
        failed("timeout"),
    ),
    "headers that never end": (
        send_slowly(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", seconds=0.1, times=200),
        failed("timeout"),
    ),
    "a feed called text/html": (answer(BODY, "Content-Type: text/html"), KEPT),
    "a feed without a type": (answer(BODY), KEPT),
    "JSON Feed called text/plain": (
        answer(
            b'{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": '
            b'[{"id": "1", "title": "Headline 1", "content_text": "T"}]}',
            "Content-Type: text/plain",
        ),
        KEPT,
    ),
}


@pytest.mark.parametrize("case", PLAYS.values(), ids=PLAYS)
async def test_an_answer_of(case: tuple[Answer, Expected]) -> None:
    played, expected = case

    check(await perform(Play(feed=[played])), expected)


WAITS: dict[str, tuple[bytes, timedelta]] = {
    "429 with seconds": (
        answer(b"", "Retry-After: 36000", status="429 Too Many"),
        timedelta(hours=10),
    ),
    "503 with seconds": (
        answer(b"", "Retry-After: 36000", status="503 Later"),
        timedelta(hours=10),
    ),
    "429 with a date": (
        answer(
            b"", "Retry-After: Tue, 24 Nov 2026 00:00:00 GMT", status="429 Too Many"
        ),
        timedelta(hours=12),
    ),
    "a fresh answer": (
        feed(item(1), headers=("Cache-Control: public, max-age=18000",)),
        timedelta(hours=5),
    ),
    "an answer that is stale at once": (
        feed(item(1), headers=("Cache-Control: max-age=0",)),
        timedelta(hours=1),
    ),
    "an Expires that is no date": (
        feed(item(1), headers=("Expires: 0",)),
        timedelta(hours=1),
    ),
    "an Expires that has passed": (
        feed(item(1), headers=("Expires: Thu, 01 Jan 1970 00:00:00 GMT",)),
        timedelta(hours=1),
    ),
    "an answer that was older than fresh": (
        feed(item(1), headers=("Cache-Control: max-age=600", "Age: 601")),
        timedelta(hours=1),
    ),
    "a ttl": (feed(item(1), channel="<ttl>300</ttl>"), timedelta(hours=5)),
}


@pytest.mark.parametrize("case", WAITS.values(), ids=WAITS)
async def test_the_next_visit_waits_for(case: tuple[bytes, timedelta]) -> None:
    played, wait = case

    report = (await perform(Play(feed=[played]))).last

    assert wait <= datetime.fromisoformat(report["due_at"]) - START <= 1.2 * wait


async def test_a_source_recovers_by_itself() -> None:
    play = Play(feed=[ONE, answer(b"", status="404 Not Found"), PAGE, TWO], visits=4)

    check(
        await perform(play),
        Expected(
            outcomes=("recorded", "http_client", "not_a_feed", "recorded"),
            titles=("Headline 1", "Headline 2"),
        ),
    )
