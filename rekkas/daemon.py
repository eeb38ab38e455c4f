"""The service: poll what is due and serve what is published, in one event loop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Mapping
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
from rekkas.connections import ConnectionLimits
from rekkas.generation import Means
from rekkas.leaving import leave_within
from rekkas.push import Messengers
from rekkas.reloading import Reloads
from rekkas.report import describe_difference
from rekkas.serving import build_server
from rekkas.succession import Succession
from store.database.engine import Database
from store.library import Library

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
        self._messengers = Messengers()

    async def run(self, stop: asyncio.Event, reloads: Reloads | None = None) -> None:
        """Poll and serve until told to stop; nothing is left half-written.

        Settings that come from `reloads` take the place of those it has, without a gap
        for readers.
        """
        with (
            self._database,
            compose.build_readers(self._settings.fetch.reading) as readers,
        ):
            means = Means(
                database=self._database,
                library=self._library,
                readers=readers,
                clock=self._clock,
                transport=self._transport,
            )
            succession = Succession(self._settings, means)
            await succession.begin()
            try:
                # Read from disk in a moment: no reader need meet feeds without it.
                await succession.wait_for_snapshots(seconds=_FIRST_READING_SECONDS)
                await self._serve(succession, stop, reloads)
            finally:
                await succession.end()

    async def _serve(
        self, succession: Succession, stop: asyncio.Event, reloads: Reloads | None
    ) -> None:
        """Answer readers until told to stop, and follow the configuration."""
        front = _Front(await self._build_app(self._settings, succession))
        limits = ConnectionLimits(most=self._settings.server.max_connections)
        server = build_server(front, limits)
        serving = asyncio.create_task(
            server.serve(sockets=[self._listener]), name="serve"
        )
        following = asyncio.create_task(
            self._follow(reloads, succession, front), name="follow the configuration"
        )
        try:
            await _first(stop, serving)
        finally:
            await succession.stand_still(following.cancel)
            await self._messengers.end()
            server.should_exit = True
            await serving

    async def _follow(
        self, reloads: Reloads | None, succession: Succession, front: _Front
    ) -> None:
        """Put each new configuration in the place of the last."""
        while reloads is not None:
            wanted = await reloads.next()
            difference = compare(self._settings, wanted)
            settings = keep_until_restart(self._settings, wanted)
            await succession.pass_on(settings)
            front.app = await self._build_app(settings, succession)
            self._settings = settings
            _log.info("configuration_loaded", **describe_difference(difference))
            if difference.at_restart:
                _log.warning(
                    "restart_needed",
                    keys=list(difference.at_restart),
                    detail="these keep their old values until the service is restarted",
                )

    async def _build_app(self, settings: Settings, succession: Succession) -> Any:
        """The application by these settings, changes told by them from now on."""
        port = self._listener.getsockname()[1]
        renderer = compose.build_renderer(settings, self._library, port=port)
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
    service: Service, facts: Mapping[str, str], reloads: Reloads
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
    await service.run(stop, reloads)
    _log.info("service_stopped")
    leave_within(_LEFTOVERS_SECONDS, exit_code=0)
