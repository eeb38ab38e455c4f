"""What servers seldom send, and what must come of it all the same."""

from __future__ import annotations

import gzip
import zlib
from datetime import datetime, timedelta

import brotli
import pytest
import zstandard

from tests.ingest.wire_server import head, send
from tests.scenarios.documents import ONE, TWO, feed, item, rss
from tests.scenarios.expectation import Expected, check
from tests.scenarios.play import START, Play, perform
from tests.scenarios.server import Answer, answer

BODY = rss(item(1)).encode()
LENGTH = f"Content-Length: {len(BODY)}"
KEPT = Expected(outcomes=("recorded",), titles=("Headline 1",))


def failed(kind: str, detail: str | None = None) -> Expected:
    return Expected(outcomes=(kind,), titles=(), detail=detail)


def packed(body: bytes, coding: str) -> bytes:
    return answer(body, f"Content-Encoding: {coding}")


def chunked(*lines: bytes) -> bytes:
    return answer(b"".join(lines), "Transfer-Encoding: chunked")


SIZE = b"%x" % len(BODY)
HEADS: dict[str, tuple[Answer, Expected]] = {
    "a status without a word": (
        send(b"HTTP/1.1 200\r\nConnection: close\r\n\r\n" + BODY),
        KEPT,
    ),
    "a status with words of another language": (
        send("HTTP/1.1 200 Très bien\r\n\r\n".encode("latin-1") + BODY),
        KEPT,
    ),
    "lines that end as on Unix": (send(b"HTTP/1.1 200 OK\n\n" + BODY), KEPT),
    "a version of radio stations": (
        send(b"ICY 200 OK\r\n\r\n" + BODY),
        failed("http_server"),
    ),
    "a version of the future": (send(b"HTTP/3.0 200 OK\r\n\r\n" + BODY), KEPT),
    "a status of two figures": (
        send(b"HTTP/1.1 20 OK\r\n\r\n" + BODY),
        failed("http_server"),
    ),
    "a header without a value": (answer(BODY, "X-A:"), KEPT),
    "a header in Latin letters with accents": (answer(BODY, "X-A: été"), KEPT),
    "a name with a blank behind it": (
        answer(BODY, "X-A : b"),
        failed("http_server"),
    ),
    "a NUL in a header": (answer(BODY, "X-A: a\0b"), failed("http_server")),
    "the same header a hundred times": (answer(BODY, *["X-A: b"] * 100), KEPT),
    "several early hints": (send(head(status="103 Early") * 3 + ONE), KEPT),
    "a request to go on that nobody wanted": (
        send(head(status="100 Continue") + ONE),
        KEPT,
    ),
    "Cookies and the wish to have them back": (
        answer(BODY, "Set-Cookie: a=1", "Set-Cookie: b=2"),
        KEPT,
    ),
}
LENGTHS: dict[str, tuple[Answer, Expected]] = {
    "no length and an open end": (send(head() + BODY), KEPT),
    "a length with zeros before it": (
        answer(BODY, f"Content-Length: 000{len(BODY)}"),
        KEPT,
    ),
    "a length that is no number": (
        answer(BODY, "Content-Length: many"),
        failed("http_server"),
    ),
    "a length with a sign": (
        answer(BODY, f"Content-Length: +{len(BODY)}"),
        failed("http_server"),
    ),
    "more than announced": (send(head(LENGTH) + BODY + b"and more"), KEPT),
    "a length of nothing, and something": (
        send(head("Content-Length: 0") + BODY),
        failed("not_a_feed", "empty"),
    ),
    "a length beside chunks": (
        answer(
            SIZE + b"\r\n" + BODY + b"\r\n0\r\n\r\n",
            "Content-Length: 5",
            "Transfer-Encoding: chunked",
        ),
        KEPT,
    ),
    "chunk sizes with zeros before them": (
        chunked(b"0000" + SIZE + b"\r\n" + BODY + b"\r\n0\r\n\r\n"),
        KEPT,
    ),
    "a chunk of a size beyond all memory": (
        chunked(b"ffffffffffffffff\r\n" + BODY),
        failed("http_server"),
    ),
    "a chunk of a negative size": (
        chunked(b"-5\r\n" + BODY),
        failed("http_server"),
    ),
    "chunks with trailers": (
        chunked(SIZE + b"\r\n" + BODY + b"\r\n0\r\nX-Sum: 1\r\n\r\n"),
        KEPT,
    ),
    "a transfer that is packed too": (
        answer(gzip.compress(BODY), "Transfer-Encoding: gzip, chunked"),
        failed("http_server"),
    ),
}
CODINGS: dict[str, tuple[Answer, Expected]] = {
    "gzip in gzip": (
        packed(gzip.compress(gzip.compress(BODY)), "gzip, gzip"),
        KEPT,
    ),
    "gzip in gzip in two headers": (
        answer(
            gzip.compress(gzip.compress(BODY)),
            "Content-Encoding: gzip",
            "Content-Encoding: gzip",
        ),
        KEPT,
    ),
    "gzip in brotli": (packed(brotli.compress(gzip.compress(BODY)), "gzip, br"), KEPT),
    "gzip in capitals": (packed(gzip.compress(BODY), "GZIP"), KEPT),
    "gzip that nobody announced": (answer(gzip.compress(BODY)), KEPT),
    "identity": (packed(BODY, "identity"), KEPT),
    "brotli that is cut": (
        packed(brotli.compress(BODY)[:-3], "br"),
        failed("http_server", "broke off"),
    ),
    "zstd that is cut": (
        packed(zstandard.compress(BODY)[:-3], "zstd"),
        failed("http_server", "broke off"),
    ),
    "deflate that is cut": (
        packed(zlib.compress(BODY)[:-9], "deflate"),
        failed("http_server", "broke off"),
    ),
    "gzip with a wrong sum": (
        packed(gzip.compress(BODY)[:-8] + bytes(8), "gzip"),
        failed("http_server", "damaged"),
    ),
    "brotli that is none": (
        packed(b"\x00\xff\xff\xff\xff" * 9, "br"),
        failed("http_server"),
    ),
    "bytes of another kind called gzip": (
        packed(b"\x00\x01\x02" * 9, "gzip"),
        failed("not_a_feed"),
    ),
}
STATUSES: dict[str, tuple[Answer, Expected]] = {
    "204 with a body": (
        send(head(LENGTH, status="204 No Content") + BODY),
        failed("not_a_feed", "204"),
    ),
    "206 with a range that nobody asked for": (
        answer(BODY, f"Content-Range: bytes 0-9/{len(BODY)}", status="206 Partial"),
        failed("not_a_feed", "206"),
    ),
    "300 with an address": (
        answer(b"", "Location: /other", status="300 Choose"),
        failed("not_a_feed", "300"),
    ),
    "305": (
        answer(b"", "Location: http://proxy.example/", status="305 Use Proxy"),
        failed("not_a_feed", "305"),
    ),
    "402": (answer(b"", status="402 Pay"), failed("http_client", "402")),
    "407": (answer(b"", status="407 Proxy"), failed("http_client", "407")),
    "408": (answer(b"", status="408 Timeout"), failed("http_client", "408")),
    "413": (answer(b"", status="413 Large"), failed("http_client", "413")),
    "418": (answer(b"", status="418 Teapot"), failed("http_client", "418")),
    "425": (answer(b"", status="425 Early"), failed("http_client", "425")),
    "501": (answer(b"", status="501 No"), failed("http_server", "501")),
    "505": (answer(b"", status="505 No"), failed("http_server", "505")),
    "a page that sends its readers on": (
        answer(b'<html><meta http-equiv="refresh" content="0;url=/new"></html>'),
        Expected(outcomes=("not_a_feed",), titles=(), paths=("/feed",)),
    ),
    "a page whose script sends its readers on": (
        answer(b"<html><script>location='/new'</script></html>"),
        Expected(outcomes=("not_a_feed",), titles=(), paths=("/feed",)),
    ),
    "a header that sends its readers on": (
        answer(BODY, "Refresh: 0; url=/new"),
        Expected(outcomes=("recorded",), paths=("/feed",)),
    ),
}
PLAYS = {**HEADS, **LENGTHS, **CODINGS, **STATUSES}


