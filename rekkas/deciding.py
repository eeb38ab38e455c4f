"""Work on what is stored, beside everything else, until none is left.

What the work is, its caller says; here is only how it goes on when the store fails.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import structlog

from store.errors import StoreError

_log = structlog.get_logger(__name__)

RETRY_AFTER = timedelta(seconds=30)
"""A full disk or a database that restarts is not better any sooner."""


async def keep_deciding(
    work: Callable[[], bool],
    leaving: asyncio.Event,
    *,
    retry_after: timedelta = RETRY_AFTER,
) -> None:
    """Do piece after piece in a thread while `work` says that more is left.

    Ends when the service is leaving; what is left then is done at its next start.
    """
    while not leaving.is_set():
        try:
            if not await asyncio.to_thread(work):
                return
        except StoreError as error:
            _log.error(
                "topics_not_decided",
                error=str(error),
                again_in_seconds=retry_after.total_seconds(),
            )
            await _wait(leaving, retry_after)


async def _wait(leaving: asyncio.Event, pause: timedelta) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(pause.total_seconds()):
            await leaving.wait()
