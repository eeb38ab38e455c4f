"""One source, once: poll it, keep what came, and tell how it went.

Polls run side by side on the event loop; everything they keep goes through one
writer thread, since a database has one writer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from ingest.fetch.request import SourceMemory
from ingest.pace.schedule import PollPolicy
from ingest.poll import PollOutcome, PollTools, poll_source
from ingest.source import Source
from store.errors import StoreError
from store.library import Library
from store.record import PollRecord, Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """How one poll went: what came, what was kept of it, and how long it took."""

    outcome: PollOutcome
    record: PollRecord
    seconds: float


class Poller:
    """Polls configured sources and records what they bring.

    `close` waits for the transaction that is being written, and drops what waits.
    """

    def __init__(
        self,
        sources: Mapping[str, Source],
        policies: Mapping[str, PollPolicy],
        *,
        tools: PollTools,
        store: tuple[Recorder, Library],
        clock: Callable[[], datetime],
    ) -> None:
        self._sources = sources
        self._policies = policies
        self._tools = tools
        self._recorder, self._library = store
        self._clock = clock
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")

    async def poll(self, slug: str) -> PollReport:
        """Poll one source and keep what it brought.

        Raises:
            StoreError: nothing was kept; the source is asked the same again.
        """
        loop = asyncio.get_running_loop()
        started = loop.time()
        memory = await loop.run_in_executor(self._writer, self._memory, slug)
        outcome = await poll_source(
            self._sources[slug], memory, self._tools, now=self._clock()
        )
        record = await loop.run_in_executor(self._writer, self._record, slug, outcome)
        return PollReport(outcome=outcome, record=record, seconds=loop.time() - started)

    def _memory(self, slug: str) -> SourceMemory:
        state = self._library.source_state(slug)
        if state is None:
            raise StoreError(f"the source {slug} is not in the database: start anew")
        return SourceMemory(
            validators=state.validators,
            validators_url=state.validators_url,
            body_digest=state.body_digest,
        )

    def _record(self, slug: str, outcome: PollOutcome) -> PollRecord:
        return self._recorder.record_poll(
            slug, outcome, policy=self._policies[slug], now=self._clock()
        )

    async def close(self) -> None:
        """Finish the transaction in hand and close every connection."""
        await asyncio.to_thread(self._writer.shutdown, cancel_futures=True)
        await self._tools.client.aclose()
