"""Sources that are asked through the operator's proxy, on loopback as most are."""

import asyncio
import socket
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

from config.settings import FetchSettings
from ingest.fetch.addresses import parse_address
from ingest.fetch.client import build_client
from ingest.fetch.exchange import fetch
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed, FetchOutcome
from ingest.fetch.resolver import Addresses
from tests.ingest.exchange_factories import (
    FEED_BODY,
    NOTHING_REMEMBERED,
    NOW,
    make_bounds,
)
from tests.ingest.wire_server import head

ADDRESSES = {"paper.example": "8.8.8.8", "inside.example": "10.0.0.7"}


async def known_names(host: str) -> Addresses:
    """What this machine makes of a name; most names only the proxy knows."""
    if host == "127.0.0.1":
        return (parse_address(host),)
    if host not in ADDRESSES:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")
    return (parse_address(ADDRESSES[host]),)


@asynccontextmanager
async def proxy(asked: list[str]) -> AsyncIterator[str]:
    """HOST:PORT of a proxy that answers every request itself, with a feed."""

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with closing(writer):
            request = await reader.readuntil(b"\r\n\r\n")
            asked.append(request.decode())
            length = f"Content-Length: {len(FEED_BODY)}"
            writer.write(head(length, "Connection: close") + FEED_BODY)
            await writer.drain()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def fetch_by_proxy(
    url: str, asked: list[str], *, credentials: str = "", **settings: Any
) -> FetchOutcome:
    async with proxy(asked) as address:
        fetch_settings = FetchSettings.model_validate(
            {"proxy": f"http://{credentials}{address}/", **settings}
        )
        client = build_client(fetch_settings, version="1", resolver=known_names)
        async with client:
            return await fetch(client, url, NOTHING_REMEMBERED, make_bounds(), now=NOW)


async def test_a_private_proxy_is_asked_for_public_sources() -> None:
    asked: list[str] = []

    outcome = await fetch_by_proxy("http://paper.example/feed", asked)

    assert isinstance(outcome, Fetched)
    assert asked[0].startswith("GET http://paper.example/feed HTTP/1.1\r\n")


async def test_the_proxy_gets_its_credentials_and_the_source_does_not() -> None:
    asked: list[str] = []

    await fetch_by_proxy("http://paper.example/", asked, credentials="me:s%40cret@")

    pair = b64encode(b"me:s@cret").decode()
    assert f"Proxy-Authorization: Basic {pair}" in asked[0]
    assert "\r\nAuthorization" not in asked[0]


async def test_a_secure_source_is_asked_for_through_a_tunnel() -> None:
    asked: list[str] = []

    outcome = await fetch_by_proxy("https://paper.example/feed", asked)

    # This proxy answers 200 and then speaks no TLS.
    assert isinstance(outcome, FetchFailed)
    assert asked[0].startswith("CONNECT paper.example:443 HTTP/1.1\r\n")


async def test_a_name_that_only_the_proxy_knows_is_left_to_it() -> None:
    outcome = await fetch_by_proxy("http://elsewhere.example/", [])

    assert isinstance(outcome, Fetched)


async def test_a_source_inside_the_network_is_refused_before_the_proxy_is_asked() -> (
    None
):
    asked: list[str] = []

    outcome = await fetch_by_proxy("http://inside.example/", asked)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.NOT_ALLOWED
    assert asked == []


async def test_an_excepted_source_inside_the_network_is_asked_through_the_proxy() -> (
    None
):
    outcome = await fetch_by_proxy(
        "http://inside.example/", [], allow_private=["inside.example"]
    )

    assert isinstance(outcome, Fetched)


async def test_the_proxy_itself_is_no_source() -> None:
    asked: list[str] = []

    outcome = await fetch_by_proxy("http://127.0.0.1:8080/", asked)

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.NOT_ALLOWED
    assert asked == []
