"""The one factory of HTTP clients: what every request of ours has in common.

Knows nothing of sources, bounds or outcomes; `exchange` asks with it.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from config.hosts import host_key, split_host
from config.settings import FetchSettings
from ingest.fetch.guard import Guard, GuardedBackend
from ingest.fetch.network import KEEP_ALIVE_SECONDS, Network, Pool
from ingest.fetch.proxy import ProxiedNetwork
from ingest.fetch.resolver import Resolver, SystemResolver

Client = httpx.AsyncClient
"""What asks; made by `build_client`."""

Transport = httpx.AsyncBaseTransport
"""What carries requests: the network, or a test's stand-in for it."""

PROJECT_URL = "https://github.com/rekkas/rekkas"
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)


def build_client(
    fetch: FetchSettings,
    *,
    version: str,
    transport: httpx.AsyncBaseTransport | None = None,
    resolver: Resolver | None = None,
) -> httpx.AsyncClient:
    """A client that is a good guest; the caller closes it.

    It keeps no cookies, names itself, obeys no proxy or certificate variables of the
    environment, and leaves redirects, deadlines and decompression to `exchange`.
    `transport` takes the place of the network in tests, `resolver` that of the system
    in looking up names.
    """
    return httpx.AsyncClient(
        headers={
            "User-Agent": user_agent(version, fetch.contact),
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, br, zstd",
        },
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=())),
        follow_redirects=False,
        # `exchange` sets one deadline over everything. Connecting gets a part of it,
        # because httpcore closes a handshake that it gives up itself, and leaves one
        # that is cancelled from outside to the garbage collector.
        timeout=httpx.Timeout(None, connect=fetch.deadline.total_seconds() / 3),
        transport=transport or _build_network(fetch, resolver),
        trust_env=False,
    )


def user_agent(version: str, contact: str | None) -> str:
    """The program, its version, its home and whom to write to, if anyone is named."""
    reach = f"+{PROJECT_URL}; {contact}" if contact else f"+{PROJECT_URL}"
    return f"rekkas/{version} ({reach})"


def _build_network(fetch: FetchSettings, resolver: Resolver | None) -> Transport:
    guard = Guard(
        resolve=resolver or SystemResolver(),
        allowed=frozenset(split_host(host) for host in fetch.allow_private),
    )
    most_hosts = 2 * fetch.concurrency
    if fetch.proxy is None:
        return Network(_direct_pools(guard), most_hosts=most_hosts)
    pools = _proxy_pools(httpx.Proxy(fetch.proxy), guard.resolve)
    return ProxiedNetwork(Network(pools, most_hosts=most_hosts), guard)


def _direct_pools(guard: Guard) -> Callable[[], Pool]:
    return partial(
        httpcore.AsyncConnectionPool,
        ssl_context=_ssl_context(),
        keepalive_expiry=KEEP_ALIVE_SECONDS,
        http2=True,
        network_backend=GuardedBackend(guard),
    )


def _proxy_pools(proxy: httpx.Proxy, resolve: Resolver) -> Callable[[], Pool]:
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
        proxy_ssl_context=_ssl_context() if is_secure else None,
        ssl_context=_ssl_context(),
        keepalive_expiry=KEEP_ALIVE_SECONDS,
        http2=True,
        network_backend=GuardedBackend(only_proxy),
    )


def _ssl_context() -> ssl.SSLContext:
    """What certificates are trusted, whatever files the environment names."""
    return httpx.create_ssl_context(trust_env=False)