@pytest.mark.parametrize("case", PLAYS.values(), ids=PLAYS)
async def test_an_answer_of(case: tuple[Answer, Expected]) -> None:
    played, expected = case

    check(await perform(Play(feed=[played])), expected)


HOUR = timedelta(hours=1)
WAITS: dict[str, tuple[bytes, timedelta]] = {
    "several times to come again: the longest": (
        answer(
            b"",
            "Retry-After: 60",
            "Retry-After: 36000",
            "Retry-After: 90",
            status="503 L",
        ),
        10 * HOUR,
    ),
    "a date of RFC 850": (
        answer(b"", "Retry-After: Tuesday, 24-Nov-26 00:00:00 GMT", status="429 T"),
        12 * HOUR,
    ),
    "a date of C": (
        answer(b"", "Retry-After: Tue Nov 24 00:00:00 2026", status="429 T"),
        12 * HOUR,
    ),
    "no time to come again": (answer(b"", "Retry-After: 0", status="429 T"), HOUR),
    "a time that has passed": (
        answer(b"", "Retry-After: Mon, 23 Nov 2026 00:00:00 GMT", status="503 L"),
        HOUR,
    ),
    "a time that is none": (answer(b"", "Retry-After: soon", status="503 L"), HOUR),
    "a time less than nothing": (answer(b"", "Retry-After: -5", status="503 L"), HOUR),
    "a time with a fraction": (
        answer(b"", "Retry-After: 36000.5", status="503 L"),
        HOUR,
    ),
    "a year: a week": (
        answer(b"", "Retry-After: 31536000", status="503 L"),
        timedelta(days=7),
    ),
    "more figures than a number has: a week": (
        answer(b"", f"Retry-After: {'9' * 5_000}", status="503 L"),
        timedelta(days=7),
    ),
    "a redirect's time is none of the source's": (
        feed(item(1), headers=("Retry-After: 36000",)),
        HOUR,
    ),
    "an Expires of minus one": (feed(item(1), headers=("Expires: -1",)), HOUR),
    "an Expires by a clock that is wrong": (
        feed(
            item(1),
            headers=(
                "Date: Mon, 23 Nov 2020 00:00:00 GMT",
                "Expires: Mon, 23 Nov 2020 05:00:00 GMT",
            ),
        ),
        5 * HOUR,
    ),
    "a lifetime in quotation marks": (
        feed(item(1), headers=('Cache-Control: max-age="18000"',)),
        5 * HOUR,
    ),
    "a lifetime in the second of two headers": (
        feed(
            item(1), headers=("Cache-Control: public", "Cache-Control: max-age=18000")
        ),
        5 * HOUR,
    ),
    "a lifetime less than nothing": (
        feed(item(1), headers=("Cache-Control: max-age=-1",)),
        HOUR,
    ),
    "a lifetime for others": (
        feed(item(1), headers=("Cache-Control: s-maxage=18000",)),
        HOUR,
    ),
    "a lifetime of a year: two days": (
        feed(item(1), headers=("Cache-Control: max-age=31536000",)),
        timedelta(days=2),
    ),
    "an age beyond all ages": (
        feed(item(1), headers=("Cache-Control: max-age=18000", f"Age: {'9' * 30}")),
        HOUR,
    ),
    "an age that is none": (
        feed(item(1), headers=("Cache-Control: max-age=18000", "Age: old")),
        5 * HOUR,
    ),
}


