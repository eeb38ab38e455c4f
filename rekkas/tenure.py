"""The service's lock of its database, looked after for as long as the service runs.

A file's lock is the process's and ends with it. A server's is a connection's, and is
gone when the server was started anew: then another service may begin.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from datetime import timedelta
from types import TracebackType

import structlog

from rekkas.told_once import ToldOnce
from store.database.sqlite import PREFIX
from store.errors import DatabaseInUse, StoreError
from store.service_lock import find_service, hold_service_lock, place_of

LOOK_EVERY = timedelta(seconds=3)

_log = structlog.get_logger(__name__)


class Tenure:
    """The lock of the database at a URL; it is let go of at the end of its block."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = ExitStack()
        self.can_be_lost = not url.startswith(PREFIX)
        """Whether the lock may end before the process."""

    def __enter__(self) -> Tenure:
        """Take the lock.

        Raises:
            StoreError: another service has it, or none can be had.
        """
        self._lock.enter_context(hold_service_lock(self._url))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._lock.close()

    def renew(self) -> bool:
        """Take the lock again if it was lost; whether it was.

        Raises:
            DatabaseInUse: another service has taken it meanwhile.
            StoreError: the database cannot be asked.
        """
        holder = find_service(self._url)
        if holder == os.getpid():
            return False
        if holder is not None:
            raise DatabaseInUse(f"process {holder} has the database")
        self._lock.close()
        self._lock.enter_context(hold_service_lock(self._url))
        return True

    def explain_loss(self) -> str:
        """What the operator is told when another service has the lock."""
        return (
            f"another rekkas service took over the database {place_of(self._url)}, or "
            "a command that writes it anew, while its server could not be reached: "
            "this service ends, as one may poll"
        )


@asynccontextmanager
async def kept(
    tenure: Tenure | None, give_up: Callable[[str], None]
) -> AsyncIterator[None]:
    """Look after the lock for the time of the block, if it may be lost.

    Whoever finds that another service has it must `give_up`, with what to tell.
    """
    if tenure is None or not tenure.can_be_lost:
        yield
        return
    keeping = asyncio.create_task(_keep(tenure, give_up), name="keep the lock")
    try:
        yield
    finally:
        keeping.cancel()


async def _keep(tenure: Tenure, give_up: Callable[[str], None]) -> None:
    trouble = ToldOnce()
    while True:
        await asyncio.sleep(LOOK_EVERY.total_seconds())
        try:
            was_lost = await asyncio.to_thread(tenure.renew)
        except DatabaseInUse as error:
            _log.error("lock_lost", detail=str(error))
            give_up(tenure.explain_loss())
            return
        except StoreError as error:
            if trouble.is_news(str(error)):
                _log.warning("database_lost", detail=str(error))
            continue
        if trouble.end() or was_lost:
            _log.info("database_found", lock_taken_again=was_lost)
