"""What is made at most once in a while, however many ask for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Briefly(Generic[T]):
    """A value that is made when it is asked for, and kept for some seconds.

    Those who ask while it is made wait for it: one is made at a time.
    """

    def __init__(
        self,
        make: Callable[[], Awaitable[T]],
        *,
        seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make = make
        self._seconds = seconds
        self._clock = clock
        self._making = asyncio.Lock()
        self._kept: tuple[float, T] | None = None

    async def get(self) -> T:
        """The value, no older than it may be."""
        async with self._making:
            if self._kept is None or self._clock() - self._kept[0] >= self._seconds:
                value = await self._make()
                self._kept = (self._clock(), value)
            return self._kept[1]
