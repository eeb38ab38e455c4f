"""One worker of many: polls the sources that the queue hands out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from ingest.fetch.host_book import HostBook, HostResting
from ingest.pace.clock import wait_after_loss
from ingest.registrable_domain import registrable_domain
from rekkas.cluster.queue import PollJob
from rekkas.cluster.spacing import SharedSpacing
from rekkas.poll_log import log_poll
from rekkas.poller import AnswerLostError, PollReport
from rekkas.scheduler import PollWatcher
from store.database.migrations import HEAD
from store.errors import StoreError
from store.leasing import Leases, Turn

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a worker works with.

    `rules` names its configuration, `spacing` keeps requests to one host apart over
    all workers.
    """

    rules: str
    poll: Callable[[str], Awaitable[PollReport]]
    leases: Leases
    hosts: HostBook
    spacing: SharedSpacing
    clock: Callable[[], datetime]
    watchers: Sequence[PollWatcher] = ()


class Worker:
    """Makes the polls of configured sources when a lease allows it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.is_outdated = asyncio.Event()
        """Set when a job came from a service of another version."""

        self.is_to_pause = asyncio.Event()
        """Set when a job came from a service of another configuration."""

        self._told_of: str | None = None  # the configuration that differs

    async def make(self, job: PollJob) -> None:
        """Poll the source of the job, if it is due and no other worker polls it.

        Whatever becomes of it, its job is over: a source is offered again when it is
        due, or when its lease has ended.
        """
        if job.tables != HEAD:
            _log.error("worker_outdated", tables=HEAD, wanted=job.tables)
            self.is_outdated.set()
            return
        try:
            await self._make(job)
        except StoreError as error:
            self._tell_lost(job.source, error)

    async def _make(self, job: PollJob) -> None:
        tools = self._tools
        if job.rules != tools.rules:
            # What it would record, nobody would decide anew by the right topics.
            self._leave_to_others(job)
            return
        self._told_of = None
        turn = await asyncio.to_thread(self._take, job)
        if turn is None:
            return
        until = None
        try:
            until = await self._poll_in(turn, job)
        finally:
            await asyncio.shield(asyncio.to_thread(self._leave, job, until))

    def _leave_to_others(self, job: PollJob) -> None:
        """Take no more for now: what it takes and does not poll, others cannot."""
        self.is_to_pause.set()
        if self._told_of != job.rules:
            self._told_of = job.rules
            _log.warning("configuration_differs", source=job.source)

    async def _poll_in(self, turn: Turn, job: PollJob) -> datetime | None:
        """Poll; until when the source is to be left alone beyond what is kept of it."""
        tools, source = self._tools, job.source
        tools.hosts.remember(turn.hosts)
        await asyncio.sleep((turn.starts_at - tools.clock()).total_seconds())
        try:
            with tools.spacing.taken(job.host):
                report = await tools.poll(source)
        except HostResting as resting:
            for watcher in tools.watchers:
                watcher.postponed()
            return resting.until
        except StoreError as error:
            self._tell_lost(source, error)
            times = error.times if isinstance(error, AnswerLostError) else 0
            return tools.clock() + wait_after_loss(times)
        log_poll(report)
        for watcher in tools.watchers:
            watcher.polled(report)
        return None

    def _tell_lost(self, source: str, error: StoreError) -> None:
        _log.error("record_failed", source=source, problem=str(error))
        for watcher in self._tools.watchers:
            watcher.lost(str(error))

    def _take(self, job: PollJob) -> Turn | None:
        tools = self._tools
        hosts = [job.host, registrable_domain(job.host)] if job.host else []
        return tools.leases.take(
            job.source, hosts, spacing=tools.spacing.span, now=tools.clock()
        )

    def _leave(self, job: PollJob, until: datetime | None) -> None:
        leases, now = self._tools.leases, self._tools.clock()
        leases.give_back(job.source, job.host or None, now=now)
        if until is not None and until > now:
            leases.postpone(job.source, until)
