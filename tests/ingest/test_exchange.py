import asyncio
import errno
import gzip
import socket
import ssl
from datetime import timedelta

import httpx
import pytest
from h2.exceptions import StreamClosedError

from ingest.fetch.exchange import fetch
from ingest.fetch.outcome import (
    FailureKind,
    Fetched,
    FetchFailed,
    NotModified,
    Validators,
)
from ingest.fetch.request import SourceMemory
from tests.ingest.exchange_factories import (
    FEED_BODY,
    FEED_URL,
    NOTHING_REMEMBERED,
    NOW,
    fetch_through,
    make_answer,
    make_bounds,
    make_client,
)

STORED = Validators(etag='W/"é-1"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT")


async def test_a_first_exchange_is_unconditional_and_brings_the_document() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return make_answer(headers={"ETag": '"1"', "Content-Type": "text/xml"})

    outcome = await fetch_through(answer)

    assert isinstance(outcome, Fetched)
    assert (outcome.content.read(), outcome.content_type) == (FEED_BODY, "text/xml")
    assert outcome.validators == Validators(etag='"1"')
    assert outcome.final_url == FEED_URL
    assert "if-none-match" not in asked[0].headers
    assert "if-modified-since" not in asked[0].headers


async def test_stored_validators_are_sent_byte_for_byte_and_a_304_is_believed() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return make_answer(304, {"Cache-Control": "max-age=60"}, ())

    memory = SourceMemory(validators=STORED, body_digest="d")
    outcome = await fetch_through(answer, memory=memory)

    raw = dict(asked[0].headers.raw)
    assert raw[b"If-None-Match"] == 'W/"é-1"'.encode("latin-1")
    assert raw[b"If-Modified-Since"] == b"Mon, 23 Nov 2026 10:00:00 GMT"
    assert outcome == NotModified(
        validators=STORED,
        body_digest="d",
        status=304,
        final_url=FEED_URL,
        max_age=timedelta(minutes=1),
    )


async def test_validators_pass_unchanged_from_one_exchange_to_the_next() -> None:
    etag = b'"\xff opaque \xe9"'
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(
            200, headers=[(b"ETag", etag)], stream=make_answer().stream
        )

    first = await fetch_through(answer)
    assert isinstance(first, Fetched)
    await fetch_through(answer, memory=SourceMemory(validators=first.validators))

    assert dict(asked[1].headers.raw)[b"If-None-Match"] == etag


async def test_a_source_that_always_redirects_is_asked_conditionally_at_the_end() -> (
    None
):
    final_url = "https://cdn.example/feed.xml"
    conditional: dict[str, bool] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        conditional[str(request.url)] = "if-none-match" in request.headers
        if str(request.url) == FEED_URL:
            return make_answer(302, {"Location": final_url})
        return make_answer(304, pieces=())

    memory = SourceMemory(validators=STORED, validators_url=final_url)
    outcome = await fetch_through(answer, memory=memory)

    assert isinstance(outcome, NotModified)
    assert outcome.final_url == final_url
    assert conditional == {FEED_URL: False, final_url: True}


async def test_validators_are_not_carried_over_a_redirect() -> None:
    conditional: list[bool] = []

    def answer(request: httpx.Request) -> httpx.Response:
        conditional.append("if-none-match" in request.headers)
        if str(request.url) == FEED_URL:
            return make_answer(301, {"Location": "/moved"})
        return make_answer()

    await fetch_through(answer, memory=SourceMemory(validators=STORED))

    assert conditional == [True, False]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_to_the_document(status: int) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/feed.xml":
            return make_answer(status, {"Location": "../moved.xml"})
        return make_answer()

    outcome = await fetch_through(answer)

    assert isinstance(outcome, Fetched)
    assert outcome.final_url == "https://news.example/moved.xml"


DEAD_ENDS: dict[str, dict[str, str]] = {
    "without Location": {},
    "to itself": {"Location": FEED_URL},
    "to a file": {"Location": "file:///etc/passwd"},
}


@pytest.mark.parametrize("headers", DEAD_ENDS.values(), ids=DEAD_ENDS.keys())
async def test_a_redirect_that_cannot_be_followed_fails(
    headers: dict[str, str],
) -> None:
    outcome = await fetch_through(lambda request: make_answer(302, headers))

    assert isinstance(outcome, FetchFailed)
    assert (outcome.kind, outcome.status) == (FailureKind.REDIRECT_LOOP, 302)
    assert outcome.detail.startswith(f"{FEED_URL} redirects, and the redirect")


async def test_endless_redirects_end_at_the_bound() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return make_answer(302, {"Location": f"/{len(asked)}"})

    outcome = await fetch_through(answer, max_redirects=3)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.REDIRECT_LOOP
    assert asked == ["/feed.xml", "/1", "/2", "/3"]


async def test_credentials_are_sent_to_their_own_origin_only() -> None:
    authorizations: dict[str, str | None] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        authorizations[str(request.url)] = request.headers.get("authorization")
        if request.url.host == "news.example":
            return make_answer(302, {"Location": "https://user:pw@other.example/"})
        return make_answer()

    outcome = await fetch_through(answer, url="https://me:secret@news.example/feed.xml")

    assert isinstance(outcome, Fetched)
    assert authorizations == {
        FEED_URL: "Basic bWU6c2VjcmV0",
        "https://other.example/": None,
    }


async def test_no_cookie_travels_along_a_redirect() -> None:
    cookies: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        cookies.append(request.headers.get("cookie"))
        if len(cookies) == 1:
            return make_answer(302, {"Location": "/b", "Set-Cookie": "a=b"})
        return make_answer()

    await fetch_through(answer)

    assert cookies == [None, None]


async def test_the_same_bytes_as_last_time_are_not_modified() -> None:
    first = await fetch_through(lambda request: make_answer())
    assert isinstance(first, Fetched)

    second = await fetch_through(
        lambda request: make_answer(headers={"ETag": '"new"'}),
        memory=SourceMemory(body_digest=first.body_digest),
    )

    assert isinstance(second, NotModified)
    assert second.validators == Validators(etag='"new"')
    assert second.body_digest == first.body_digest


async def test_a_compressed_document_arrives_unpacked() -> None:
    outcome = await fetch_through(
        lambda request: make_answer(
            headers={"Content-Encoding": "gzip"}, pieces=[gzip.compress(FEED_BODY)]
        )
    )

    assert isinstance(outcome, Fetched)
    assert outcome.content.read() == FEED_BODY


async def test_a_429_is_rate_limited_and_says_for_how_long() -> None:
    outcome = await fetch_through(
        lambda request: make_answer(
            429, {"Retry-After": "Mon, 23 Nov 2026 13:00:00 GMT"}
        )
    )

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.RATE_LIMITED
    assert outcome.retry_after == timedelta(hours=1)


async def test_an_announced_length_beyond_the_bound_is_refused_at_once() -> None:
    def pieces() -> list[bytes | Exception]:
        return [AssertionError("the body was read")]

    outcome = await fetch_through(
        lambda request: make_answer(
            headers={"Content-Length": "100000001"}, pieces=pieces()
        )
    )

    assert isinstance(outcome, FetchFailed)
    assert (outcome.kind, outcome.status) == (FailureKind.TOO_LARGE, 200)
    assert "fetch.max_body_bytes" in outcome.detail


async def test_a_304_may_announce_the_length_of_a_large_document() -> None:
    outcome = await fetch_through(
        lambda request: make_answer(304, {"Content-Length": "100000001"}, ()),
        memory=SourceMemory(validators=STORED),
    )

    assert isinstance(outcome, NotModified)


async def test_a_body_beyond_the_bound_is_too_large() -> None:
    outcome = await fetch_through(
        lambda request: make_answer(pieces=[b"x" * 600, b"x" * 600]),
        max_body_bytes=1000,
    )

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.TOO_LARGE
    assert "larger than 1,000 bytes" in outcome.detail


BROKEN_BODIES: dict[str, tuple[str, list[bytes | Exception], FailureKind]] = {
    "the connection breaks": (
        "",
        [b"<rss>", httpx.ReadError("reset")],
        FailureKind.CONNECT,
    ),
    "the length was wrong": (
        "",
        [b"<rss>", httpx.RemoteProtocolError("peer closed")],
        FailureKind.HTTP_SERVER,
    ),
    "the gzip is cut": (
        "gzip",
        [gzip.compress(FEED_BODY)[:5]],
        FailureKind.HTTP_SERVER,
    ),
    "the HTTP/2 stream breaks": (
        "",
        [b"<rss>", StreamClosedError(1)],
        FailureKind.HTTP_SERVER,
    ),
}


@pytest.mark.parametrize(
    ("coding", "pieces", "kind"), BROKEN_BODIES.values(), ids=BROKEN_BODIES.keys()
)
async def test_a_body_that_breaks_off_fails_and_says_where(
    coding: str, pieces: list[bytes | Exception], kind: FailureKind
) -> None:
    outcome = await fetch_through(
        lambda request: make_answer(headers={"Content-Encoding": coding}, pieces=pieces)
    )

    assert isinstance(outcome, FetchFailed)
    assert (outcome.kind, outcome.status) == (kind, 200)
    assert "broke off after 5 bytes" in outcome.detail


def _caused(error: Exception, *causes: BaseException) -> Exception:
    """The error, each cause chained below the one before."""
    upper: BaseException = error
    for cause in causes:
        upper.__cause__ = cause
        upper = cause
    return error


NETWORK_ERRORS = {
    "an unknown host": (
        _caused(httpx.ConnectError("x"), socket.gaierror(-2, "Name not known")),
        FailureKind.DNS,
        "news.example has no address (Name not known)",
    ),
    "a refused connection": (
        _caused(
            httpx.ConnectError("All attempts failed"),
            OSError("All attempts failed"),
            ExceptionGroup(
                "many",
                [ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed")],
            ),
        ),
        FailureKind.CONNECT,
        "No connection to news.example (Connection refused)",
    ),
    "a reset before the answer": (
        httpx.ReadError("reset"),
        FailureKind.CONNECT,
        "(reset)",
    ),
    "an error without words": (httpx.ReadError(""), FailureKind.CONNECT, "(ReadError)"),
    "TLS that is none": (
        _caused(httpx.ConnectError("x"), ssl.SSLError(1, "wrong version number")),
        FailureKind.TLS,
        "wrong version number",
    ),
    "a slow connection": (
        httpx.ConnectTimeout("slow"),
        FailureKind.TIMEOUT,
        "did not react in time",
    ),
    "an answer that is not HTTP": (
        httpx.RemoteProtocolError("illegal status line"),
        FailureKind.HTTP_SERVER,
        "no proper HTTP answer (illegal status line)",
    ),
    "a host name that no resolver takes": (
        UnicodeError("label too long"),
        FailureKind.HTTP_CLIENT,
        "cannot be asked for (label too long)",
    ),
}


@pytest.mark.parametrize(
    ("error", "kind", "words"), NETWORK_ERRORS.values(), ids=NETWORK_ERRORS.keys()
)
async def test_an_error_of_the_network_is_a_value(
    error: Exception, kind: FailureKind, words: str
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    outcome = await fetch_through(answer)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is kind
    assert words in outcome.detail


async def test_a_bad_certificate_is_told_in_the_words_of_the_check() -> None:
    certificate = ssl.SSLCertVerificationError(1, "[SSL: X] certificate verify failed")
    certificate.verify_message = "certificate has expired"
    error = _caused(httpx.ConnectError("x"), certificate)

    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    outcome = await fetch_through(answer)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.TLS
    assert "news.example: certificate has expired." in outcome.detail


BAD_ADDRESSES = {
    "another scheme": "ftp://news.example/",
    "a broken IPv6 address": "http://[::1/",
    "a port that is no number": "http://news.example:x/",
    "no host": "http:///feed",
    "an impossible host name": "http://xn--a/",
}


@pytest.mark.parametrize("url", BAD_ADDRESSES.values(), ids=BAD_ADDRESSES.keys())
async def test_an_address_that_cannot_be_asked_is_a_value(url: str) -> None:
    async with make_client() as client:
        outcome = await fetch(client, url, NOTHING_REMEMBERED, make_bounds(), now=NOW)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.HTTP_CLIENT
    assert "url" in outcome.detail


async def test_no_failure_repeats_credentials() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"no way to {request.url}", request=request)

    outcome = await fetch_through(answer, url="https://me:secret@news.example/feed.xml")

    assert isinstance(outcome, FetchFailed)
    assert "secret" not in repr(outcome)


async def test_the_deadline_covers_all_redirects_together() -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/feed.xml":
            return make_answer(302, {"Location": "/slow"})
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    outcome = await fetch_through(never, deadline=timedelta(milliseconds=20))

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.TIMEOUT
    assert "within 0.02 seconds" in outcome.detail
    assert outcome.final_url == FEED_URL


async def test_cancellation_is_not_swallowed() -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    task = asyncio.create_task(fetch_through(never))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
