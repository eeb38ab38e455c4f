"""The service: poll what is due and serve what is published, in one event loop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import structlog
import uvicorn

from config.load import LoadedSettings
from ingest.fetch.client import Transport
from publish.web.app import build_app
from rekkas import compose
from rekkas.poller import Poller
from rekkas.scheduler import Dispatcher, start_clock
from store.database.engine import Database
from store.database.sources import SourceState
from store.library import Library
from store.prepare import prepare_store
from store.record import Recorder

_READERS = 2  # threads that read documents; more would only wait for each other
_BACKLOG = 2048
_LAST_REQUESTS_SECONDS = 2  # of the five that a stop may take

_log = structlog.get_logger(__name__)


class AddressInUseError(Exception):
    """The address to serve on cannot be had; the message says what to do."""


def bind(listen: str) -> socket.socket:
    """A socket that listens on HOST:PORT.

    Raises:
        AddressInUseError: another program has it, or it is none of this machine's.
    """
    host, port = compose.split_listen(listen)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise AddressInUseError(
            f"cannot serve on {listen} ({error.strerror}): stop the program that has "
            "this address, or set server.listen to another"
        ) from error
    return listener


class _Server(uvicorn.Server):
    """uvicorn without its own signals: the service decides when to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone; uvicorn would raise them again after serving."""
        yield


class Service:
    """Everything that runs, from the first poll to the last answer."""

    def __init__(
        self,
        loaded: LoadedSettings,
        database: Database,
        listener: socket.socket,
        *,
        clock: Callable[[], datetime],
        transport: Transport | None = None,
    ) -> None:
        self._settings = loaded.settings
        self._database = database
        self._listener = listener
        self._clock = clock
        self._transport = transport
        self._library = Library(database)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll and serve until told to stop; nothing is left half-written."""
        rules = compose.build_rules(self._settings)
        names = compose.source_names(self._settings)
        prepare_store(self._database, names, rules, now=self._clock())
        reading = ThreadPoolExecutor(_READERS, thread_name_prefix="reader")
        poller = Poller(
            compose.build_sources(self._settings),
            compose.policies(self._settings),
            tools=compose.build_tools(
                self._settings.fetch, reading, transport=self._transport
            ),
            store=(Recorder(self._database, rules), self._library),
            clock=self._clock,
        )
        dispatcher = Dispatcher(self._due(), poller.poll, clock=self._clock)
        clock = start_clock(dispatcher)
        await dispatcher.dispatch()
        try:
            await self._serve(stop)
        finally:
            clock.shutdown(wait=False)
            await dispatcher.stop()
            await poller.close()
            reading.shutdown(wait=False, cancel_futures=True)

    def _due(self) -> Mapping[str, datetime]:
        states = self._library.source_states()
        return {
            slug: _due_at(states.get(slug))
            for slug in compose.enabled_sources(self._settings)
        }

    async def _serve(self, stop: asyncio.Event) -> None:
        port = self._listener.getsockname()[1]
        renderer = compose.build_renderer(self._settings, self._library, port=port)
        server = _Server(
            uvicorn.Config(
                build_app(renderer),
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=_LAST_REQUESTS_SECONDS,
            )
        )
        serving = asyncio.create_task(
            server.serve(sockets=[self._listener]), name="serve"
        )
        stopping = asyncio.create_task(stop.wait(), name="stop")
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True
        await serving


def _due_at(state: SourceState | None) -> datetime:
    if state is None or state.pace is None:
        return datetime.min.replace(tzinfo=UTC)
    return state.pace.due_at


async def run_until_signalled(service: Service) -> None:
    """Run the service until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    await service.run(stop)
    _log.info("service_stopped")