@pytest.mark.parametrize("case", WAITS.values(), ids=WAITS)
async def test_the_next_visit_after(case: tuple[bytes, timedelta]) -> None:
    played, wait = case

    report = (await perform(Play(feed=[played]))).last

    assert wait <= datetime.fromisoformat(report["due_at"]) - START <= 1.2 * wait


SAME = answer(b"", status="304 Not Modified")
DATES = {
    "RFC 1123": "Sun, 06 Nov 1994 08:49:37 GMT",
    "RFC 850": "Sunday, 06-Nov-94 08:49:37 GMT",
    "C": "Sun Nov  6 08:49:37 1994",
    "no standard": "yesterday, at noon",
    "the first second": "Thu, 01 Jan 1970 00:00:00 GMT",
}


@pytest.mark.parametrize("date", DATES.values(), ids=DATES)
async def test_a_last_modified_comes_back_as_it_was_by(date: str) -> None:
    first = feed(item(1), headers=(f"Last-Modified: {date}",))

    played = await perform(Play(feed=[first, SAME], visits=2))

    assert played.requests[1].headers["if-modified-since"] == date
    assert "if-none-match" not in played.requests[1].headers


UNSENT = {
    "nothing": "",
    "more than servers take": '"' + "x" * 2_000 + '"',
}


