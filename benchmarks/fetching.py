"""What a 304 costs: CPU time of one exchange, over a hundred hosts on loopback.

The server is a process of its own, so that only ours is measured. Beside the network
that rekkas uses stand httpx alone, doing none of what an exchange does, and httpx's own
network, one pool for all hosts, with and without a limit.
Run by `make bench`.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx

from config.settings import FetchSettings
from ingest.fetch.client import Transport, build_client
from ingest.fetch.exchange import fetch
from ingest.fetch.outcome import NotModified, Validators
from ingest.fetch.request import ExchangeBounds, SourceMemory

HOSTS = 100
ROUNDS = 30
CONCURRENCY = 16
ADDRESSES = [f"127.0.{number // 10 + 1}.{number % 10 + 1}" for number in range(HOSTS)]
MEMORY = SourceMemory(validators=Validators(etag='"1"'))
BOUNDS = ExchangeBounds(
    deadline=timedelta(seconds=30), max_body_bytes=1_000_000, max_redirects=5
)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
UNCHANGED = (
    b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nCache-Control: max-age=600\r\n'
    b"Date: Mon, 23 Nov 2026 12:00:00 GMT\r\nServer: nginx\r\n\r\n"
)


class Unchanged(asyncio.Protocol):
    """A publisher who has nothing new, whatever is asked."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where answers go."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer; a request of ours comes in one piece."""
        assert data.endswith(b"\r\n\r\n")
        self._transport.write(UNCHANGED)


def serve(listener: socket.socket) -> None:
    """Answer for ever, at every address of loopback."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        await loop.create_server(Unchanged, sock=listener)
        await asyncio.Event().wait()

    asyncio.run(run())


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that is gone at the end of the block."""
    with socket.socket() as listener:
        listener.bind(("0.0.0.0", 0))  # noqa: S104 - every address of loopback
        listener.listen(HOSTS * 2)
        process = multiprocessing.Process(target=serve, args=(listener,), daemon=True)
        process.start()
        try:
            yield listener.getsockname()[1]
        finally:
            process.kill()
            process.join()


async def measure_ours(port: int, transport: Transport | None) -> float:
    """Milliseconds of CPU for one 304 by our exchange, over this network."""
    settings = FetchSettings(
        allow_private=tuple(ADDRESSES), concurrency=max(CONCURRENCY, HOSTS)
    )
    async with build_client(settings, version="1.0", transport=transport) as client:

        async def ask(url: str) -> None:
            outcome = await fetch(client, url, MEMORY, BOUNDS, now=NOW)
            assert isinstance(outcome, NotModified), outcome

        return await measure(port, ask)


async def measure_bare(port: int) -> float:
    """Milliseconds of CPU for one 304 by httpx alone, a client of its own a host.

    Without a guard, bounds, a deadline or an outcome: what the wire costs in Python.
    """
    clients = {
        address: httpx.AsyncClient(trust_env=False, timeout=None)  # noqa: S113 - bare
        for address in ADDRESSES
    }
    headers = {"If-None-Match": '"1"'}

    async def ask(url: str) -> None:
        answer = await clients[urlsplit(url).hostname or ""].get(url, headers=headers)
        assert answer.status_code == 304

    try:
        return await measure(port, ask)
    finally:
        for client in clients.values():
            await client.aclose()


async def measure(port: int, ask: Callable[[str], Awaitable[None]]) -> float:
    """Milliseconds of CPU for one 304, connections being open already."""
    urls = [f"http://{address}:{port}/feed.xml" for address in ADDRESSES]

    async def ask_next(queue: list[str]) -> None:
        while queue:
            await ask(queue.pop())

    async def ask_all() -> None:
        queue = list(urls)
        await asyncio.gather(*(ask_next(queue) for _ in range(CONCURRENCY)))

    await ask_all()
    start = time.process_time()
    for _ in range(ROUNDS):
        await ask_all()
    spent = time.process_time() - start
    return spent / (ROUNDS * HOSTS) * 1000


def one_pool(limit: int | None) -> httpx.AsyncHTTPTransport:
    """The network of httpx itself."""
    return httpx.AsyncHTTPTransport(
        http2=True,
        trust_env=False,
        limits=httpx.Limits(max_connections=limit, max_keepalive_connections=limit),
    )


WAYS: dict[str, Callable[[int], Coroutine[None, None, float]]] = {
    "httpx alone, a client for each host": measure_bare,
    "a small pool for each host (rekkas)": lambda port: measure_ours(port, None),
    "one pool of 16 connections": lambda port: measure_ours(port, one_pool(16)),
    "one pool of 50 connections": lambda port: measure_ours(port, one_pool(50)),
    "one pool without a limit": lambda port: measure_ours(port, one_pool(None)),
}


if __name__ == "__main__":
    print(f"a 304 from each of {HOSTS} hosts, {ROUNDS} times, {CONCURRENCY} at a time")
    with serving() as port:
        bare = 0.0
        for name, way in WAYS.items():
            spent = asyncio.run(way(port))
            bare = bare or spent
            ratio = f"{spent / bare:>6.2f} of httpx alone"
            print(f"  {name:<38}{spent:>7.2f} ms of CPU a 304{ratio}")
