"""Writes down how each reading of the configuration went, in nobody's way.

The health feed has it from there, before and after a restart. While the store is in
trouble the last reading waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from config.errors import Problem
from store.configuration_trouble import ConfigurationTrouble, trouble_of
from store.errors import StoreError

_SECONDS_BETWEEN_TRIES = 5.0  # while the store fails


class ConfigurationDiary:
    """Has readings noted while it is `kept`.

    `note` may raise StoreError; it is then tried again after `pause` seconds, with what
    was read last.
    """

    def __init__(
        self,
        note: Callable[[ConfigurationTrouble], object],
        *,
        clock: Callable[[], datetime],
        pause: float = _SECONDS_BETWEEN_TRIES,
    ) -> None:
        self._note = note
        self._clock = clock
        self._pause = pause
        self._read: ConfigurationTrouble | None = None  # until it is noted
        self._has_news = asyncio.Event()
        self._leaving = asyncio.Event()

    def configuration_read(self, problems: Sequence[Problem]) -> None:
        """A configuration was read now, and has these problems."""
        places = [problem.place for problem in problems]
        self._read = trouble_of(places, now=self._clock())
        self._has_news.set()

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Note what is read in the block."""
        writing = asyncio.create_task(self._note_all(), name="note the configuration")
        try:
            yield
        finally:
            self._leaving.set()
            self._has_news.set()
            await writing

    async def _note_all(self) -> None:
        is_leaving = False
        while not is_leaving:
            await self._has_news.wait()
            self._has_news.clear()
            is_leaving = self._leaving.is_set()
            if self._read is not None and not await self._is_noted(self._read):
                self._has_news.set()
                await self._rest()

    async def _is_noted(self, read: ConfigurationTrouble) -> bool:
        try:
            await asyncio.to_thread(self._note, read)
        except StoreError:
            return False
        if self._read is read:
            self._read = None
        return True

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pause):
                await self._leaving.wait()
