"""What polls and decides by one configuration, from one reload to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from config.settings import Settings
from ingest.fetch.client import Transport
from ingest.pace.clock import due_on_start
from ingest.pace.health import Condition
from rekkas import compose
from rekkas.compose_push import (
    Surroundings,
    build_source_hubs,
    build_subscriptions,
)
from rekkas.poller import Poller
from rekkas.report import describe_decided
from rekkas.scheduler import Dispatcher, start_clock
from rekkas.seeing.control_room import ControlRoom
from rekkas.seeing.values import Backlog
from rekkas.source_hubs import SourceHubs
from rekkas.stretched import StretchedPolicies
from store.classify.decide import Rules
from store.database.engine import Database
from store.database.sources import SourceState
from store.errors import StoreError
from store.library import Library
from store.prepare import prepare_store
from store.redecide import decide_next
from store.remembering import health_of
from store.retag import retag_some
from store.subscriptions import Subscriptions

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What every generation works with; it outlives them."""

    database: Database
    library: Library
    readers: Executor
    clock: Callable[[], datetime]
    room: ControlRoom
    transport: Transport | None = None


class Generation:
    """The polls of the configured sources, and the deciding of stored articles.

    Start it with `begin`; whoever began it ends it.
    """

    def __init__(self, settings: Settings, means: Means) -> None:
        self.settings = settings
        self._means = means
        self._is_leaving = False
        self._poller: Poller
        self._dispatcher: Dispatcher
        self._stop_clock: Callable[[], None]
        self._deciding: asyncio.Task[None]
        self._listening: asyncio.Task[None] | None = None
        self.source_hubs: SourceHubs | None = None

    async def begin(self) -> None:
        """Make the configuration known to the store, and start polling.

        Raises:
            StoreError: nothing was started.
        """
        rules = compose.build_rules(self.settings)
        # In a thread: deciding the first articles takes a moment, and a signal is to be
        # heard meanwhile.
        await asyncio.to_thread(self._prepare, rules)
        due = await asyncio.to_thread(self._due)
        subscriptions = await asyncio.to_thread(
            build_subscriptions, self.settings, self._means.database
        )
        self._poller = self._build_poller(rules, subscriptions)
        poll = self._poller.poll
        if subscriptions is not None:
            poll = self._listen(subscriptions).poll
        self._dispatcher = Dispatcher(
            due,
            poll,
            clock=self._means.clock,
            woken=self._means.library.woken_sources,
            watchers=self._means.room.poll_watchers,
        )
        self._stop_clock = start_clock(self._dispatcher)
        self._deciding = asyncio.create_task(self._decide_rest(rules), name="decide")
        await self._dispatcher.dispatch()

    async def wait_for_snapshots(self, *, seconds: float) -> None:
        """Until what is read from disk is read, or for so long."""
        local = compose.local_sources(self.settings)
        await self._dispatcher.wait(local, seconds=seconds)

    def backlog(self) -> Backlog:
        """What waits to be polled."""
        return self._dispatcher.backlog()

    async def end(self) -> None:
        """Break off polls; what is being written is written whole."""
        self._stop_clock()
        self._is_leaving = True
        await asyncio.gather(self._dispatcher.stop(), self._deciding)
        if self.source_hubs is not None and self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
            await self.source_hubs.close()
        await self._poller.close()

    def _listen(self, subscriptions: Subscriptions) -> SourceHubs:
        """Let the hubs of sources bring their news."""
        means = self._means
        around = Surroundings(
            database=means.database, clock=means.clock, transport=means.transport
        )
        hubs = build_source_hubs(self.settings, self._poller, subscriptions, around)
        self._listening = asyncio.create_task(hubs.run(), name="ask hubs")
        self.source_hubs = hubs
        return hubs

    def _prepare(self, rules: Rules) -> None:
        names = compose.source_names(self.settings)
        now = self._means.clock()
        prepare_store(self._means.database, names, rules, now=now)

    def _due(self) -> Mapping[str, datetime]:
        states, now = self._means.library.source_states(), self._means.clock()
        enabled = compose.enabled_sources(self.settings)
        self._means.room.conditions.begin(
            {slug: _condition(states.get(slug), now) for slug in enabled}
        )
        return {slug: _due_at(states.get(slug), now) for slug in enabled}

    def _build_poller(
        self, rules: Rules, subscriptions: Subscriptions | None
    ) -> Poller:
        means = self._means
        recorder = compose.build_recorder(self.settings, means.database, rules)
        tools = compose.build_tools(
            self.settings.fetch,
            means.readers,
            clock=means.clock,
            transport=means.transport,
        )
        paces = compose.policies(self.settings)
        if subscriptions is not None:
            paces = StretchedPolicies(paces, subscriptions, means.clock)
        return compose.build_poller(
            self.settings,
            (recorder, means.library),
            tools,
            clock=means.clock,
            paces=paces,
        )

    async def _decide_rest(self, rules: Rules) -> None:
        """Bring changed tags and topics to what is stored, beside everything else.

        What is left when the service stops is done at its next start.
        """
        database = self._means.database
        try:
            while not self._is_leaving:
                if await asyncio.to_thread(retag_some, database, rules):
                    continue
                done = await asyncio.to_thread(
                    decide_next, database, rules, now=self._means.clock()
                )
                if done is None:
                    return
                _log.info("topics_decided", **describe_decided(done))
        except StoreError as error:
            _log.error("topics_not_decided", error=str(error))


def _condition(state: SourceState | None, now: datetime) -> Condition:
    return Condition.NEW if state is None else health_of(state, now).condition


def _due_at(state: SourceState | None, now: datetime) -> datetime:
    if state is None or state.pace is None:
        return datetime.min.replace(tzinfo=UTC)
    return due_on_start(state.pace.due_at, polled_at=state.last_polled_at, now=now)
