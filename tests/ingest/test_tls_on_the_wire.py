"""Connections that cannot be trusted, or never come about: real handshakes."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from datetime import timedelta

import pytest
import trustme

from ingest.fetch.exchange import fetch
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed, FetchOutcome
from tests.ingest.certificates import certified, expired, trusting
from tests.ingest.exchange_factories import (
    FEED_BODY,
    NOTHING_REMEMBERED,
    NOW,
    make_bounds,
    make_client,
)
from tests.ingest.wire_server import Conversation, head, listening

HELLO_REQUEST = b"\x16\x03\x03\x00\x04\x00\x00\x00\x00"  # "let us begin again"
SERVER_HELLO_OF_4096 = b"\x16\x03\x03\x10\x00\x02\x00\x0f\xfc"


async def say_the_feed(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(head(f"Content-Length: {len(FEED_BODY)}") + FEED_BODY)


async def fetch_secured(
    converse: Conversation, secured: ssl.SSLContext | None, deadline: str = "5s"
) -> FetchOutcome:
    async with (
        listening(converse, secured=secured) as port,
        make_client(trust=trusting(), deadline=deadline) as client,
    ):
        bounds = make_bounds(deadline=timedelta(seconds=float(deadline[:-1])))
        url = f"https://127.0.0.1:{port}/feed"
        return await fetch(client, url, NOTHING_REMEMBERED, bounds, now=NOW)


async def test_a_document_comes_from_a_server_that_is_trusted() -> None:
    outcome = await fetch_secured(say_the_feed, certified("127.0.0.1"))

    assert isinstance(outcome, Fetched)
    assert outcome.content.read() == FEED_BODY


UNTRUSTED: dict[str, tuple[Callable[[], ssl.SSLContext], str]] = {
    "a certificate that has expired": (expired, "certificate has expired"),
    "a certificate for another host": (
        lambda: certified("other.example"),
        "IP address mismatch",
    ),
    "a certificate by nobody we know": (
        lambda: certified("127.0.0.1", by=trustme.CA()),
        "unable to get local issuer certificate",
    ),
}


@pytest.mark.parametrize(("secured", "words"), UNTRUSTED.values(), ids=UNTRUSTED)
async def test_no_document_is_taken_from_a_server_with(
    secured: Callable[[], ssl.SSLContext], words: str
) -> None:
    outcome = await fetch_secured(say_the_feed, secured())

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.TLS
    assert words in outcome.detail
    assert "publisher's certificate" in outcome.detail


def say_often(piece: bytes, *, times: int, seconds: float = 0) -> Conversation:
    async def converse(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await reader.read(1)
        for _ in range(times):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(seconds)

    return converse


HANDSHAKES: dict[str, Conversation] = {
    "nothing": say_often(b"", times=100, seconds=0.1),
    "one byte now and then": say_often(b"\x16", times=100, seconds=0.1),
    "the wish to begin again, for ever": say_often(HELLO_REQUEST * 200, times=50_000),
    "a greeting without end": say_often(
        SERVER_HELLO_OF_4096 + bytes(4092), times=5_000
    ),
    "something else": say_often(b"SSH-2.0-OpenSSH_9.2\r\n", times=1),
    "a hang-up": say_often(b"", times=0),
}


@pytest.mark.parametrize("converse", HANDSHAKES.values(), ids=HANDSHAKES)
async def test_a_handshake_ends_soon_that_is_answered_by(
    converse: Conversation,
) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()

    outcome = await fetch_secured(converse, None, "3s")

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind in (FailureKind.TLS, FailureKind.TIMEOUT, FailureKind.CONNECT)
    assert loop.time() - started < 3


async def test_credentials_are_not_sent_to_who_is_not_trusted() -> None:
    heard: list[bytes] = []

    async def listen(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        heard.append(await reader.read(4096))

    async with (
        listening(listen, secured=certified("other.example")) as port,
        make_client(trust=trusting()) as client,
    ):
        url = f"https://me:secret@127.0.0.1:{port}/feed"
        await fetch(client, url, NOTHING_REMEMBERED, make_bounds(), now=NOW)

    assert not any(b"uthorization" in words for words in heard)
