"""The gate every exchange passes: each host in its turn, all hosts within one limit.

Waits only; how long is decided by `pace.host_limits`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from config.settings import FetchSettings
from ingest.pace.host_limits import HostPace, wait_before_start


@dataclass(slots=True)
class _Host:
    """A host's seats (exchanges at a time) and its turn (one starts after another)."""

    seats: asyncio.Semaphore
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    pace: HostPace = field(default_factory=HostPace)


class HostLimits:
    """How many exchanges run at a time, over all hosts and to each.

    Keeps one small record for each host ever asked: as many as are configured.
    """

    def __init__(
        self,
        fetch: FetchSettings,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._per_host = fetch.per_host
        self._everywhere = asyncio.Semaphore(fetch.concurrency)
        self._hosts: dict[str, _Host] = {}
        self._monotonic = monotonic
        self._sleep = sleep

    @asynccontextmanager
    async def slot(
        self, host: str, *, asked_spacing: timedelta = timedelta(0)
    ) -> AsyncIterator[None]:
        """Room for one exchange with the host, after waiting for it.

        The host's own turn comes first: who waits for a slow host takes no room
        from the others. `asked_spacing` is the wait between two starts that the host
        asks for (Crawl-delay); it counts where it is longer than ours.
        """
        place = self._place(host)
        async with place.seats:
            await self._take_turn(place, max(asked_spacing, self._per_host.spacing))
            try:
                yield
            finally:
                self._everywhere.release()

    def _place(self, host: str) -> _Host:
        seats = asyncio.Semaphore(self._per_host.concurrency)
        return self._hosts.setdefault(host.lower(), _Host(seats=seats))

    async def _take_turn(self, place: _Host, spacing: timedelta) -> None:
        """Wait out the spacing, take one place of all, and note the start.

        The turn is held until the start is known: spacing counts real starts.
        """
        async with place.turn:
            await self._sleep(
                wait_before_start(place.pace, now=self._monotonic(), spacing=spacing)
            )
            await self._everywhere.acquire()
            place.pace = HostPace(last_start=self._monotonic())
