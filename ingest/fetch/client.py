"""The one factory of HTTP clients: what every request of ours has in common.

Knows nothing of sources, bounds or outcomes; `exchange` asks with it.
"""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from config.settings import FetchSettings
from ingest.fetch.network import build_network
from ingest.fetch.resolver import Resolver

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
        transport=transport or build_network(fetch, resolver),
        trust_env=False,
    )


def user_agent(version: str, contact: str | None) -> str:
    """The program, its version, its home and whom to write to, if anyone is named."""
    reach = f"+{PROJECT_URL}; {contact}" if contact else f"+{PROJECT_URL}"
    return f"rekkas/{version} ({reach})"
