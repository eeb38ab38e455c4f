"""The service: poll what is due and serve what is published, in one event loop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from config.difference import compare, keep_until_restart
from config.errors import Problem
from config.settings import Settings
from publish.render import Renderer
from publish.web.app import build_app
from publish.web.callback_route import CallbackDesk
from rekkas import compose, configured_sources
from rekkas.compose_push import Surroundings, build_push
from rekkas.compose_seeing import SeenService, build_admin, build_receiver
from rekkas.configuration_diary import ConfigurationDiary
from rekkas.connections import ConnectionLimits
from rekkas.exit_code import ExitCode
from rekkas.generation import Generation, Means, Part
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
from rekkas.tenure import Tenure, kept
from store.library import Library
from store.noting import note_configuration

_FIRST_READING_SECONDS = 1.5  # a reader's first answer waits no longer
_STOP_SECONDS = 3.5  # of the five that a stop may take: a busy machine needs the rest
_LEFTOVERS_SECONDS = 0.5  # for the loop to close, once all is kept

# A scraper, a probe and a browser or two; more come from a flood.
_ADMIN_LIMITS = ConnectionLimits(most=20)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Which part of the service a process is; by itself it is all of it.

    `build` makes what it does by one configuration. `tells` is True where it tells
    followers of changes, which one process does, and readers of the health feed of the
    configuration. `tenure` is the lock without which it ends, None where it has none.
    """

    build: Callable[[Settings, Means], Part] = Generation
    tells: bool = True
    tenure: Tenure | None = None


WHOLE = Role()


class Service:
    """Everything that runs, from the first poll to the last answer.

    It serves readers where it listens for them, and closes the database when it ends,
    whatever ends it.
    """

    def __init__(
        self,
        settings: Settings,
        around: Surroundings,
        listeners: Listeners,
        role: Role = WHOLE,
    ) -> None:
        self._settings = settings
        self._around = around
        self._listeners = listeners
        self._role = role
        self._library = Library(around.database)
        self._messengers = Messengers()
        self._room = ControlRoom(clock=around.clock)
        self._diary = ConfigurationDiary(
            partial(note_configuration, around.database), clock=around.clock
        )
        self._notifier = Notifier()
        self._stop = asyncio.Event()
        self.trouble: str | None = None
        """Why it ended by itself, if it did."""

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
        self._notifier, self._stop = notifier or self._notifier, stop
        self._around.database.watched_by(self._room.metrics.transacted)
        self._configuration_read(())
        if reloads is not None:
            reloads.watched_by(self._configuration_read)
        with (
            self._around.database,
            compose.build_readers(self._settings.fetch.reading) as readers,
        ):
            means = Means(
                database=self._around.database,
                library=self._library,
                readers=readers,
                clock=self._around.clock,
                room=self._room,
                transport=self._around.transport,
                give_up=self._give_up,
            )
            succession = Succession(self._settings, means, self._role.build)
            seen = SeenService(succession=succession, readers=readers, reloads=reloads)
            async with (
                self._diary.kept(),
                self._shown_to_operator(seen),
                kept(self._role.tenure, self._give_up),
            ):
                await self._poll_and_serve(succession, stop, reloads)

    def _configuration_read(self, problems: Sequence[Problem]) -> None:
        self._room.configuration_read(problems)
        if self._role.tells:
            self._diary.configuration_read(problems)

    async def _poll_and_serve(
        self, succession: Succession, stop: asyncio.Event, reloads: Reloads | None
    ) -> None:
        await succession.begin()
        try:
            # Read from disk in a moment: no reader need meet feeds without it.
            await succession.wait_for_snapshots(seconds=_FIRST_READING_SECONDS)
            if self._listeners.public is None:
                await self._stand(succession, stop, reloads)
            else:
                await self._serve(succession, self._listeners.public, stop, reloads)
        finally:
            await succession.end()

    def _give_up(self, trouble: str) -> None:
        """End with a word to the operator."""
        self.trouble = trouble
        self._stop.set()

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
        return build_receiver(settings, base_url, transport=self._around.transport)

    @property
    def _port(self) -> int | None:
        """Where readers are served; None where they are served by other processes."""
        if self._listeners.public is None:
            return None
        port: int = self._listeners.public.getsockname()[1]
        return port

    async def _stand(
        self, succession: Succession, stop: asyncio.Event, reloads: Reloads | None
    ) -> None:
        """Follow the configuration until told to stop; others answer readers."""
        if succession.has_begun:
            await self._tell_followers(self._settings)

        async def renew(settings: Settings) -> None:
            await self._tell_followers(settings)

        following = asyncio.create_task(
            self._follow(reloads, succession, renew), name="follow the configuration"
        )
        self._tell_ready(succession)
        try:
            await stop.wait()
        finally:
            self._notifier.stopping()
            await succession.stand_still(following.cancel)
            await self._messengers.end()

    async def _serve(
        self,
        succession: Succession,
        public: socket.socket,
        stop: asyncio.Event,
        reloads: Reloads | None,
    ) -> None:
        """Answer readers until told to stop, and follow the configuration."""
        front = _Front(await self._build_app(self._settings, succession))

        async def renew(settings: Settings) -> None:
            front.app = await self._build_app(settings, succession)

        limits = ConnectionLimits(most=self._settings.server.max_connections)
        server = build_server(
            CountedRequests(front, self._room.metrics.requests), limits
        )
        serving = asyncio.create_task(server.serve(sockets=[public]), name="serve")
        following = asyncio.create_task(
            self._follow(reloads, succession, renew), name="follow the configuration"
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
        count = len(configured_sources.enabled_sources(succession.settings))
        serving = f", serving at port {self._port}" if self._port else ""
        self._notifier.ready(f"{count} sources{serving}")

    async def _follow(
        self,
        reloads: Reloads | None,
        succession: Succession,
        renew: Callable[[Settings], Awaitable[None]],
    ) -> None:
        """Put each new configuration in the place of the last."""
        if not succession.has_begun:
            await succession.pass_on(self._settings)
            await renew(self._settings)
        while reloads is not None:
            wanted = await reloads.next()
            difference = compare(self._settings, wanted)
            settings = keep_until_restart(self._settings, wanted)
            self._notifier.reloading()
            await succession.pass_on(settings)
            await renew(settings)
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
        renderer = self._build_renderer(settings)
        search = compose.build_search(settings, self._library, port=self._port)
        push = build_push(settings, renderer, self._around)
        hubs = succession.source_hubs
        callbacks = CallbackDesk(hubs) if hubs is not None else None
        # A store in trouble does not know who is to be told.
        desk = await self._messengers.replace(
            push if succession.has_begun else None, tells=self._role.tells
        )
        return build_app(renderer, search, desk, callbacks)

    async def _tell_followers(self, settings: Settings) -> None:
        """Tell followers of changes by these settings from now on, if it is on us."""
        if self._role.tells:
            push = build_push(settings, self._build_renderer(settings), self._around)
            await self._messengers.replace(push)

    def _build_renderer(self, settings: Settings) -> Renderer:
        return compose.build_renderer(
            settings, self._library, port=self._port, told=self._room.shown.rendered
        )


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
        leave_within(_STOP_SECONDS, exit_code=ExitCode.DONE)

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, obey)
    loop.add_signal_handler(signal.SIGHUP, reloads.ask)
    _log.info("service_started", **facts)
    with notifier.beating():
        await service.run(stop, reloads, notifier)
    _log.info("service_stopped")
    leave_within(_LEFTOVERS_SECONDS, exit_code=ExitCode.DONE)