@pytest.mark.parametrize("tag", UNSENT.values(), ids=UNSENT)
async def test_no_version_is_named_by(tag: str) -> None:
    first = feed(item(1), headers=(f"ETag: {tag}",))

    played = await perform(Play(feed=[first, TWO], visits=2))

    assert "if-none-match" not in played.requests[1].headers
    assert played.titles == ["Headline 1", "Headline 2"]


async def test_of_two_versions_the_first_is_named() -> None:
    first = feed(item(1), headers=('ETag: "1"', 'ETag: "2"'))

    played = await perform(Play(feed=[first, SAME], visits=2))

    assert played.requests[1].headers["if-none-match"] == '"1"'


async def test_new_entries_alone_are_added_to_those_that_are_kept() -> None:
    tag = ('ETag: "1"',)
    only_new = answer(
        rss(item(2)).encode(), 'ETag: "2"', "IM: feed", status="226 IM Used"
    )

    played = await perform(Play(feed=[feed(item(1), headers=tag), only_new], visits=2))

    check(
        played,
        Expected(outcomes=("recorded",) * 2, titles=("Headline 1", "Headline 2")),
    )
    assert played.requests[1].headers["a-im"] == "feed"
    assert played.requests[0].headers.get("a-im") is None
    assert not played.last["window_missed"]


async def test_no_new_entries_do_not_make_a_source_empty() -> None:
    nothing = answer(rss().encode(), 'ETag: "2"', "IM: feed", status="226 IM Used")
    first = feed(item(1), headers=('ETag: "1"',))

    played = await perform(Play(feed=[first, nothing], visits=2, every=HOUR))

    assert played.last["health"] == "ok"


async def test_a_304_with_a_body_leaves_the_next_answer_whole() -> None:
    told = send(head("Content-Length: 5", status="304 Not Modified") + b"extra")
    first = feed(item(1), headers=('ETag: "1"',))

    played = await perform(Play(feed=[first, told, TWO], visits=3, every=HOUR))

    check(played, Expected(outcomes=("recorded", "not_modified", "recorded")))


async def test_a_connection_that_its_server_has_closed_is_made_again() -> None:
    silently = send(head(LENGTH) + BODY)  # and no word of closing

    played = await perform(Play(feed=[silently, silently], visits=2))

    check(played, Expected(outcomes=("recorded", "not_modified")))


async def test_a_password_in_a_redirect_is_not_used() -> None:
    place = "Location: http://you:guess@news.example:{port}/new"
    play = Play(
        feed=[answer(b"", place, status="302 Found")], elsewhere={"/new": [ONE]}
    )

    played = await perform(play)

    check(played, KEPT)
    assert not any("authorization" in one.headers for one in played.requests)
    assert "guess" not in repr(played.reports)


async def test_a_fragment_is_not_sent() -> None:
    play = Play(
        feed=[answer(b"", "Location: /new#part", status="302 Found")],
        elsewhere={"/new": [ONE]},
        url="http://news.example:{port}/feed#top",
    )

    check(await perform(play), Expected(paths=("/feed", "/new")))
