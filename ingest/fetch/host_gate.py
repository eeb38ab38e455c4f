"""The gate every exchange passes: each host in its turn, all hosts within one limit.

Waits only; how long is decided by `pace.host_limits`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from config.settings import FetchSettings
from ingest.pace.host_limits import HostPace, wait_before_start, wait_to_pass

SLOW_AFTER_SECONDS = 5.0
"""From when on an exchange counts as slow: most are done in a fraction of it."""

_SLOW_FOR_ONE_QUICK = 4  # a slow exchange is a connection that waits, and little else

Later: TypeAlias = Callable[[float, Callable[[], None]], Callable[[], object]]
"""Does something in so many seconds; what comes back calls it off."""


EverywhereElse: TypeAlias = Callable[[str], Awaitable[None]]
"""Waits until a host may be asked that other processes ask, too, and notes it."""


async def by_nobody(_: str) -> None:
    """No other process asks."""


def _call_later(seconds: float, act: Callable[[], None]) -> Callable[[], object]:
    return asyncio.get_running_loop().call_later(seconds, act).cancel


class _Places:
    """Places for exchanges; one that takes long leaves its place to others.

    Hosts that never answer would hold their places until the deadline. So slow
    exchanges wait beside the others, four times as many as there are places.
    """

    def __init__(self, most: int, later: Later) -> None:
        self._free = asyncio.Semaphore(most)
        self._room_aside = most * _SLOW_FOR_ONE_QUICK
        self._later = later

    async def take(self) -> _Place:
        """A place, once there is one."""
        await self._free.acquire()
        return _Place(self, self._later)

    def make_room(self) -> bool:
        """Free the place of an exchange that is slow; False if too many are."""
        if self._room_aside == 0:
            return False
        self._room_aside -= 1
        self._free.release()
        return True

    def leave(self, *, is_aside: bool) -> None:
        """An exchange is over."""
        if is_aside:
            self._room_aside += 1
        else:
            self._free.release()


class _Place:
    """The place of one exchange, which begins now."""

    def __init__(self, places: _Places, later: Later) -> None:
        self._places = places
        self._later = later
        self._is_aside = False
        self._call_off = later(SLOW_AFTER_SECONDS, self._step_aside)

    def _step_aside(self) -> None:
        """Let another exchange begin, or try again when as much time has passed."""
        self._is_aside = self._places.make_room()
        if not self._is_aside:
            self._call_off = self._later(SLOW_AFTER_SECONDS, self._step_aside)

    def give_up(self) -> None:
        """The exchange is over."""
        self._call_off()
        self._places.leave(is_aside=self._is_aside)


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
        later: Later = _call_later,
        elsewhere: EverywhereElse = by_nobody,
    ) -> None:
        self._elsewhere = elsewhere
        self._per_host = fetch.per_host
        self._everywhere = _Places(fetch.concurrency, later)
        self._hosts: dict[str, _Host] = {}
        self._monotonic = monotonic
        self._sleep = sleep

    @asynccontextmanager
    async def slot(
        self, host: str, *, asked_spacing: timedelta = timedelta(0)
    ) -> AsyncIterator[None]:
        """Room for one exchange with the host, after waiting for it.

        The host's own turn comes first: who waits for a slow host takes no room
        from the others, and an exchange that takes long steps aside. `asked_spacing` is
        the wait between two starts that the host asks for (Crawl-delay); it counts
        where it is longer than ours.
        """
        place = self._place(host)
        async with place.seats:
            spacing = max(asked_spacing, self._per_host.spacing)
            taken = await self._take_turn(host, spacing)
            try:
                yield
            finally:
                taken.give_up()

    async def pass_by(self, host: str) -> None:
        """Wait until the host can politely be asked by who has another host's turn.

        It takes no turn here, and room it has already.
        """
        place, now = self._place(host), self._monotonic()
        wait = wait_to_pass(place.pace, now=now, spacing=self._per_host.spacing)
        place.pace = HostPace(last_start=now + wait)
        await self._sleep(wait)
        await self._elsewhere(host)

    def _place(self, host: str) -> _Host:
        seats = asyncio.Semaphore(self._per_host.concurrency)
        return self._hosts.setdefault(host.lower(), _Host(seats=seats))

    async def _take_turn(self, host: str, spacing: timedelta) -> _Place:
        """Wait out the spacing, take one place of all, and note the start.

        The turn is held until the start is known: spacing counts real starts.
        """
        place = self._place(host)
        async with place.turn:
            await self._sleep(
                wait_before_start(place.pace, now=self._monotonic(), spacing=spacing)
            )
            await self._elsewhere(host)
            taken = await self._everywhere.take()
            place.pace = HostPace(last_start=self._monotonic())
            return taken
