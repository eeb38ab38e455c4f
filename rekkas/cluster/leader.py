"""Offers what is due to the workers: one process at a time does, others stand by.

It takes the place of the dispatcher that polls in its own process, and is asked by the
same clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import structlog

from config.hosts import host_key
from rekkas.cluster.queue import PollJob, PollQueue, QueueTroubleError
from rekkas.seeing.values import Backlog
from rekkas.told_once import ToldOnce
from store.database.migrations import HEAD
from store.errors import StoreError
from store.leasing import Leases

MOST_WAITING = 500
"""Jobs that wait for a worker: as many as a beat of the clock can well add."""

_log = structlog.get_logger(__name__)


class Leader:
    """Offers each source's poll when it is due, and takes it back from the dead.

    `addresses` has the sources that are polled and where, None for a file; `rules`
    names the configuration.
    """

    def __init__(
        self,
        addresses: Mapping[str, str | None],
        leases: Leases,
        queue: PollQueue,
        *,
        rules: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._addresses = addresses
        self._leases = leases
        self._queue = queue
        self._rules = rules
        self._clock = clock
        self._backlog = Backlog()
        self._strangers: int | None = None
        self._trouble = ToldOnce()

    async def dispatch(self) -> None:
        """Offer what is due, is free and does not wait already."""
        try:
            await self._free_what_the_dead_had()
            await self._offer()
        except (QueueTroubleError, StoreError) as error:
            if self._trouble.is_news(str(error)):
                _log.warning("polls_not_offered", problem=str(error))
        else:
            self._trouble.end()

    def backlog(self) -> Backlog:
        """What was due and waited at the last beat."""
        return self._backlog

    async def _free_what_the_dead_had(self) -> None:
        sources = await self._queue.take_from_the_dead()
        if sources:
            await asyncio.to_thread(self._leases.free, sources)
            _log.warning("worker_died", sources=sorted(sources))

    async def _offer(self) -> None:
        waiting = await self._queue.waiting()
        free = await asyncio.to_thread(self._find_free)
        polls = [
            PollJob(source=slug, host=host_of(address), rules=self._rules, tables=HEAD)
            for slug, address in free
            if slug not in waiting
        ]
        room = max(MOST_WAITING - len(waiting), 0)
        # What waits already was offered by another leader; it is seen at the next beat.
        await self._queue.offer(polls[:room])
        self._backlog = Backlog(due=len(waiting) + len(polls))

    def _find_free(self) -> Sequence[tuple[str, str | None]]:
        """Sources that are due, with their addresses.

        One that is no longer polled stays due for ever, so as many more are looked at.
        """
        if self._strangers is None:
            self._strangers = self._leases.count_unknown(self._addresses)
        most = 2 * MOST_WAITING + self._strangers
        found = self._leases.find_free(self._clock(), most=most)
        return [
            (slug, address or self._addresses[slug])
            for slug, address in found
            if slug in self._addresses
        ]


def host_of(address: str | None) -> str:
    """The host that takes turns; "" for a file."""
    return host_key(urlsplit(address).hostname or "") if address else ""
