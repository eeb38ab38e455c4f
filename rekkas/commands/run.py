"""`rekkas run`: the service."""

from __future__ import annotations

import os

import click

from rekkas.awaiting import awaited_database
from rekkas.cli import config_option
from rekkas.commands.running import run_service
from rekkas.commands.shared import load, storage_troubles
from rekkas.daemon import Role
from rekkas.logs import configure_logs
from rekkas.notify import build_notifier


@click.command()
@config_option
def run() -> None:
    """Poll sources, publish topics and serve them, until stopped by a signal."""
    loaded = load()
    configure_logs()
    url = str(loaded.settings.storage.url)
    with storage_troubles():
        notifier = build_notifier(os.environ, process=os.getpid())
        with awaited_database(url, notifier) as (database, tenure):
            role = Role(tenure=tenure)
            run_service(loaded, database, notifier, role, serves=True)
