"""`rekkas schedule`, `worker` and `serve`: the service as many processes."""

from __future__ import annotations

import os
from functools import partial
from importlib import import_module
from types import ModuleType

import click

from config.load import LoadedSettings
from rekkas.awaiting import await_tables
from rekkas.cli import config_option
from rekkas.commands.running import run_service
from rekkas.commands.shared import Trouble, load, storage_troubles, stored
from rekkas.daemon import Role
from rekkas.exit_code import ExitCode
from rekkas.idle import Idle
from rekkas.logs import configure_logs
from rekkas.notify import Notifier, build_notifier
from store.database.sqlite import PREFIX


@click.command()
@config_option
def schedule() -> None:
    """Offer due polls to workers; of several schedulers one leads, others stand by."""
    loaded, notifier = _begin()
    cluster, url = _import_cluster(loaded, "schedule"), str(loaded.settings.storage.url)
    with storage_troubles():
        await_tables(url, notifier, makes=True)
        with cluster.Leadership(url) as leadership:
            role = Role(build=partial(cluster.Leading, leadership=leadership))
            _run(loaded, notifier, role, serves=False)


@click.command()
@config_option
def worker() -> None:
    """Make polls that a scheduler offers; there may be any number of workers."""
    loaded, notifier = _begin()
    role = Role(build=_import_cluster(loaded, "worker").Working, tells=False)
    _run_beside_others(loaded, notifier, role, serves=False)


@click.command()
@config_option
def serve() -> None:
    """Serve feeds and pages, and poll nothing; there may be any number of servers."""
    loaded, notifier = _begin()
    _run_beside_others(loaded, notifier, Role(build=Idle, tells=False), serves=True)


def _run_beside_others(
    loaded: LoadedSettings, notifier: Notifier, role: Role, *, serves: bool
) -> None:
    with storage_troubles():
        await_tables(str(loaded.settings.storage.url), notifier, makes=False)
        _run(loaded, notifier, role, serves=serves)


def _run(
    loaded: LoadedSettings, notifier: Notifier, role: Role, *, serves: bool
) -> None:
    with stored(loaded) as database:
        run_service(loaded, database, notifier, role, serves=serves)


def _begin() -> tuple[LoadedSettings, Notifier]:
    loaded = load()
    configure_logs()
    return loaded, build_notifier(os.environ, process=os.getpid())


def _import_cluster(loaded: LoadedSettings, command: str) -> ModuleType:
    """What many processes need, where the database is one that they can share."""
    if str(loaded.settings.storage.url).startswith(PREFIX):
        raise Trouble(
            f"`rekkas {command}` shares its work by a database of PostgreSQL: name one "
            "in storage.url, or run all in one process with `rekkas run`",
            exit_code=ExitCode.USAGE,
        )
    try:
        return import_module("rekkas.cluster.parts")
    except ImportError as error:
        raise Trouble(
            f"`rekkas {command}` needs a library that is not installed: "
            "pip install 'rekkas[cluster]'",
            exit_code=ExitCode.USAGE,
        ) from error
