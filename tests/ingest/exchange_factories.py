"""Builders for tests of the exchange: valid by default, changed by keyword."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from config.settings import FetchSettings
from ingest.fetch.client import Client, build_client
from ingest.fetch.exchange import fetch
from ingest.fetch.outcome import FetchOutcome
from ingest.fetch.request import ExchangeBounds, SourceMemory

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOTHING_REMEMBERED = SourceMemory()
FEED_URL = "https://news.example/feed.xml"
FEED_BODY = b"<rss version='2.0'><channel><title>News</title></channel></rss>"

Answerer = (
    Callable[[httpx.Request], httpx.Response]
    | Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]
)


class Chunks(httpx.AsyncByteStream):
    """A body that arrives in these pieces; an exception among them is raised."""

    def __init__(self, pieces: Iterable[bytes | Exception]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece


def make_answer(
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    pieces: Iterable[bytes | Exception] = (FEED_BODY,),
) -> httpx.Response:
    return httpx.Response(status, headers=headers, stream=Chunks(pieces))


def make_bounds(**changes: Any) -> ExchangeBounds:
    defaults: dict[str, Any] = {
        "deadline": timedelta(seconds=5),
        "max_body_bytes": 1_000_000,
        "max_redirects": 5,
    }
    return ExchangeBounds(**defaults | changes)


def make_client(
    answerer: Answerer | None = None,
    *,
    trust: ssl.SSLContext | None = None,
    **settings: Any,
) -> Client:
    """The real client, its network replaced by a function where one is given.

    Without one it may ask the servers of tests, which are all on loopback.
    """
    transport = httpx.MockTransport(answerer) if answerer else None
    fetch = FetchSettings.model_validate({"allow_private": ["127.0.0.1"], **settings})
    return build_client(fetch, version="1.2.3", transport=transport, trust=trust)


async def get(client: Client, url: str) -> httpx.Response:
    """The whole answer to one request."""
    async with client.stream("GET", url) as answer:
        await answer.aread()
        return answer


async def fetch_through(
    answerer: Answerer,
    *,
    url: str = FEED_URL,
    memory: SourceMemory = NOTHING_REMEMBERED,
    **bounds: Any,
) -> FetchOutcome:
    async with make_client(answerer) as client:
        return await fetch(client, url, memory, make_bounds(**bounds), now=NOW)
