"""Time that passes when everybody waits for it, so that hours take no time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from tests.factories import NOW

_STEPS = 12  # that a task takes, at most, from one wait to the next


class VirtualTime:
    """A clock, and a way to sleep by it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._number = count()
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def monotonic(self) -> float:
        """Seconds since the beginning."""
        return self.seconds

    def now(self) -> datetime:
        """The same as a moment."""
        return NOW + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        """Wait until so many seconds have passed."""
        awake = asyncio.Event()
        wake_at = self.seconds + seconds
        heappush(self._sleepers, (wake_at, next(self._number), awake))
        await awake.wait()

    def later(self, seconds: float, act: Callable[[], None]) -> Callable[[], object]:
        """Act when so many seconds have passed, unless it is called off."""

        async def wait() -> None:
            await self.sleep(seconds)
            act()

        return asyncio.create_task(wait()).cancel

    async def pass_until(
        self, end: float, *, every_second: Callable[[], Awaitable[None]]
    ) -> None:
        """Let time pass, with something to do at every full second."""
        while self.seconds < end:
            await every_second()
            await self._settle()
            await self._wake_until(self.seconds + 1)

    async def _wake_until(self, end: float) -> None:
        while self._sleepers and self._sleepers[0][0] <= end:
            self.seconds, _, awake = heappop(self._sleepers)
            awake.set()
            await self._settle()
        self.seconds = end

    async def _settle(self) -> None:
        for _ in range(_STEPS):
            await asyncio.sleep(0)
