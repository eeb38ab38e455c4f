"""`rekkas reload`: let the running service read its configuration now."""

from __future__ import annotations

import os
import signal

import click

from rekkas.cli import config_option
from rekkas.commands.shared import Trouble, load, storage_troubles
from rekkas.exit_code import ExitCode
from store.service_lock import find_service, place_of


@click.command()
@config_option
def reload() -> None:
    """Check the configuration, and tell the running service to take it over.

    A service does so by itself a second or two after the file was changed.
    """
    loaded = load()
    url = str(loaded.settings.storage.url)
    with storage_troubles():
        process = find_service(url)
    if process is None:
        raise Trouble(
            f"no rekkas service runs on the database {place_of(url)}: start it with "
            "`rekkas run`",
            exit_code=ExitCode.STORAGE,
        )
    try:
        os.kill(process, signal.SIGHUP)
    except PermissionError as error:
        raise Trouble(
            f"the service (process {process}) belongs to another user: run this as "
            "that user, or change the file, which the service watches",
            exit_code=ExitCode.USAGE,
        ) from error
    click.echo(f"told the service (process {process}); its log says what changed")
