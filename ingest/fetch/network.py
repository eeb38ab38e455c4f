"""The network as httpx sees it: a small pool of connections for each host.

Carries requests; what they say is the client's, where they may go the guard's. One
pool over all hosts would look at every connection for every request: its cost grows
with their square.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import httpcore
import httpx

_ERRORS: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.TimeoutException: httpx.ReadTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.NetworkError: httpx.ReadError,
    httpcore.ProxyError: httpx.ProxyError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpcore.ProtocolError: httpx.RemoteProtocolError,
}

KEEP_ALIVE_SECONDS = 15.0  # some sources share a host and are polled one by one

Pool: TypeAlias = httpcore.AsyncConnectionPool
Origin: TypeAlias = tuple[str, str, int | None]


@dataclass(slots=True, eq=False)
class _Host:
    """The connections to one host, the answers on their way, and when the last came."""

    pool: Pool
    users: int = 0
    unused_since: float = 0.0


class Network(httpx.AsyncBaseTransport):
    """Requests over connections that are kept for a while and then closed.

    More than `most_hosts` are connected to only while they are all in use.
    """

    def __init__(
        self,
        build_pool: Callable[[], Pool],
        *,
        most_hosts: int,
        keep_alive: float = KEEP_ALIVE_SECONDS,
    ) -> None:
        self._build_pool = build_pool
        self._most_hosts = most_hosts
        self._keep_alive = keep_alive
        self._hosts: dict[Origin, _Host] = {}  # the longest unused first
        self._sweeper: asyncio.Task[None] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body still on the wire.

        Raises:
            httpx.TransportError: there is none.
            NotAllowedError: the guard makes no such connection.
            OSError: the host has no address.
        """
        url = request.url
        host = self._take((url.scheme, url.host, url.port))
        try:
            await self._close_surplus()
            with _in_words_of_httpx():
                answer = await host.pool.handle_async_request(_core_request(request))
        except BaseException:
            self._give_back(host)
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, when_closed=lambda: self._give_back(host)),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        await self._close(tuple(self._hosts))

    def _take(self, origin: Origin) -> _Host:
        """The host, in use from now on; it moves to the end of the line."""
        host = self._hosts.pop(origin, None) or _Host(pool=self._build_pool())
        self._hosts[origin] = host
        host.users += 1
        if self._sweeper is None or self._sweeper.done():
            self._sweeper = asyncio.create_task(self._sweep(), name="idle-connections")
        return host

    def _give_back(self, host: _Host) -> None:
        host.users -= 1
        host.unused_since = asyncio.get_running_loop().time()

    async def _close_surplus(self) -> None:
        if len(self._hosts) > self._most_hosts:
            unused = (origin for origin, host in self._hosts.items() if not host.users)
            await self._close(tuple(islice(unused, 1)))

    async def _sweep(self) -> None:
        """Close what nobody has used for a while, until nothing is left to watch."""
        while self._hosts:
            await asyncio.sleep(self._keep_alive)
            limit = asyncio.get_running_loop().time() - self._keep_alive
            idle = (
                origin
                for origin, host in self._hosts.items()
                if not host.users and host.unused_since <= limit
            )
            await self._close(tuple(idle))

    async def _close(self, origins: Iterable[Origin]) -> None:
        # Out of the line first: nobody is to take a host while it closes.
        for host in [self._hosts.pop(origin) for origin in origins]:
            await host.pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The body of an answer as it comes off the wire."""

    def __init__(
        self, answer: httpcore.Response, *, when_closed: Callable[[], None]
    ) -> None:
        self._answer = answer
        self._when_closed = when_closed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _in_words_of_httpx():
            async for piece in self._answer.aiter_stream():
                yield piece

    async def aclose(self) -> None:
        """Leave the connection to the next request, or close it."""
        try:
            await self._answer.aclose()
        finally:
            self._when_closed()


@contextmanager
def _in_words_of_httpx() -> Iterator[None]:
    try:
        yield
    except tuple(_ERRORS) as error:
        same = next(ours for core, ours in _ERRORS.items() if isinstance(error, core))
        raise same(str(error)) from error


def _core_request(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )
