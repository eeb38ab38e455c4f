"""How far apart a host is asked by all workers together, wherever a poll leads.

A poll takes its source's host by a lease, its first request included. What it asks
beyond that (redirects, robots.txt, pages of entries) is noted in the store, one by one.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog

from config.hosts import host_key
from store.errors import StoreError
from store.leasing import Leases

_log = structlog.get_logger(__name__)


class SharedSpacing:
    """Waits for each host's turn over all workers; `span` is from one to the next."""

    def __init__(
        self, leases: Leases, span: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self.span = span
        self._leases = leases
        self._clock = clock
        self._taken: set[str] = set()
        self._waiting: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @contextmanager
    def taken(self, host: str) -> Iterator[None]:
        """A poll whose lease covers its first request to the host; "" for a file."""
        self._taken.add(host)
        try:
            yield
        finally:
            self._taken.discard(host)

    async def wait(self, host: str) -> None:
        """Until the host may be asked, which is noted for the others.

        Without a store it is at once: what was asked could not be kept either, and
        this worker keeps the spacing of its own.
        """
        key = host_key(host)
        if key in self._taken:
            self._taken.discard(key)
            return
        async with self._waiting[key]:  # one turn of a host at a time is taken ahead
            await self._wait(key)

    async def _wait(self, key: str) -> None:
        try:
            starts_at = await asyncio.to_thread(
                self._leases.ask_host, key, spacing=self.span, now=self._clock()
            )
        except StoreError as error:
            _log.debug("spacing_not_shared", host=key, problem=str(error))
            return
        await asyncio.sleep((starts_at - self._clock()).total_seconds())
