"""What a process of many does by one configuration: lead, or work."""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import structlog

from config.settings import Settings
from rekkas import compose, configured_sources
from rekkas.cluster.leader import Leader
from rekkas.cluster.leadership import Leadership
from rekkas.cluster.queue import PollQueue, QueueTroubleError
from rekkas.cluster.spacing import SharedSpacing
from rekkas.cluster.worker import Tools, Worker
from rekkas.generation import Means, build_poller, build_tools, prepare, work_beside
from rekkas.idle import Idle
from rekkas.poller import Poller
from rekkas.scheduler import start_clock
from rekkas.seeing.values import Backlog
from rekkas.told_once import ToldOnce
from store.database.migrations import HEAD
from store.errors import DatabaseUnavailable
from store.leasing import Leases

_PAUSE_SECONDS = 2.0  # while the queue cannot be reached
_WORKED_SECONDS = 30.0  # a try in vain is over sooner
_PAUSE_OF_STRANGERS_SECONDS = 10.0  # all read the same file, some a moment later
_DECIDING = ("sources", "tags", "boilerplate", "topics", "searches", "duplicates")

__all__ = ["Leadership", "Leading", "Working"]

_log = structlog.get_logger(__name__)


class Leading(Idle):
    """What `rekkas schedule` does once it leads: decide, and offer what is due.

    Until then it stands by.
    """

    def __init__(
        self, settings: Settings, means: Means, leadership: Leadership
    ) -> None:
        super().__init__(settings, means)
        self._leadership = leadership
        self._queue = PollQueue(str(settings.storage.url))
        self._leaving = asyncio.Event()
        self._leader: Leader | None = None
        self._beside: list[asyncio.Task[None]] = []
        self._stop_clock: Callable[[], None]
        self._trouble = ToldOnce()

    async def begin(self) -> None:
        """Ask every second whether it leads, and then for what is due."""
        await self._queue.__aenter__()
        self._stop_clock = start_clock(self.dispatch)
        await self.dispatch()

    async def dispatch(self) -> None:
        """Offer what is due, if it leads."""
        if not await asyncio.to_thread(self._leadership.is_mine):
            await self._stand_back()
            return
        try:
            leader = self._leader or await self._take_over()
        except (QueueTroubleError, DatabaseUnavailable) as error:
            if self._trouble.is_news(str(error)):
                _log.warning("polls_not_offered", problem=str(error))
            return
        self._trouble.end()
        await leader.dispatch()

    def backlog(self) -> Backlog:
        """What is due and waits for a worker."""
        return self._leader.backlog() if self._leader else Backlog()

    async def end(self) -> None:
        """Offer no more; whoever leads next goes on with what is offered."""
        self._stop_clock()
        await self._stand_back()
        await self._queue.__aexit__(None, None, None)

    async def _take_over(self) -> Leader:
        settings, means = self.settings, self.means
        rules = compose.build_rules(settings)
        await self._queue.make_tables()
        await self._queue.withdraw_others(rules=digest_of(settings), tables=HEAD)
        await asyncio.to_thread(prepare, settings, means, rules)
        self._leaving.clear()
        self._beside = work_beside(settings, means, rules, self._leaving)
        self._leader = Leader(
            configured_sources.polled_addresses(settings),
            _leases(self.means),
            self._queue,
            rules=digest_of(settings),
            clock=means.clock,
        )
        return self._leader

    async def _stand_back(self) -> None:
        self._leader = None
        self._leaving.set()
        await asyncio.gather(*self._beside)
        self._beside = []


class Working(Idle):
    """What `rekkas worker` does: poll what is offered, so many at a time."""

    def __init__(self, settings: Settings, means: Means) -> None:
        super().__init__(settings, means)
        self._leaving = asyncio.Event()
        self._poller: Poller
        self._worker: Worker
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        """Take what is offered from now on."""
        self._poller, self._worker = await asyncio.to_thread(self._build)
        self._tasks = [
            asyncio.create_task(self._work(), name="take jobs"),
            asyncio.create_task(self._give_up_when_outdated(), name="outdated"),
        ]

    async def end(self) -> None:
        """Finish what has begun, within three seconds, and give back the rest."""
        self._leaving.set()
        self._worker.is_to_pause.set()
        working, watching = self._tasks
        watching.cancel()
        await asyncio.wait([working, watching])
        await self._poller.close()

    def _build(self) -> tuple[Poller, Worker]:
        settings, means = self.settings, self.means
        leases = _leases(means)
        spacing = SharedSpacing(leases, settings.fetch.per_host.spacing, means.clock)
        limits = compose.build_limits(settings.fetch, spacing.wait)
        tools = replace(build_tools(settings, means), limits=limits)
        rules = (compose.build_rules(settings), compose.policies(settings))
        poller = build_poller(settings, means, tools, rules)
        worker = Worker(
            Tools(
                rules=digest_of(settings),
                poll=poller.poll,
                leases=leases,
                hosts=tools.hosts,
                spacing=spacing,
                clock=means.clock,
                watchers=means.room.poll_watchers,
            )
        )
        return poller, worker

    async def _work(self) -> None:
        """Take jobs until the end, however often the queue is lost."""
        told, clock = "", asyncio.get_running_loop()
        while not self._leaving.is_set():
            began = clock.time()
            try:
                await self._take_jobs()
            except QueueTroubleError as error:
                if str(error) != told or clock.time() - began > _WORKED_SECONDS:
                    told = str(error)
                    _log.warning("queue_awaited", problem=told)
                await self._pause(_PAUSE_SECONDS)
            else:
                told = ""
                await self._pause(_PAUSE_OF_STRANGERS_SECONDS)

    async def _take_jobs(self) -> None:
        """Take jobs until the end, or until one shows that others are to take them."""
        worker = self._worker
        if not self._leaving.is_set():
            worker.is_to_pause.clear()
        async with PollQueue(str(self.settings.storage.url)) as queue:
            await queue.work(
                worker.make,
                at_once=self.settings.fetch.concurrency,
                stop=worker.is_to_pause,
            )

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._leaving.wait()

    async def _give_up_when_outdated(self) -> None:
        await self._worker.is_outdated.wait()
        self.means.give_up(
            "this worker is of another version than the scheduler: install the same "
            "rekkas everywhere"
        )


def _leases(means: Means) -> Leases:
    return Leases(means.database, worker=f"{socket.gethostname()} {os.getpid()}")


def digest_of(settings: Settings) -> str:
    """Tells apart configurations by which articles would be decided otherwise."""
    written = settings.model_dump_json(include=set(_DECIDING))
    return hashlib.sha256(written.encode()).hexdigest()[:16]
