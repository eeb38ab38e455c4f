"""The clock: one job a second that starts the polls that are due.

APScheduler keeps the beat; which source is due is read off the due times that each
poll leaves behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from ingest.fetch.host_book import HostResting
from ingest.pace.clock import (
    RETRY_AFTER_TROUBLE,
    after_setback,
    choose_due,
    due_as_recorded,
    is_out_of_reach,
    wait_after_loss,
)
from rekkas.poll_log import log_poll
from rekkas.poller import AnswerLostError, PollReport
from rekkas.seeing.values import Backlog
from store.errors import StoreError

_BEAT = timedelta(seconds=1)
_STARTS_A_BEAT = 50  # a thousand sources that are due at once take twenty seconds

_log = structlog.get_logger(__name__)


class PollWatcher(Protocol):
    """Who is told how polls end; it must not wait for anything."""

    def polled(self, report: PollReport) -> None:
        """A poll was made, and what it brought is kept."""

    def postponed(self) -> None:
        """A poll was not made, as its host is to be left alone."""

    def lost(self, problem: str) -> None:
        """Nothing was kept of a poll, as the store is in trouble."""


class Dispatcher:
    """Starts each source's poll when it is due, and never twice at a time."""

    def __init__(
        self,
        due: Mapping[str, datetime],
        poll: Callable[[str], Awaitable[PollReport]],
        *,
        clock: Callable[[], datetime],
        woken: Callable[[], frozenset[str]] = frozenset,
        watchers: Sequence[PollWatcher] = (),
    ) -> None:
        self._due = dict(due)
        self._poll = poll
        self._clock = clock
        self._now: datetime | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._find_woken = woken
        self._woken: frozenset[str] = frozenset()
        self._watchers = watchers
        self._began_at: datetime | None = None

    async def dispatch(self) -> None:
        """Start what is due and not running."""
        now = self._look_at_clock()
        self._began_at = self._began_at or now
        for slug in choose_due(self._due, self._running, now=now, most=_STARTS_A_BEAT):
            self._start(slug, now)

    def _look_at_clock(self) -> datetime:
        """The time; where the clock was set back all that is due moves with it."""
        now = self._clock()
        moved = after_setback(self._due, before=self._now or now, now=now)
        if moved is not self._due:
            self._due = dict(moved)
        self._now = now
        return now

    async def look_for_woken(self) -> None:
        """Make due at once what the operator has woken since the last look.

        Only once each: a host that is to be left alone decides when it is asked.
        """
        try:
            woken = await asyncio.to_thread(self._find_woken)
        except StoreError as error:
            _log.debug("woken_not_found", problem=str(error))
            return
        # What is being polled may have been asked before it was woken: look again.
        fresh = (woken - self._woken - self._running.keys()) & self._due.keys()
        for slug in fresh:
            _log.info("source_woken", source=slug)
            self._due[slug] = self._clock()
        self._woken = frozenset(woken & (self._woken | fresh))

    def _start(self, slug: str, now: datetime) -> None:
        # Until the poll says better: whatever becomes of it, it is not asked at once.
        self._due[slug] = now + RETRY_AFTER_TROUBLE
        task = asyncio.create_task(self._run(slug), name=f"poll {slug}")
        self._running[slug] = task
        # Called for a task, too, that is cancelled before its first step.
        task.add_done_callback(lambda _: self._running.pop(slug))

    async def _run(self, slug: str) -> None:
        try:
            report = await self._poll(slug)
        except StoreError as error:
            _log.error("record_failed", source=slug, problem=str(error))
            for watcher in self._watchers:
                watcher.lost(str(error))
            times = error.times if isinstance(error, AnswerLostError) else 0
            self._due[slug] = self._look_at_clock() + wait_after_loss(times)
        except HostResting as resting:
            _log.debug("poll_postponed", source=slug, until=resting.until.isoformat())
            for watcher in self._watchers:
                watcher.postponed()
            self._due[slug] = resting.until
        else:
            record = report.record
            self._due[slug] = due_as_recorded(
                record.due_at, polled_at=record.polled_at, now=self._look_at_clock()
            )
            log_poll(report)
            for watcher in self._watchers:
                watcher.polled(report)

    def backlog(self) -> Backlog:
        """What is due and waits, and what is being polled."""
        now = self._clock()
        # What was never polled is due since the beginning of time: it waits since ours.
        began = self._began_at or now
        waiting = [due for due in self._due.values() if due <= now]
        oldest = max(min(waiting, default=now), began)
        return Backlog(
            running=len(self._running),
            due=len(waiting),
            oldest_seconds=max((now - oldest).total_seconds(), 0),
        )

    async def wait(
        self, slugs: Collection[str] | None = None, *, seconds: float | None = None
    ) -> None:
        """Until the polls of these sources, or all, have ended; or for so long."""
        running = [
            task
            for slug, task in self._running.items()
            if slugs is None or slug in slugs
        ]
        if running:
            await asyncio.wait(running, timeout=seconds)

    async def stop(self) -> None:
        """Break off every poll; what is being written is written whole."""
        for task in self._running.values():
            task.cancel()
        await self.wait()


def start_clock(
    *jobs: Callable[[], Awaitable[None]],
    every: timedelta = _BEAT,
    wall: Callable[[timezone], datetime] = datetime.now,
) -> Callable[[], None]:
    """Do each job every second from now on; what comes back stops the clock.

    A beat that comes late is made up for once: a poll is due until it is done. `wall`
    is the machine's clock, as APScheduler asks it.
    """
    clock = AsyncIOScheduler(timezone="UTC")
    for job in jobs:
        clock.add_job(
            job,
            _Beat(every),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    clock.start()
    keeping = asyncio.create_task(
        _keep_beating(clock, every, wall), name="keep the beat"
    )

    def stop() -> None:
        keeping.cancel()
        clock.shutdown(wait=False)

    return stop


class _Beat(BaseTrigger):  # type: ignore[misc] # the library has no types
    """So long from now, whatever was missed.

    APScheduler's own interval counts every beat that a clock set ahead has missed: a
    quarter of a million in three days, while nothing else is done.
    """

    def __init__(self, every: timedelta) -> None:
        self._every = every

    def get_next_fire_time(self, _last: datetime | None, now: datetime) -> datetime:
        """The beat after the last one."""
        return now + self._every


async def _keep_beating(
    clock: AsyncIOScheduler, every: timedelta, wall: Callable[[timezone], datetime]
) -> None:
    """Let the clock go on when the machine's is set back.

    APScheduler would wait until the time of the next beat has come again, for hours;
    the sleep is measured by a clock that nobody sets.
    """
    while True:
        await asyncio.sleep(every.total_seconds())
        now = wall(UTC)
        for job in clock.get_jobs():
            if is_out_of_reach(job.next_run_time, every=every, now=now):
                job.modify(next_run_time=now)
