"""A client that keeps what was seen of each answer, for who examines a source.

Sends and receives as the client it is given; judges nothing.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from ingest.fetch.permitted import Client
from ingest.fetch.request import Header
from ingest.fetch.witnessed import Secured, Witnessed


class WitnessingClient:
    """Asks as `client` does, and keeps every answer in `seen`, the first one first."""

    def __init__(self, client: Client, *, monotonic: Callable[[], float]) -> None:
        self._client = client
        self._monotonic = monotonic
        self.seen: list[Witnessed] = []

    @asynccontextmanager
    async def stream(
        self, method: str, url: str, *, headers: Sequence[Header]
    ) -> AsyncIterator[httpx.Response]:
        """The answer, its body still on the wire."""
        started = self._monotonic()
        async with self._client.stream(method, url, headers=headers) as response:
            seen = _seen(url, response, self._monotonic() - started)
            try:
                yield response
            finally:
                self.seen.append(
                    replace(seen, wire_bytes=response.num_bytes_downloaded)
                )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()


def _seen(url: str, response: httpx.Response, seconds: float) -> Witnessed:
    stream = response.extensions.get("network_stream")
    return Witnessed(
        url=url,
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        seconds=seconds,
        http_version=response.http_version,
        address=stream and _address(stream.get_extra_info("server_addr")),
        secured=stream and _secured(stream.get_extra_info("ssl_object")),
    )


def _address(place: Any) -> str | None:
    """The address in what a socket calls its peer."""
    return str(place[0]) if isinstance(place, tuple) and place else None


def _secured(connection: ssl.SSLObject | None) -> Secured | None:
    if connection is None:
        return None
    certificate: dict[str, Any] = connection.getpeercert() or {}
    expires = certificate.get("notAfter")
    return Secured(
        version=connection.version() or "",
        issuer=_issuer(certificate.get("issuer", ())),
        expires_at=expires
        and datetime.fromtimestamp(ssl.cert_time_to_seconds(expires), UTC),
    )


def _issuer(names: Sequence[Sequence[tuple[str, str]]]) -> str | None:
    """Who signed the certificate: the organisation, else the name of its key."""
    parts = dict(part for name in names for part in name)
    return parts.get("organizationName") or parts.get("commonName")
