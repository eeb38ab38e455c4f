"""What polls and decides by one configuration, from one reload to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

import structlog

from config.settings import Settings
from ingest.fetch.client import Transport
from ingest.pace.clock import due_as_recorded
from ingest.pace.health import Condition
from ingest.pace.schedule import PollPolicy
from ingest.poll import PollTools
from rekkas import compose, configured_sources
from rekkas.compose_push import (
    Surroundings,
    build_source_hubs,
    build_subscriptions,
)
from rekkas.deciding import keep_deciding
from rekkas.poller import Poller
from rekkas.pruning import keep_pruning
from rekkas.report import describe_decided
from rekkas.scheduler import Dispatcher, start_clock
from rekkas.seeing.control_room import ControlRoom
from rekkas.seeing.values import Backlog
from rekkas.source_hubs import SourceHubs
from rekkas.stretched import StretchedPolicies
from store.catching_up import catch_up_some
from store.classify.decide import Rules
from store.database.engine import Database
from store.database.sources import SourceState
from store.library import Library
from store.prepare import prepare_store
from store.redecide import decide_next
from store.remembering import health_of
from store.retag import retag_some
from store.subscriptions import Subscriptions

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What every generation works with; it outlives them.

    `give_up` ends the service with a word to the operator.
    """

    database: Database
    library: Library
    readers: Executor
    clock: Callable[[], datetime]
    room: ControlRoom
    transport: Transport | None = None
    give_up: Callable[[str], None] = lambda _: None


class Part(Protocol):
    """What a process does by one configuration; whoever begins it ends it."""

    source_hubs: SourceHubs | None

    async def begin(self) -> None:
        """Begin.

        Raises:
            StoreError: nothing was started.
        """

    async def wait_for_snapshots(self, *, seconds: float) -> None:
        """Until what is read from disk is read, or for so long."""

    def backlog(self) -> Backlog:
        """What waits to be polled."""

    async def end(self) -> None:
        """Break off; what is being written is written whole."""


class Generation:
    """The polls of the configured sources, and the deciding of stored articles.

    Start it with `begin`; whoever began it ends it.
    """

    def __init__(self, settings: Settings, means: Means) -> None:
        self.settings = settings
        self._means = means
        self._leaving = asyncio.Event()
        self._poller: Poller
        self._dispatcher: Dispatcher
        self._stop_clock: Callable[[], None]
        self._beside: list[asyncio.Task[None]] = []
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
        await asyncio.to_thread(prepare, self.settings, self._means, rules)
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
        self._stop_clock = start_clock(
            self._dispatcher.look_for_woken, self._dispatcher.dispatch
        )
        self._beside = work_beside(self.settings, self._means, rules, self._leaving)
        await self._dispatcher.dispatch()

    async def wait_for_snapshots(self, *, seconds: float) -> None:
        """Until what is read from disk is read, or for so long."""
        local = configured_sources.local_sources(self.settings)
        await self._dispatcher.wait(local, seconds=seconds)

    def backlog(self) -> Backlog:
        """What waits to be polled."""
        return self._dispatcher.backlog()

    async def end(self) -> None:
        """Break off polls; what is being written is written whole."""
        self._stop_clock()
        self._leaving.set()
        await asyncio.gather(self._dispatcher.stop(), *self._beside)
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

    def _due(self) -> Mapping[str, datetime]:
        states, now = self._means.library.source_states(), self._means.clock()
        enabled = configured_sources.enabled_sources(self.settings)
        self._means.room.conditions.begin(
            {slug: _condition(states.get(slug), now) for slug in enabled}
        )
        return {slug: _due_at(states.get(slug), now) for slug in enabled}

    def _build_poller(
        self, rules: Rules, subscriptions: Subscriptions | None
    ) -> Poller:
        means = self._means
        paces = compose.policies(self.settings)
        if subscriptions is not None:
            paces = StretchedPolicies(paces, subscriptions, means.clock)
        tools = build_tools(self.settings, means)
        return build_poller(self.settings, means, tools, (rules, paces))


def build_tools(settings: Settings, means: Means) -> PollTools:
    """What the polls of one configuration work with."""
    return compose.build_tools(
        settings.fetch, means.readers, clock=means.clock, transport=means.transport
    )


def build_poller(
    settings: Settings,
    means: Means,
    tools: PollTools,
    rules: tuple[Rules, Mapping[str, PollPolicy]],
) -> Poller:
    """What polls by one configuration, with its rules and how often they allow it."""
    decided_by, paces = rules
    recorder = compose.build_recorder(settings, means.database, decided_by)
    return compose.build_poller(
        settings, (recorder, means.library), tools, clock=means.clock, paces=paces
    )


def prepare(settings: Settings, means: Means, rules: Rules) -> None:
    """Make the configuration known to the store.

    Raises:
        StoreError: nothing of it is known.
    """
    names = configured_sources.source_names(settings)
    prepare_store(means.database, names, rules, now=means.clock())


def work_beside(
    settings: Settings, means: Means, rules: Rules, leaving: asyncio.Event
) -> list[asyncio.Task[None]]:
    """Begin what is done with stored articles beside all else, until leaving."""
    return [
        asyncio.create_task(
            keep_deciding(partial(decide_some, settings, means, rules), leaving),
            name="decide",
        ),
        asyncio.create_task(
            keep_pruning(settings, means.database, leaving, clock=means.clock),
            name="prune",
        ),
    ]


def decide_some(settings: Settings, means: Means, rules: Rules) -> bool:
    """Bring a piece of what is stored up to date; whether there may be more."""
    if retag_some(means.database, rules):
        return True
    done = decide_next(means.database, rules, now=means.clock())
    if done is not None:
        _log.info("topics_decided", **describe_decided(done))
        return True
    return catch_up_some(means.database, compose.build_duplicate_rules(settings))


def _condition(state: SourceState | None, now: datetime) -> Condition:
    return Condition.NEW if state is None else health_of(state, now).condition


def _due_at(state: SourceState | None, now: datetime) -> datetime:
    if state is None or state.pace is None:
        return datetime.min.replace(tzinfo=UTC)
    return due_as_recorded(state.pace.due_at, polled_at=state.last_polled_at, now=now)
