"""`rekkas run`: the service."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import click
import structlog
import uvloop

from config.load import LoadedSettings
from rekkas.cli import EXIT_USAGE
from rekkas.commands.shared import (
    Trouble,
    config_option,
    load,
    storage_troubles,
    stored,
    utc_now,
)
from rekkas.daemon import AddressInUseError, Service, bind, run_until_signalled
from rekkas.logs import configure_logs
from store.service_lock import hold_service_lock

_log = structlog.get_logger(__name__)


@click.command()
@config_option
def run(configuration: Path | None) -> None:
    """Poll sources, publish topics and serve them, until stopped by a signal."""
    loaded = load(configuration)
    configure_logs()
    database = Path(str(loaded.settings.storage.url).removeprefix("sqlite:///"))
    with storage_troubles(), hold_service_lock(database):
        _serve(loaded)
    _leave_readers_behind()


def _serve(loaded: LoadedSettings) -> None:
    try:
        listener = bind(loaded.settings.server.listen)
    except AddressInUseError as error:
        raise Trouble(str(error), exit_code=EXIT_USAGE) from error
    with listener, stored(loaded) as database:
        _log.info(
            "service_started",
            serving=_address(listener),
            database=str(database.path),
            configuration=str(loaded.path or "shipped default"),
        )
        service = Service(loaded, database, listener, clock=utc_now)
        uvloop.run(run_until_signalled(service))


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _leave_readers_behind() -> None:
    """End now, though a thread may still be reading a hopeless document.

    Everything is kept and closed by now; Python would wait for that thread.
    """
    if any(thread.name.startswith("reader") for thread in threading.enumerate()):
        os._exit(0)  # pragma: no cover - ends the process that would tell coverage
