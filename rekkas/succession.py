"""One configuration after the other: how a generation takes the place of the last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from config.settings import Settings
from rekkas.generation import Generation, Means, Part
from rekkas.seeing.values import Backlog
from rekkas.source_hubs import SourceHubs
from store.errors import DatabaseUnavailable, StoreError

_SECONDS_BETWEEN_TRIES = 5.0  # while the store fails

_log = structlog.get_logger(__name__)


class Succession:
    """The generation that polls at this moment; there is one at a time."""

    def __init__(
        self,
        settings: Settings,
        means: Means,
        build: Callable[[Settings, Means], Part] = Generation,
    ) -> None:
        self._means = means
        self._build = build
        self.settings = settings
        """Those of the generation that was started last."""

        self._present: Part | None = None
        self._has_begun = False
        self._changing = asyncio.Lock()

    async def begin(self) -> None:
        """Start the first generation, unless the store is in trouble that may pass.

        Whoever has begun asks `has_begun`, and goes on with `pass_on` if it has not.

        Raises:
            StoreError: nothing was started, and waiting would not help.
        """
        try:
            self._present = await self._begin(self.settings)
        except DatabaseUnavailable as error:
            _log.error("polls_awaited", problem=str(error))

    async def wait_for_snapshots(self, *, seconds: float) -> None:
        """Until what is read from disk is read, or for so long."""
        if self._present is not None:
            await self._present.wait_for_snapshots(seconds=seconds)

    @property
    def source_hubs(self) -> SourceHubs | None:
        """Who listens to the hubs of sources at this moment."""
        return self._present.source_hubs if self._present is not None else None

    @property
    def has_begun(self) -> bool:
        """Whether polls were ever started; between two generations it stays so."""
        return self._has_begun

    def backlog(self) -> Backlog:
        """What waits to be polled at this moment."""
        return self._present.backlog() if self._present is not None else Backlog()

    async def pass_on(self, settings: Settings) -> None:
        """Let a generation of these settings follow, however long the store fails."""
        while not await self._try_to_pass_on(settings):  # noqa: ASYNC110 - no one tells
            await asyncio.sleep(_SECONDS_BETWEEN_TRIES)

    async def _try_to_pass_on(self, settings: Settings) -> bool:
        async with self._changing:
            if self._present is not None:
                await self._present.end()
                self._present = None
            try:
                self._present = await self._begin(settings)
            except StoreError as error:
                _log.error("configuration_waits", problem=str(error))
                return False
            return True

    async def _begin(self, settings: Settings) -> Part:
        generation = self._build(settings, self._means)
        await generation.begin()
        self.settings = settings
        self._has_begun = True
        return generation

    async def stand_still(self, then: Callable[[], object]) -> None:
        """Do something at a moment at which no generation follows another."""
        async with self._changing:
            then()

    async def end(self) -> None:
        """End the present generation."""
        if self._present is not None:
            await self._present.end()
