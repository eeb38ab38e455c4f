"""`rekkas run`: the service."""

from __future__ import annotations

import os
import socket
from contextlib import nullcontext
from functools import partial

import click
import structlog
import uvloop

from config.load import LoadedSettings, load_settings
from rekkas.awaiting import await_database
from rekkas.cli import EXIT_USAGE, config_option
from rekkas.commands.shared import (
    Trouble,
    load,
    storage_troubles,
    stored,
    utc_now,
)
from rekkas.daemon import Service, run_until_signalled
from rekkas.logs import configure_logs
from rekkas.notify import Notifier, build_notifier
from rekkas.reloading import Reloads
from rekkas.serving import AddressInUseError, Listeners, bind
from store.service_lock import hold_service_lock

_log = structlog.get_logger(__name__)


@click.command()
@config_option
def run() -> None:
    """Poll sources, publish topics and serve them, until stopped by a signal."""
    loaded = load()
    configure_logs()
    url = str(loaded.settings.storage.url)
    with storage_troubles():
        notifier = build_notifier(os.environ, process=os.getpid())
        await_database(url, notifier)
        with hold_service_lock(url):
            _serve(loaded, notifier)


def _serve(loaded: LoadedSettings, notifier: Notifier) -> None:
    try:
        listener = bind(loaded.settings.server.listen)
    except AddressInUseError as error:
        raise Trouble(str(error), exit_code=EXIT_USAGE) from error
    admin = _bind_admin(loaded.settings.server.admin_listen)
    with listener, admin or nullcontext(), stored(loaded) as database:
        facts = {
            "serving": _address(listener),
            "admin": _address(admin) if admin else None,
            "database": database.place,
            "configuration": str(loaded.path or "shipped default"),
        }
        listeners = Listeners(public=listener, admin=admin)
        service = Service(loaded.settings, database, listeners, clock=utc_now)
        load_again = partial(load_settings, loaded.path, environ=os.environ)
        reloads = Reloads(loaded, load_again)
        uvloop.run(run_until_signalled(service, facts, reloads, notifier))


def _bind_admin(listen: str | None) -> socket.socket | None:
    """Where the operator sees the service; readers are served without it, too."""
    if listen is None:
        return None
    try:
        return bind(listen, key="server.admin_listen")
    except AddressInUseError as error:
        _log.error("admin_not_served", detail=str(error))
        return None


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
