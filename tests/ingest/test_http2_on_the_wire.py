"""The bounds of an exchange against a server of HTTP/2 that breaks every rule."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hpack import Encoder

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
from tests.ingest.certificates import trusting
from tests.ingest.exchange_factories import (
    FEED_BODY,
    NOTHING_REMEMBERED,
    NOW,
    make_bounds,
    make_client,
)
from tests.ingest.http2_server import Play, Visit, frame, serve_http2
from tests.ingest.test_exchange_on_the_wire import MEGABYTE, peak_memory

(
    DATA,
    HEADERS,
    RST_STREAM,
    SETTINGS,
    PUSH_PROMISE,
    PING,
    GOAWAY,
    WINDOW,
    CONTINUATION,
) = (
    0,
    1,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
)
END_STREAM, END_HEADERS, ACK = 1, 4, 1
DEADLINE = timedelta(seconds=1)
MANY = 4_000
REMEMBERED = SourceMemory(validators=Validators(etag='"1"'))


async def fetch_from(
    play: Play, *, memory: SourceMemory = NOTHING_REMEMBERED, **bounds: Any
) -> FetchOutcome:
    async with serve_http2(play) as url, make_client(trust=trusting()) as client:
        return await fetch(
            client, f"{url}/feed", memory, make_bounds(**bounds), now=NOW
        )


async def whole(visit: Visit) -> None:
    visit.head(200, ("etag", '"1"'), ("content-type", "application/rss+xml"))
    visit.body(FEED_BODY)


async def test_a_document_comes_over_http_2() -> None:
    heard: list[tuple[str, str]] = []

    async def play(visit: Visit) -> None:
        heard.extend(visit.request)
        await whole(visit)

    outcome = await fetch_from(play)

    assert isinstance(outcome, Fetched)
    assert outcome.content.read() == FEED_BODY
    assert outcome.validators == Validators(etag='"1"')
    assert dict(heard)[":path"] == "/feed"
    assert dict(heard)["user-agent"].startswith("rekkas/")


async def test_validators_go_over_http_2_and_a_304_is_believed() -> None:
    heard: list[tuple[str, str]] = []

    async def play(visit: Visit) -> None:
        heard.extend(visit.request)
        visit.head(304, ends=True)

    outcome = await fetch_from(play, memory=REMEMBERED)

    assert isinstance(outcome, NotModified)
    assert dict(heard)["if-none-match"] == '"1"'


async def test_a_second_exchange_goes_over_the_same_connection() -> None:
    streams: list[int] = []

    async def play(visit: Visit) -> None:
        streams.append(visit.stream_id)
        await whole(visit)

    async with serve_http2(play) as url, make_client(trust=trusting()) as client:
        for _ in range(2):
            outcome = await fetch(
                client, f"{url}/feed", NOTHING_REMEMBERED, make_bounds(), now=NOW
            )
            assert isinstance(outcome, Fetched)

    assert streams == [1, 3]


async def early_hints(visit: Visit) -> None:
    visit.head(103, ("link", "</style.css>"))
    await whole(visit)


async def trailers(visit: Visit) -> None:
    visit.head()
    visit.body(FEED_BODY, ends=False)
    visit.connection.send_headers(visit.stream_id, [("x-sum", "1")], end_stream=True)


async def in_pieces(visit: Visit) -> None:
    visit.head()
    for position in range(len(FEED_BODY)):
        visit.body(FEED_BODY[position : position + 1], ends=False)
    visit.body(b"")


async def unknown_frames(visit: Visit) -> None:
    await visit.raw(frame(0xEE, 0xFF, 0, b"nobody knows") * 50)
    await whole(visit)


async def a_little_late(visit: Visit) -> None:
    visit.connection.ping(b"12345678")
    await whole(visit)


FINE: dict[str, Play] = {
    "early hints": early_hints,
    "trailers": trailers,
    "one byte a frame": in_pieces,
    "frames that nobody knows": unknown_frames,
    "a ping in between": a_little_late,
}


@pytest.mark.parametrize("play", FINE.values(), ids=FINE)
async def test_a_document_arrives_with(play: Play) -> None:
    outcome = await fetch_from(play)

    assert isinstance(outcome, Fetched)
    assert outcome.content.read() == FEED_BODY


async def goes_away(visit: Visit) -> None:
    visit.connection.close_connection()


async def goes_away_early(visit: Visit) -> None:
    await visit.raw(frame(GOAWAY, 0, 0, bytes(4) + bytes(4)))


async def resets(visit: Visit) -> None:
    visit.connection.reset_stream(visit.stream_id)


async def resets_in_the_body(visit: Visit) -> None:
    visit.head()
    visit.body(FEED_BODY[:9], ends=False)
    visit.connection.reset_stream(visit.stream_id)


async def speaks_on_after_a_reset(visit: Visit) -> None:
    await resets_in_the_body(visit)
    await visit.flush()
    for _ in range(MANY):
        await visit.raw(frame(DATA, 0, visit.stream_id, bytes(16_000)))


async def packed_headers(visit: Visit) -> None:
    """Four kilobytes once, then a byte for each time that they come again."""
    value = ("x-a", "a" * 4_000)
    block = Encoder().encode([(":status", "200"), *[value] * 20_000])
    pieces = [block[at : at + 16_000] for at in range(0, len(block), 16_000)]
    await visit.raw(frame(HEADERS, 0, visit.stream_id, pieces[0]))
    for piece in pieces[1:-1]:
        await visit.raw(frame(CONTINUATION, 0, visit.stream_id, piece))
    await visit.raw(frame(CONTINUATION, END_HEADERS, visit.stream_id, pieces[-1]))


async def headers_without_end(visit: Visit) -> None:
    block = Encoder().encode([(":status", "200")])
    await visit.raw(frame(HEADERS, 0, visit.stream_id, block))
    piece = frame(CONTINUATION, 0, visit.stream_id, b"\x00\x01a\x01b" * 3_000)
    for _ in range(MANY):
        await visit.raw(piece)


async def empty_headers_without_end(visit: Visit) -> None:
    block = Encoder().encode([(":status", "200")])
    await visit.raw(frame(HEADERS, 0, visit.stream_id, block))
    for _ in range(MANY):
        await visit.raw(frame(CONTINUATION, 0, visit.stream_id) * 1_000)


async def pushes(visit: Visit) -> None:
    block = Encoder().encode(
        [(":method", "GET"), (":scheme", "https"), (":authority", "a"), (":path", "/b")]
    )
    promised = (2).to_bytes(4, "big")
    await visit.raw(frame(PUSH_PROMISE, END_HEADERS, visit.stream_id, promised + block))


async def rubbish(visit: Visit) -> None:
    await visit.raw(b"HTTP/1.1 200 OK\r\n\r\n" * 50)


async def a_frame_too_large(visit: Visit) -> None:
    await visit.raw(frame(DATA, 0, visit.stream_id, bytes(1_000_000)))


async def a_window_too_large(visit: Visit) -> None:
    await visit.raw(frame(WINDOW, 0, 0, (2**31 - 1).to_bytes(4, "big")) * 2)


async def a_body_before_its_head(visit: Visit) -> None:
    await visit.raw(frame(DATA, END_STREAM, visit.stream_id, FEED_BODY))


async def pings_for_ever(visit: Visit) -> None:
    for _ in range(MANY):
        await visit.raw(frame(PING, 0, 0, b"12345678") * 1_000)


async def settings_for_ever(visit: Visit) -> None:
    for _ in range(MANY):
        await visit.raw(frame(SETTINGS, 0, 0) * 1_000)


async def nothing_for_ever(visit: Visit) -> None:
    visit.head()
    await visit.flush()
    for _ in range(MANY):
        await visit.raw(frame(DATA, 0, visit.stream_id) * 1_000)


async def hints_for_ever(visit: Visit) -> None:
    block = Encoder().encode([(":status", "103")])
    for _ in range(MANY):
        await visit.raw(frame(HEADERS, END_HEADERS, visit.stream_id, block) * 1_000)


async def silence(visit: Visit) -> None:
    await asyncio.Event().wait()


async def silence_in_the_body(visit: Visit) -> None:
    visit.connection.update_settings({4: 0})  # and not a byte more from either side
    visit.head(200, ("content-length", "100000"))
    visit.body(FEED_BODY, ends=False)
    await visit.flush()
    await asyncio.Event().wait()


async def a_body_without_end(visit: Visit) -> None:
    visit.head()
    await visit.flush()
    for _ in range(MANY):
        await visit.raw(frame(DATA, 0, visit.stream_id, bytes(16_000)))


BROKEN = frozenset({FailureKind.HTTP_SERVER, FailureKind.CONNECT})
LATE = frozenset({FailureKind.TIMEOUT, *BROKEN})
TROUBLE: dict[str, tuple[Play, frozenset[FailureKind]]] = {
    "goes away": (goes_away, BROKEN),
    "goes away before it is asked": (goes_away_early, BROKEN),
    "resets": (resets, BROKEN),
    "resets in the body": (resets_in_the_body, BROKEN),
    "speaks on after a reset": (speaks_on_after_a_reset, BROKEN),
    "packs eighty megabytes of headers in a few bytes": (packed_headers, BROKEN | LATE),
    "sends headers without end": (headers_without_end, BROKEN),
    "continues empty headers without end": (empty_headers_without_end, BROKEN),
    "pushes what nobody asked for": (pushes, BROKEN),
    "sends rubbish": (rubbish, LATE),
    "sends a frame that is too large": (a_frame_too_large, BROKEN),
    "opens a window that is too large": (a_window_too_large, BROKEN),
    "sends a body before its head": (a_body_before_its_head, BROKEN),
    "pings for ever": (pings_for_ever, LATE),
    "changes its settings for ever": (settings_for_ever, LATE),
    "sends nothing for ever": (nothing_for_ever, LATE),
    "gives early hints for ever": (hints_for_ever, LATE),
    "is silent": (silence, LATE),
    "is silent in the body": (silence_in_the_body, LATE),
    "sends a body without end": (
        a_body_without_end,
        frozenset({FailureKind.TOO_LARGE, *BROKEN}),
    ),
}


@pytest.mark.parametrize(("play", "kinds"), TROUBLE.values(), ids=TROUBLE)
async def test_it_is_a_failure_in_time_where_the_server(
    play: Play, kinds: frozenset[FailureKind]
) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()

    with peak_memory() as peak:
        outcome = await fetch_from(play, deadline=DEADLINE)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind in kinds, outcome
    assert loop.time() - started < 3 * DEADLINE.total_seconds()
    assert peak[0] < 60 * MEGABYTE
