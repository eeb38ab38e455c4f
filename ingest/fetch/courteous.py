"""A client that is polite to the hosts that redirects lead to.

Waits and counts only; how long is decided by `pace`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from ingest.fetch.permitted import Asker
from ingest.fetch.request import Header
from ingest.fetch.turn import TurnTools


class CourteousClient:
    """Sends the requests of one exchange that has its first host's turn.

    Another host is asked when it is next in its spacing, and not while it is to be
    left alone. Its turn is not waited for: two hosts' turns, each waited for in the
    other's, would wait for ever.
    """

    def __init__(self, client: Asker, tools: TurnTools, first_url: str) -> None:
        self._client = client
        self._tools = tools
        self._first = _host(first_url)

    @asynccontextmanager
    async def stream(
        self, method: str, url: str, *, headers: Sequence[Header]
    ) -> AsyncIterator[httpx.Response]:
        """The answer, its body still on the wire.

        Raises:
            HostResting: nothing was asked; the host is to be left alone.
        """
        host = _host(url)
        if host != self._first:
            self._tools.hosts.check(url)
            await self._tools.limits.pass_by(host)
            self._tools.hosts.claim(url)
        async with self._client.stream(method, url, headers=headers) as response:
            yield response


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
