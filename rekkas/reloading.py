"""The operator's file, watched: each time it is changed or a signal says so, read anew.

Files are looked at by name once a second, so that an editor's rename, a mounted
ConfigMap and a file system without notices are all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import structlog

from config.errors import ConfigError, Problem
from config.load import LoadedSettings
from config.settings import Settings

_SECONDS_BETWEEN_LOOKS = 1.0

_log = structlog.get_logger(__name__)

_Stamp: TypeAlias = tuple[int, int, int] | None
"""What tells one state of a file from another; None where there is no file."""


class Reloads:
    """Sound settings as they come; a broken file is told of in the log, once."""

    def __init__(
        self,
        loaded: LoadedSettings,
        load: Callable[[], LoadedSettings],
        *,
        every: float = _SECONDS_BETWEEN_LOOKS,
    ) -> None:
        self._settings = loaded.settings
        self._load = load
        self._every = every
        self._asked = asyncio.Event()
        self._seen = _look_at(loaded.files)
        self._watch: Callable[[Sequence[Problem]], None] = _tell_nobody
        self.problems: tuple[Problem, ...] = ()
        """Those of the last reading; while there are any, the one before holds."""

    def watched_by(self, watch: Callable[[Sequence[Problem]], None]) -> None:
        """Tell from now on, of each reading, its problems."""
        self._watch = watch

    def ask(self) -> None:
        """Read the file now, whether or not it looks changed."""
        self._asked.set()

    async def next(self) -> Settings:
        """The next settings that are sound and other than the last."""
        while True:
            await self._wait_for_a_change()
            settings = await asyncio.to_thread(self._try_to_load)
            self._watch(self.problems)
            if settings is None:
                continue
            if settings == self._settings:
                _log.info("configuration_unchanged")
                continue
            self._settings = settings
            return settings

    async def _wait_for_a_change(self) -> None:
        """Until asked, or until a file is other and has kept still for a moment.

        What is being written is not read before it is whole.
        """
        is_moving = False
        while not self._asked.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), self._every)
            seen = await asyncio.to_thread(_look_at, self._seen)
            if seen == self._seen and is_moving:
                break
            is_moving = is_moving or seen != self._seen
            self._seen = seen
        self._asked.clear()

    def _try_to_load(self) -> Settings | None:
        try:
            loaded = self._load()
        except ConfigError as error:
            self._look_also_at(Path(problem.file) for problem in error.problems)
            self.problems = error.problems
            _log.error(
                "configuration_not_loaded",
                problems=list(map(str, self.problems)),
                detail="what ran goes on; mend the file, and it is read again",
            )
            return None
        self.problems = ()
        self._look_also_at(loaded.files)
        return loaded.settings

    def _look_also_at(self, files: Iterable[Path]) -> None:
        """Look at these files, too, from now on."""
        self._seen |= _look_at(file for file in files if file not in self._seen)


def _tell_nobody(problems: Sequence[Problem]) -> None:
    """Nobody wants to know."""


def _look_at(files: Iterable[Path]) -> dict[Path, _Stamp]:
    return {file: _stamp(file) for file in files}


def _stamp(file: Path) -> _Stamp:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
