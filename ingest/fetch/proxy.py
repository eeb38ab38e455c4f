"""Requests that go through the operator's proxy, and are checked before.

The proxy resolves names itself, so what is checked here is what this machine makes of
a name: the proxy has the last word, and is to be closed to private addresses too.
"""

from __future__ import annotations

import asyncio
import contextlib

import httpx

from ingest.fetch.guard import Guard

_LOOK_UP_SECONDS = 2.0  # behind a proxy, names are often not to be had at all
_DEFAULT_PORTS = {"http": 80, "https": 443}


class ProxiedNetwork(httpx.AsyncBaseTransport):
    """A network whose connections are a proxy's; the guard is asked beforehand."""

    def __init__(self, network: httpx.AsyncBaseTransport, guard: Guard) -> None:
        self._network = network
        self._guard = guard

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer that the proxy brings.

        Raises:
            httpx.TransportError: there is none.
            NotAllowedError: the address is none to be asked, as far as we can tell.
        """
        url = request.url
        port = url.port or _DEFAULT_PORTS.get(url.scheme, 0)
        # A name that only the proxy can resolve is the proxy's to judge.
        with contextlib.suppress(OSError):
            async with asyncio.timeout(_LOOK_UP_SECONDS):
                await self._guard.addresses_of(url.host, port)
        return await self._network.handle_async_request(request)

    async def aclose(self) -> None:
        """Close every connection to the proxy."""
        await self._network.aclose()
