"""The network as httpx sees it: requests go out through the guard and nowhere else.

Carries requests; what they say is the client's, where they may go the guard's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from config.hosts import split_host
from config.settings import FetchSettings
from ingest.fetch.guard import Guard, GuardedBackend
from ingest.fetch.resolver import Resolver, SystemResolver

_KEEP_ALIVE_SECONDS = 15.0  # some sources share a host and are polled one by one
_ERRORS: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.TimeoutException: httpx.ReadTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.NetworkError: httpx.ReadError,
    httpcore.ProxyError: httpx.ProxyError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpcore.ProtocolError: httpx.RemoteProtocolError,
}


def build_network(
    fetch: FetchSettings, resolver: Resolver | None = None
) -> httpx.AsyncBaseTransport:
    """The way to every publisher; names are looked up by `resolver`, or the system.

    Proxies, certificates and files that the environment names are not looked at.
    """
    guard = Guard(
        resolve=resolver or SystemResolver(),
        allowed=frozenset(split_host(host) for host in fetch.allow_private),
    )
    # The cost of httpcore's pool grows with the square of its connections, so it
    # gets no more than can be in use at once.
    return Network(
        httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=fetch.concurrency,
            max_keepalive_connections=fetch.concurrency,
            keepalive_expiry=_KEEP_ALIVE_SECONDS,
            http2=True,
            network_backend=GuardedBackend(guard),
        )
    )


class Network(httpx.AsyncBaseTransport):
    """Requests over connections of one pool."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body still on the wire.

        Raises:
            httpx.TransportError: there is none.
            NotAllowedError: the guard makes no such connection.
            OSError: the host has no address.
        """
        with _in_words_of_httpx():
            answer = await self._pool.handle_async_request(_core_request(request))
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The body of an answer as it comes off the wire."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _in_words_of_httpx():
            async for piece in self._answer.aiter_stream():
                yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


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
