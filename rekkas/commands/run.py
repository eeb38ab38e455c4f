"""`rekkas run`: the service."""

from __future__ import annotations

import socket
from pathlib import Path

import click
import uvloop

from config.load import LoadedSettings
from rekkas.cli import EXIT_USAGE, config_option
from rekkas.commands.shared import Trouble, load, storage_troubles, stored, utc_now
from rekkas.daemon import Service, run_until_signalled
from rekkas.logs import configure_logs
from rekkas.serving import AddressInUseError, bind
from store.service_lock import hold_service_lock


@click.command()
@config_option
def run() -> None:
    """Poll sources, publish topics and serve them, until stopped by a signal."""
    loaded = load()
    configure_logs()
    database = Path(str(loaded.settings.storage.url).removeprefix("sqlite:///"))
    with storage_troubles(), hold_service_lock(database):
        _serve(loaded)


def _serve(loaded: LoadedSettings) -> None:
    try:
        listener = bind(loaded.settings.server.listen)
    except AddressInUseError as error:
        raise Trouble(str(error), exit_code=EXIT_USAGE) from error
    with listener, stored(loaded) as database:
        facts = {
            "serving": _address(listener),
            "database": str(database.path),
            "configuration": str(loaded.path or "shipped default"),
        }
        service = Service(loaded.settings, database, listener, clock=utc_now)
        uvloop.run(run_until_signalled(service, facts))


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
