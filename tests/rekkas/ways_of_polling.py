"""The two ways in which due polls are made, to be held to the same rules.

`embedded` is a dispatcher that polls in its own process, `cluster` a leader and two
workers on a queue. Sources and what is remembered of them are in a real database.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol

from config.settings import FetchSettings
from ingest.fetch.host_book import HostBook
from rekkas.cluster.leader import Leader
from rekkas.cluster.queue import PollQueue
from rekkas.cluster.spacing import SharedSpacing
from rekkas.cluster.worker import Tools, Worker
from rekkas.poller import PollReport
from rekkas.scheduler import Dispatcher
from store.leasing import Leases
from tests.factories import NOW, make_polled
from tests.store.conftest import Shelf

ADDRESSES: Mapping[str, str | None] = {
    "yabiladi": "https://www.yabiladi.com/feed",
    "daily8": "https://daily8.example/feed",
}
RULES = "ours"
TRIES = 400


class Polls:
    """A poll that keeps what came in the store, or fails as it is told to."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.now = NOW
        self.asked: list[str] = []
        self.troubles: dict[str, Exception] = {}
        self.most_at_once = 0
        self._running = 0

    def clock(self) -> datetime:
        """The time of the test."""
        return self.now

    async def __call__(self, slug: str) -> PollReport:
        self.asked.append(slug)
        self._running += 1
        self.most_at_once = max(self.most_at_once, self._running)
        await asyncio.sleep(0)
        self._running -= 1
        if slug in self.troubles:
            raise self.troubles[slug]
        outcome = make_polled()
        record = await asyncio.to_thread(
            self.shelf.record_outcome, outcome, source=slug, now=self.now
        )
        return PollReport(outcome=outcome, record=record, seconds=0.0)


class Way(Protocol):
    """A way of polling."""

    async def beat(self) -> None:
        """Let the clock beat, and all that it starts be done."""


class Embedded:
    """The dispatcher of `rekkas run`."""

    def __init__(self, polls: Polls) -> None:
        # Nothing was polled yet: all is due since a day.
        self._dispatcher = Dispatcher(
            dict.fromkeys(ADDRESSES, polls.now - timedelta(days=1)),
            polls,
            clock=polls.clock,
            woken=polls.shelf.library.woken_sources,
        )

    async def beat(self) -> None:
        """Dispatch, and wait until every poll is over."""
        await self._dispatcher.look_for_woken()
        await self._dispatcher.dispatch()
        await self._dispatcher.wait()


class Cluster:
    """The leader of `rekkas schedule` and what two `rekkas worker` do."""

    def __init__(self, polls: Polls, queue: PollQueue) -> None:
        self.queue = queue
        self.leader = Leader(
            ADDRESSES,
            self._leases(polls, "leader"),
            queue,
            rules=RULES,
            clock=polls.clock,
        )
        self.workers = [self._build_worker(polls, name) for name in ("one", "other")]

    def _build_worker(self, polls: Polls, name: str) -> Worker:
        leases = self._leases(polls, name)
        return Worker(
            Tools(
                rules=RULES,
                poll=polls,
                leases=leases,
                hosts=HostBook(FetchSettings(), clock=polls.clock),
                spacing=SharedSpacing(leases, timedelta(0), polls.clock),
                clock=polls.clock,
            )
        )

    @staticmethod
    def _leases(polls: Polls, name: str) -> Leases:
        return Leases(polls.shelf.database, worker=name)

    async def beat(self) -> None:
        """Offer what is due, and wait until the queue is empty and nothing is done."""
        await self.leader.dispatch()
        await until_done(self.queue)


async def until_done(queue: PollQueue) -> None:
    """Wait until no job is left."""
    for _ in range(TRIES):
        if await queue.count() == 0:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("jobs are left")


@asynccontextmanager
async def embedded(polls: Polls, _: str) -> AsyncIterator[Way]:
    """One process."""
    yield Embedded(polls)


@asynccontextmanager
async def cluster(polls: Polls, url: str) -> AsyncIterator[Cluster]:
    """A leader and two workers at work."""
    stop = asyncio.Event()
    async with PollQueue(url) as queue, PollQueue(url) as one, PollQueue(url) as other:
        await queue.make_tables()
        made = Cluster(polls, queue)
        working = [
            asyncio.create_task(each.work(worker.make, at_once=4, stop=stop))
            for each, worker in zip((one, other), made.workers, strict=True)
        ]
        try:
            yield made
        finally:
            stop.set()
            await asyncio.gather(*working)
