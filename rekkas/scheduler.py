"""The clock: one job a second that starts the polls that are due.

APScheduler keeps the beat; which source is due is read off the due times that each
poll leaves behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from rekkas.poller import PollReport
from rekkas.report import describe
from store.errors import StoreError

RETRY_AFTER_TROUBLE = timedelta(minutes=1)
"""How long a source waits when what it brought could not be kept."""

_log = structlog.get_logger(__name__)


class Dispatcher:
    """Starts each source's poll when it is due, and never twice at a time."""

    def __init__(
        self,
        due: Mapping[str, datetime],
        poll: Callable[[str], Awaitable[PollReport]],
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._due = dict(due)
        self._poll = poll
        self._clock = clock
        self._running: dict[str, asyncio.Task[None]] = {}

    async def dispatch(self) -> None:
        """Start what is due and not running."""
        now = self._clock()
        for slug, due_at in self._due.items():
            if due_at <= now and slug not in self._running:
                task = asyncio.create_task(self._run(slug), name=f"poll {slug}")
                self._running[slug] = task

    async def _run(self, slug: str) -> None:
        try:
            report = await self._poll(slug)
        except StoreError as error:
            _log.error("record_failed", source=slug, problem=str(error))
            self._due[slug] = self._clock() + RETRY_AFTER_TROUBLE
        except Exception:  # noqa: BLE001 - the outermost loop: a bug stops one source
            _log.error("poll_crashed", source=slug, exc_info=True)
            self._due[slug] = self._clock() + RETRY_AFTER_TROUBLE
        else:
            self._due[slug] = report.record.due_at
            _tell(report)
        finally:
            self._running.pop(slug, None)

    async def wait(self) -> None:
        """Until every poll that is running has ended."""
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def stop(self) -> None:
        """Break off every poll; what is being written is written whole."""
        for task in self._running.values():
            task.cancel()
        await self.wait()


def _tell(report: PollReport) -> None:
    facts = describe(report)
    counts = {name: facts[name] for name in ("new", "revised", "duplicates")}
    if facts["failure"]:
        _log.warning("poll_failed", source=facts["source"], **facts["failure"])
    else:
        seconds = round(report.seconds, 2)
        _log.info(
            "source_polled",
            source=facts["source"],
            outcome=facts["outcome"],
            duration_seconds=seconds,
            **counts,
        )
    if facts["left_out"]:
        _log.warning(
            "entries_left_out", source=facts["source"], reasons=facts["left_out"][:5]
        )


def start_clock(dispatcher: Dispatcher) -> AsyncIOScheduler:
    """Dispatch at once and then every second; the caller shuts the clock down.

    A beat that comes late is made up for once: a poll is due until it is done.
    """
    clock = AsyncIOScheduler(timezone="UTC")
    clock.add_job(
        dispatcher.dispatch,
        "interval",
        seconds=1,
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    clock.start()
    return clock
