"""A client that asks for an address only where somebody allows it, redirects included.

Knows no rule; what an exchange that is refused comes to is `failures`'.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol, TypeAlias

import httpx

from ingest.fetch.outcome import FetchFailed
from ingest.fetch.request import Header

Permit: TypeAlias = Callable[[str], Awaitable[FetchFailed | None]]
"""Says of an address why it may not be asked for; None where it may."""


class Asker(Protocol):
    """What sends one request of an exchange: the client, or one with a permit."""

    def stream(
        self, method: str, url: str, *, headers: Sequence[Header]
    ) -> AbstractAsyncContextManager[httpx.Response]:
        """The answer, its body still on the wire."""


class Client(Asker, Protocol):
    """What sends every request of a process, until it is closed."""

    async def aclose(self) -> None:
        """Close every connection."""


class NotPermittedError(Exception):
    """An address that may not be asked for; `failure` is what the exchange comes to."""

    def __init__(self, failure: FetchFailed) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class PermittedClient:
    """Sends the requests of one exchange that are permitted."""

    def __init__(self, client: Asker, permit: Permit) -> None:
        self._client = client
        self._permit = permit

    @asynccontextmanager
    async def stream(
        self, method: str, url: str, *, headers: Sequence[Header]
    ) -> AsyncIterator[httpx.Response]:
        """The answer, its body still on the wire.

        Raises:
            NotPermittedError: nothing was asked.
        """
        refusal = await self._permit(url)
        if refusal is not None:
            raise NotPermittedError(refusal)
        async with self._client.stream(method, url, headers=headers) as response:
            yield response
