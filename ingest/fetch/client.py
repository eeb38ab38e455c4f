"""The one factory of HTTP clients: what every request of ours has in common.

Knows nothing of sources, bounds or outcomes; `exchange` asks with it.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

import httpcore
import httpx

from config.hosts import host_key, split_host
from config.settings import FetchSettings
from ingest.fetch.guard import Guard, GuardedBackend
from ingest.fetch.network import KEEP_ALIVE_SECONDS, Network, Pool
from ingest.fetch.proxy import ProxiedNetwork
from ingest.fetch.request import Header
from ingest.fetch.resolver import Resolver, SystemResolver

Transport = httpx.AsyncBaseTransport
"""What carries requests: the network, or a test's stand-in for it."""

PROJECT_URL = "https://github.com/rekkas/rekkas"
_ACCEPT = (
    b"application/atom+xml, application/rss+xml, application/feed+json, "
    b"application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)


class Client:
    """Asks, and keeps nothing of one request for the next but its connection.

    Not httpx's own client: that one keeps cookies, prepares the next request of every
    redirect, fails where there can be none, and takes as long for it as for all else.
    """

    def __init__(
        self, transport: Transport, headers: Sequence[Header], connect_seconds: float
    ) -> None:
        self._transport = transport
        self._headers = headers
        # `exchange` sets one deadline over everything. Connecting gets a part of it,
        # because httpcore closes a handshake that it gives up itself, and leaves one
        # that is cancelled from outside to the garbage collector.
        self._extensions = {"timeout": {"connect": connect_seconds}}

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        url: str,
        *,
        headers: Sequence[Header] = (),
        content: bytes | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """The answer to one request, its body still on the wire.

        Raises:
            httpx.HTTPError: there is none.
            httpx.InvalidURL: there is no such address.
            NotAllowedError: the guard makes no such connection.
            OSError: the host has no address.
        """
        request = httpx.Request(
            method,
            url,
            headers=[*self._headers, *headers],
            content=content,
            extensions=self._extensions,
        )
        if not request.url.host:
            raise httpx.InvalidURL("it names no host")
        response = await self._transport.handle_async_request(request)
        try:
            yield response
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def build_client(
    fetch: FetchSettings,
    *,
    version: str,
    transport: Transport | None = None,
    resolver: Resolver | None = None,
    trust: ssl.SSLContext | None = None,
) -> Client:
    """A client that is a good guest; the caller closes it.

    It keeps no cookies, names itself, obeys no proxy or certificate variables of the
    environment, and leaves redirects, deadlines and decompression to `exchange`.
    `transport` takes the place of the network in tests, `resolver` that of the system
    in looking up names, and `trust` that of the usual authorities.
    """
    named = user_agent(version, fetch.contact)
    return Client(
        transport or _build_network(fetch, resolver, trust or _usual_trust()),
        (
            (b"User-Agent", named.encode("ascii")),
            (b"Accept", _ACCEPT),
            (b"Accept-Encoding", b"gzip, br, zstd"),
        ),
        connect_seconds=fetch.deadline.total_seconds() / 3,
    )


def build_messenger(
    fetch: FetchSettings,
    *,
    version: str,
    transport: Transport | None = None,
    resolver: Resolver | None = None,
) -> Client:
    """A client for messages rather than documents, with connections of its own.

    Answers come as they are: what a receiver says is short, or not read.
    """
    named = user_agent(version, fetch.contact)
    return Client(
        transport or _build_network(fetch, resolver, _usual_trust()),
        ((b"User-Agent", named.encode("ascii")), (b"Accept-Encoding", b"identity")),
        connect_seconds=fetch.deadline.total_seconds() / 3,
    )


def user_agent(version: str, contact: str | None) -> str:
    """The program, its version, its home and whom to write to, if anyone is named."""
    reach = f"+{PROJECT_URL}; {contact}" if contact else f"+{PROJECT_URL}"
    return f"rekkas/{version} ({reach})"


def _build_network(
    fetch: FetchSettings, resolver: Resolver | None, trust: ssl.SSLContext
) -> Transport:
    guard = Guard(
        resolve=resolver or SystemResolver(),
        allowed=frozenset(split_host(host) for host in fetch.allow_private),
    )
    most_hosts = 2 * fetch.concurrency
    if fetch.proxy is None:
        return Network(_direct_pools(guard, trust), most_hosts=most_hosts)
    pools = _proxy_pools(httpx.Proxy(fetch.proxy), guard.resolve, trust)
    return ProxiedNetwork(Network(pools, most_hosts=most_hosts), guard)


def _direct_pools(guard: Guard, trust: ssl.SSLContext) -> Callable[[], Pool]:
    return partial(
        httpcore.AsyncConnectionPool,
        ssl_context=trust,
        keepalive_expiry=KEEP_ALIVE_SECONDS,
        http2=True,
        network_backend=GuardedBackend(guard),
    )


def _proxy_pools(
    proxy: httpx.Proxy, resolve: Resolver, trust: ssl.SSLContext
) -> Callable[[], Pool]:
    """Pools that connect to the proxy alone, wherever the operator has it."""
    url = proxy.url
    is_secure = url.scheme == "https"
    port = url.port or (443 if is_secure else 80)
    only_proxy = Guard(resolve=resolve, allowed=frozenset({(host_key(url.host), port)}))
    return partial(
        httpcore.AsyncHTTPProxy,
        proxy_url=httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=port, target=b"/"
        ),
        proxy_auth=proxy.raw_auth,
        proxy_ssl_context=_usual_trust() if is_secure else None,
        ssl_context=trust,
        keepalive_expiry=KEEP_ALIVE_SECONDS,
        http2=True,
        network_backend=GuardedBackend(only_proxy),
    )


def _usual_trust() -> ssl.SSLContext:
    """What certificates are trusted, whatever files the environment names."""
    return httpx.create_ssl_context(trust_env=False)
