"""Which of several schedulers leads: whoever has the service's lock.

The lock is a connection's. Another may have it as soon as that is lost, so it is
asked for again and again.
"""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from datetime import timedelta
from types import TracebackType

import structlog

from store.errors import DatabaseInUse, StoreError
from store.service_lock import find_service, hold_service_lock

LOOK_EVERY = timedelta(seconds=3)

_log = structlog.get_logger(__name__)


class Leadership:
    """The lock of the database at a URL, as far as this process has it.

    At the end of its block another may lead.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock: ExitStack | None = None
        self._looked_at = 0.0
        self._told = ""

    def is_mine(self) -> bool:
        """Whether this process leads; asks the database every few seconds."""
        now = time.monotonic()
        if not self._looked_at or now - self._looked_at >= LOOK_EVERY.total_seconds():
            self._looked_at = now
            self._look()
        return self._lock is not None

    def __enter__(self) -> Leadership:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._give_up()

    def _give_up(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()

    def _look(self) -> None:
        try:
            if self._lock is not None and find_service(self._url) == os.getpid():
                return
            self._give_up()
            self._take()
        except StoreError as error:
            self._give_up()
            self._tell("leader_awaited", str(error))

    def _take(self) -> None:
        lock = ExitStack()
        try:
            lock.enter_context(hold_service_lock(self._url))
        except DatabaseInUse:
            self._tell("leader_awaited", "another process leads")
            return
        self._lock = lock
        self._tell("leader_began", "")

    def _tell(self, event: str, detail: str) -> None:
        """Once for each change."""
        if self._told != event + detail:
            self._told = event + detail
            _log.info(event, detail=detail)
