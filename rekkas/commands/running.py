"""What the commands that run until they are stopped have in common."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import structlog
import uvloop

from config.load import LoadedSettings, load_settings
from rekkas.commands.shared import Trouble, utc_now
from rekkas.compose_push import Surroundings
from rekkas.daemon import Role, Service, run_until_signalled
from rekkas.exit_code import ExitCode
from rekkas.notify import Notifier
from rekkas.open_files import allow_open_files
from rekkas.reloading import Reloads
from rekkas.serving import AddressInUseError, Listeners, bind
from store.database.engine import Database

_log = structlog.get_logger(__name__)


def run_service(
    loaded: LoadedSettings,
    database: Database,
    notifier: Notifier,
    role: Role,
    *,
    serves: bool,
) -> None:
    """Be a service of this role until a signal ends it, and serve readers if it does.

    Raises:
        Trouble: it could not begin, or could not go on.
    """
    allow_open_files()
    with _listening(loaded, serves=serves) as listeners:
        facts = {
            "serving": _address(listeners.public),
            "admin": _address(listeners.admin),
            "database": database.place,
            "configuration": str(loaded.path or "shipped default"),
        }
        around = Surroundings(database=database, clock=utc_now)
        service = Service(loaded.settings, around, listeners, role)
        load_again = partial(load_settings, loaded.path, environ=os.environ)
        reloads = Reloads(loaded, load_again)
        uvloop.run(run_until_signalled(service, facts, reloads, notifier))
    if service.trouble is not None:
        raise Trouble(service.trouble, exit_code=ExitCode.STORAGE)


@contextmanager
def _listening(loaded: LoadedSettings, *, serves: bool) -> Iterator[Listeners]:
    """Where readers and the operator are served; readers are, without the operator."""
    server = loaded.settings.server
    with ExitStack() as open_sockets:
        public = None
        if serves:
            try:
                public = open_sockets.enter_context(bind(server.listen))
            except AddressInUseError as error:
                raise Trouble(str(error), exit_code=ExitCode.USAGE) from error
        admin = _bind_admin(server.admin_listen)
        if admin is not None:
            open_sockets.enter_context(admin)
        yield Listeners(public=public, admin=admin)


def _bind_admin(listen: str | None) -> socket.socket | None:
    if listen is None:
        return None
    try:
        return bind(listen, key="server.admin_listen")
    except AddressInUseError as error:
        _log.error("admin_not_served", detail=str(error))
        return None


def _address(listener: socket.socket | None) -> str | None:
    if listener is None:
        return None
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
