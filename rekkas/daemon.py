"""The service: poll what is due and serve what is published, in one event loop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import UTC, datetime

import structlog

from config.settings import Settings
from ingest.fetch.client import Transport
from ingest.pace.clock import due_on_start
from publish.web.app import build_app
from rekkas import compose
from rekkas.connections import ConnectionLimits
from rekkas.leaving import leave_within
from rekkas.poller import Poller
from rekkas.report import describe_decided
from rekkas.scheduler import Dispatcher, start_clock
from rekkas.serving import Server, build_server
from store.classify.decide import Rules
from store.database.engine import Database
from store.database.sources import SourceState
from store.errors import StoreError
from store.library import Library
from store.prepare import prepare_store
from store.redecide import decide_next
from store.retag import retag_some

_FIRST_READING_SECONDS = 1.5  # a reader's first answer waits no longer
_STOP_SECONDS = 4.5  # of the five that a stop may take, with some air
_LEFTOVERS_SECONDS = 0.5  # for the loop to close, once all is kept

_log = structlog.get_logger(__name__)


class Service:
    """Everything that runs, from the first poll to the last answer.

    It closes the database when it ends, whatever ends it.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        listener: socket.socket,
        *,
        clock: Callable[[], datetime],
        transport: Transport | None = None,
    ) -> None:
        self._settings = settings
        self._database = database
        self._listener = listener
        self._clock = clock
        self._transport = transport
        self._library = Library(database)
        self._is_leaving = False

    async def run(self, stop: asyncio.Event) -> None:
        """Poll and serve until told to stop; nothing is left half-written."""
        with (
            self._database,
            compose.build_readers(self._settings.fetch.reading) as readers,
        ):
            rules = compose.build_rules(self._settings)
            await self._prepare(rules)
            poller = self._build_poller(rules, readers)
            dispatcher = Dispatcher(
                self._due(),
                poller.poll,
                clock=self._clock,
                woken=self._library.woken_sources,
            )
            clock = start_clock(dispatcher)
            deciding = asyncio.create_task(self._decide_rest(rules), name="decide")
            try:
                await dispatcher.dispatch()
                # Read from disk in a moment: no reader need meet feeds without it.
                local = compose.local_sources(self._settings)
                await dispatcher.wait(local, seconds=_FIRST_READING_SECONDS)
                await self._serve(stop)
            finally:
                clock.shutdown(wait=False)
                self._is_leaving = True
                await asyncio.gather(dispatcher.stop(), deciding)
                await poller.close()

    async def _serve(self, stop: asyncio.Event) -> None:
        """Answer readers until told to stop."""
        server = self._build_server()
        serving = asyncio.create_task(
            server.serve(sockets=[self._listener]), name="serve"
        )
        try:
            await _first(stop, serving)
        finally:
            server.should_exit = True
            await serving

    async def _prepare(self, rules: Rules) -> None:
        # In a thread: deciding the first articles takes a moment, and a signal is to be
        # heard meanwhile.
        names = compose.source_names(self._settings)
        now = self._clock()
        await asyncio.to_thread(prepare_store, self._database, names, rules, now=now)

    async def _decide_rest(self, rules: Rules) -> None:
        """Bring changed tags and topics to what is stored, beside everything else.

        What is left when the service stops is done at its next start.
        """
        try:
            while not self._is_leaving:
                if await asyncio.to_thread(retag_some, self._database, rules):
                    continue
                done = await asyncio.to_thread(
                    decide_next, self._database, rules, now=self._clock()
                )
                if done is None:
                    return
                _log.info("topics_decided", **describe_decided(done))
        except StoreError as error:
            _log.error("topics_not_decided", error=str(error))

    def _build_poller(self, rules: Rules, readers: Executor) -> Poller:
        return compose.build_poller(
            self._settings,
            (
                compose.build_recorder(self._settings, self._database, rules),
                self._library,
            ),
            compose.build_tools(
                self._settings.fetch,
                readers,
                clock=self._clock,
                transport=self._transport,
            ),
            clock=self._clock,
        )

    def _due(self) -> Mapping[str, datetime]:
        states, now = self._library.source_states(), self._clock()
        return {
            slug: _due_at(states.get(slug), now)
            for slug in compose.enabled_sources(self._settings)
        }

    def _build_server(self) -> Server:
        port = self._listener.getsockname()[1]
        renderer = compose.build_renderer(self._settings, self._library, port=port)
        limits = ConnectionLimits(most=self._settings.server.max_connections)
        return build_server(build_app(renderer), limits)


async def _first(stop: asyncio.Event, serving: asyncio.Task[None]) -> None:
    """Until told to stop, or until the server ends, which it does only in trouble."""
    stopping = asyncio.create_task(stop.wait(), name="stop")
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()


def _due_at(state: SourceState | None, now: datetime) -> datetime:
    if state is None or state.pace is None:
        return datetime.min.replace(tzinfo=UTC)
    return due_on_start(state.pace.due_at, polled_at=state.last_polled_at, now=now)


async def run_until_signalled(service: Service, facts: Mapping[str, str]) -> None:
    """Run the service until SIGTERM or SIGINT, and then end in time.

    `facts` go into the log once signals are heard: what is started, and where.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def obey() -> None:
        stop.set()
        leave_within(_STOP_SECONDS, exit_code=0)

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, obey)
    _log.info("service_started", **facts)
    await service.run(stop)
    _log.info("service_stopped")
    leave_within(_LEFTOVERS_SECONDS, exit_code=0)
