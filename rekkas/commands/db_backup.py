"""`rekkas db backup` and `rekkas db restore`: copies of a file of SQLite."""

from __future__ import annotations

from pathlib import Path

import click

from rekkas.cli import config_option
from rekkas.commands.shared import load, storage_troubles
from store.restoring import back_up_database, restore_database
from store.service_lock import place_of

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@config_option
@click.argument("file", type=_FILE, help="Where the copy is written.")
def backup(file: Path) -> None:
    """Write a whole copy of the database to FILE, while the service runs.

    FILE is replaced once the copy is on the disk, and stays as it is if that fails. A
    database of PostgreSQL is copied by pg_dump.
    """
    url = str(load().settings.storage.url)
    with storage_troubles():
        size = back_up_database(url, file)
    click.echo(f"{place_of(url)} was copied to {file} ({size:,} bytes)")


@click.command()
@config_option
@click.argument("file", type=_FILE, help="A copy that `db backup` made.")
def restore(file: Path) -> None:
    """Let the copy in FILE be the database, the service stopped.

    The copy is looked through first, and brought to this version. The database of
    before is kept beside it, until you delete it.
    """
    url = str(load().settings.storage.url)
    with storage_troubles():
        kept = restore_database(url, file)
    click.echo(f"{place_of(url)} is what was copied to {file}")
    if kept is not None:
        click.echo(f"what it was before is kept in {kept}")
