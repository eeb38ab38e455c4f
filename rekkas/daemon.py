"""The service: poll what is due and serve what is published, in one event loop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import structlog

from config.difference import compare, keep_until_restart
from config.settings import Settings
from ingest.fetch.client import Transport
from publish.web.app import build_app
from publish.web.callback_route import CallbackDesk
from rekkas import compose
from rekkas.compose_push import Surroundings, build_push
from rekkas.compose_seeing import SeenService, build_admin, build_receiver
from rekkas.connections import ConnectionLimits
from rekkas.generation import Means
from rekkas.leaving import leave_within
from rekkas.notify import Notifier
from rekkas.push import Messengers
from rekkas.reloading import Reloads
from rekkas.report import describe_difference
from rekkas.seeing.control_room import ControlRoom
from rekkas.seeing.notices import Receiver
from rekkas.seeing.requests import CountedRequests
from rekkas.serving import Listeners, build_server, served_beside
from rekkas.succession import Succession
from store.database.engine import Database
from store.library import Library

_FIRST_READING_SECONDS = 1.5  # a reader's first answer waits no longer
_STOP_SECONDS = 4.5  # of the five that a stop may take, with some air
_LEFTOVERS_SECONDS = 0.5  # for the loop to close, once all is kept

# A scraper, a probe and a browser or two; more come from a flood.
_ADMIN_LIMITS = ConnectionLimits(most=20)

_log = structlog.get_logger(__name__)


class Service:
    """Everything that runs, from the first poll to the last answer.

    It closes the database when it ends, whatever ends it.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        listeners: Listeners,
        *,
        clock: Callable[[], datetime],
        transport: Transport | None = None,
    ) -> None:
        self._settings = settings
        self._database = database
        self._listeners = listeners
        self._clock = clock
        self._transport = transport
        self._library = Library(database)
        self._messengers = Messengers()
        self._room = ControlRoom(clock=clock)
        self._notifier = Notifier()

    async def run(
        self,
        stop: asyncio.Event,
        reloads: Reloads | None = None,
        notifier: Notifier | None = None,
    ) -> None:
        """Poll and serve until told to stop; nothing is left half-written.

        Settings that come from `reloads` take the place of those it has, without a gap
        for readers. The service manager behind `notifier` knows how far it is.
        """
        self._notifier = notifier or self._notifier
        self._database.watched_by(self._room.metrics.transacted)
        self._room.metrics.configuration_read(is_sound=True)
        if reloads is not None:
            reloads.watched_by(self._room.configuration_read)
        with (
            self._database,
            compose.build_readers(self._settings.fetch.reading) as readers,
        ):
            means = Means(
                database=self._database,
                library=self._library,
                readers=readers,
                clock=self._clock,
                room=self._room,
                transport=self._transport,
            )
            succession = Succession(self._settings, means)
            seen = SeenService(succession=succession, readers=readers, reloads=reloads)
            async with self._shown_to_operator(seen):
                await self._poll_and_serve(succession, stop, reloads)

    async def _poll_and_serve(
        self, succession: Succession, stop: asyncio.Event, reloads: Reloads | None
    ) -> None:
        await succession.begin()
        try:
            # Read from disk in a moment: no reader need meet feeds without it.
            await succession.wait_for_snapshots(seconds=_FIRST_READING_SECONDS)
            await self._serve(succession, stop, reloads)
        finally:
            await succession.end()

    @asynccontextmanager
    async def _shown_to_operator(self, seen: SeenService) -> AsyncIterator[None]:
        """Let the operator see the service, and be told of it, from before it polls."""
        room, edition = self._room, compose.edition_of(self._settings, self._port)
        await room.notices.replace(self._build_receiver(self._settings))
        app = build_admin(seen, room, self._library, edition)
        try:
            async with served_beside(app, self._listeners.admin, _ADMIN_LIMITS):
                yield
        finally:
            await room.notices.end()

    def _build_receiver(self, settings: Settings) -> Receiver | None:
        edition = compose.edition_of(settings, self._port)
        base_url = edition.addresses.base_url
        return build_receiver(settings, base_url, transport=self._transport)

    @property
    def _port(self) -> int:
        port: int = self._listeners.public.getsockname()[1]
        return port

    async def _serve(
        self, succession: Succession, stop: asyncio.Event, reloads: Reloads | None
    ) -> None:
        """Answer readers until told to stop, and follow the configuration."""
        front = _Front(await self._build_app(self._settings, succession))
        limits = ConnectionLimits(most=self._settings.server.max_connections)
        server = build_server(
            CountedRequests(front, self._room.metrics.requests), limits
        )
        serving = asyncio.create_task(
            server.serve(sockets=[self._listeners.public]), name="serve"
        )
        following = asyncio.create_task(
            self._follow(reloads, succession, front), name="follow the configuration"
        )
        self._tell_ready(succession)
        try:
            await _first(stop, serving)
        finally:
            self._notifier.stopping()
            await succession.stand_still(following.cancel)
            await self._messengers.end()
            server.should_exit = True
            await serving

    def _tell_ready(self, succession: Succession) -> None:
        count = len(compose.enabled_sources(succession.settings))
        self._notifier.ready(f"{count} sources, serving at port {self._port}")

    async def _follow(
        self, reloads: Reloads | None, succession: Succession, front: _Front
    ) -> None:
        """Put each new configuration in the place of the last."""
        while reloads is not None:
            wanted = await reloads.next()
            difference = compare(self._settings, wanted)
            settings = keep_until_restart(self._settings, wanted)
            self._notifier.reloading()
            await succession.pass_on(settings)
            front.app = await self._build_app(settings, succession)
            await self._room.notices.replace(self._build_receiver(settings))
            self._settings = settings
            self._tell_ready(succession)
            _log.info("configuration_loaded", **describe_difference(difference))
            if difference.at_restart:
                _log.warning(
                    "restart_needed",
                    keys=list(difference.at_restart),
                    detail="these keep their old values until the service is restarted",
                )

    async def _build_app(self, settings: Settings, succession: Succession) -> Any:
        """The application by these settings, changes told by them from now on."""
        port, told = self._port, self._room.shown.rendered
        renderer = compose.build_renderer(settings, self._library, port=port, told=told)
        search = compose.build_search(settings, self._library, port=port)
        around = Surroundings(
            database=self._database, clock=self._clock, transport=self._transport
        )
        push = build_push(settings, renderer, around)
        hubs = succession.source_hubs
        callbacks = CallbackDesk(hubs) if hubs is not None else None
        desk = await self._messengers.replace(push)
        return build_app(renderer, search, desk, callbacks)


class _Front:
    """The application that answers at this moment."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


async def _first(stop: asyncio.Event, serving: asyncio.Task[None]) -> None:
    """Until told to stop, or until the server ends, which it does only in trouble."""
    stopping = asyncio.create_task(stop.wait(), name="stop")
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()


async def run_until_signalled(
    service: Service,
    facts: Mapping[str, str | None],
    reloads: Reloads,
    notifier: Notifier,
) -> None:
    """Run the service until SIGTERM or SIGINT, and then end in time.

    SIGHUP reads the configuration anew.

    `facts` go into the log once signals are heard: what is started, and where.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def obey() -> None:
        stop.set()
        leave_within(_STOP_SECONDS, exit_code=0)

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, obey)
    loop.add_signal_handler(signal.SIGHUP, reloads.ask)
    _log.info("service_started", **facts)
    with notifier.beating():
        await service.run(stop, reloads, notifier)
    _log.info("service_stopped")
    leave_within(_LEFTOVERS_SECONDS, exit_code=0)
