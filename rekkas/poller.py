"""One source, once: poll it, keep what came, and tell how it went.

Polls run side by side on the event loop; everything they keep goes through one
writer thread, since a database has one writer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from ingest.entry import EntryDigest
from ingest.fetch.client import PROJECT_URL
from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed
from ingest.fetch.request import SourceMemory
from ingest.large_documents import Room
from ingest.pace.host_budget import HostState
from ingest.pace.schedule import PollPolicy
from ingest.poll import Polled, PollOutcome, PollTools, read_delivered
from ingest.poll_candidates import poll_addresses
from ingest.source import Source
from store.errors import StoreError
from store.library import Library
from store.record import PollRecord, Recorder
from store.remembering import memory_of

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """How one poll went: what came, what was kept of it, and how long it took."""

    outcome: PollOutcome
    record: PollRecord
    seconds: float


class AnswerLostError(StoreError):
    """What a source answered was not kept, for the last of so many `times` in a row."""

    def __init__(self, problem: str, *, times: int) -> None:
        super().__init__(problem)
        self.times = times


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
        self._room = Room()
        self._losses: dict[str, int] = {}  # answers in a row that were not kept
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")

    async def poll(self, slug: str) -> PollReport:
        """Poll one source and keep what it brought.

        A bug that shows on the way is logged and counts as a failure of this source,
        which is then asked less and less often, like any source that fails.

        Raises:
            AnswerLostError: nothing was kept; the source is to be asked the same again.
            StoreError: nothing was asked, as nothing could be kept.
            HostResting: nothing was asked, as the source's host is to be left alone.
        """
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            outcome, record = await self._poll(slug)
        except (StoreError, HostResting):
            raise
        except Exception as error:  # noqa: BLE001 - the outermost loop of a poll
            _log.error("poll_crashed", source=slug, exc_info=True)
            outcome = crashed(error)
            with self._counting_losses(slug):
                record = await self._keep(slug, outcome)
        return PollReport(outcome=outcome, record=record, seconds=loop.time() - started)

    async def _poll(self, slug: str) -> tuple[PollOutcome, PollRecord]:
        loop = asyncio.get_running_loop()
        memory = await loop.run_in_executor(self._writer, self._memory, slug)
        with self._counting_losses(slug):
            async with self._room.admission() as admission:
                outcome = await poll_addresses(
                    self._sources[slug],
                    memory,
                    replace(self._tools, admission=admission),
                    self._known_entries,
                )
                return outcome, await self._keep(slug, outcome)

    @property
    def max_body_bytes(self) -> int:
        """The most that a document may be."""
        return self._tools.bounds.max_body_bytes

    async def take(self, slug: str, fetched: Fetched) -> PollOutcome:
        """Keep what came of a source without asking; nothing else of it changes.

        Raises:
            StoreError: nothing was kept.
        """
        async with self._room.admission() as admission:
            outcome = await read_delivered(
                self._sources[slug],
                fetched,
                replace(self._tools, admission=admission),
                self._known_entries,
                now=self._clock(),
            )
        if isinstance(outcome, Polled):
            await asyncio.get_running_loop().run_in_executor(
                self._writer, self._record_delivery, slug, outcome
            )
        return outcome

    def _record_delivery(self, slug: str, brought: Polled) -> None:
        self._recorder.record_delivery(slug, brought, now=self._clock())

    @contextmanager
    def _counting_losses(self, slug: str) -> Iterator[None]:
        """Tell how often in a row an answer of the source could not be kept."""
        try:
            yield
        except StoreError as error:
            times = self._losses.get(slug, 0) + 1
            self._losses[slug] = times
            raise AnswerLostError(str(error), times=times) from error
        else:
            self._losses.pop(slug, None)

    async def _keep(self, slug: str, outcome: PollOutcome) -> PollRecord:
        loop = asyncio.get_running_loop()
        hosts = self._tools.hosts.take_changes()
        try:
            return await loop.run_in_executor(
                self._writer, self._record, slug, outcome, hosts
            )
        except StoreError:
            self._tools.hosts.keep_for_later(hosts)
            raise

    def _memory(self, slug: str) -> SourceMemory:
        if slug in self._losses:
            self._recorder.try_to_keep(slug)  # asked in vain is a request too many
        state = self._library.source_state(slug)
        if state is None:
            raise StoreError(f"the source {slug} is not in the database: start anew")
        return memory_of(state, self._sources[slug], now=self._clock())

    async def _known_entries(self, slug: str) -> frozenset[EntryDigest]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._writer, self._library.known_entries, slug
        )

    def _record(
        self, slug: str, outcome: PollOutcome, hosts: Mapping[str, HostState]
    ) -> PollRecord:
        self._recorder.record_hosts(hosts)
        return self._recorder.record_poll(
            slug, outcome, policy=self._policies[slug], now=self._clock()
        )

    async def close(self) -> None:
        """Finish the transaction in hand and close every connection."""
        await asyncio.to_thread(self._writer.shutdown, cancel_futures=True)
        await self._tools.client.aclose()


def crashed(error: Exception) -> FetchFailed:
    """What comes of a source over which rekkas itself failed."""
    return FetchFailed(
        kind=FailureKind.BUG,
        detail=f"rekkas failed on what this source returned ({type(error).__name__}: "
        f"{error}). Please report it at {PROJECT_URL}/issues with the log.",
    )
