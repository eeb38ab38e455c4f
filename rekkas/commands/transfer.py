"""`rekkas export` and `rekkas import`: a whole database as lines of JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO

import click

from rekkas.cli import config_option
from rekkas.commands.shared import load, storage_troubles, stored
from store.database.durable import written_beside
from store.database.upgrade import open_as_it_is
from store.errors import StoreError
from store.exporting import export_lines
from store.importing import import_lines
from store.service_lock import hold_service_lock

_STANDARD = Path("-")
_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


@click.command("export")
@config_option
@click.argument("file", type=_FILE, help="Where the lines are written.")
def export_database(file: Path) -> None:
    """Write every row of the database to FILE, or to standard output for -.

    The service may run meanwhile. `rekkas import` reads it into another database, of
    either kind.
    """
    url = str(load().settings.storage.url)
    with (
        storage_troubles(),
        open_as_it_is(url) as database,
        _opened_to_write(file) as output,
    ):
        count = -2  # the first line and the last are no rows
        for line in export_lines(database, version=version("rekkas")):
            output.write(line)
            count += 1
        place = database.place
    click.echo(f"{count} rows of {place} were written to {_name(file)}", err=True)


@click.command("import")
@config_option
@click.argument("file", type=_FILE, help="Lines that `export` wrote.")
def import_database(file: Path) -> None:
    """Read FILE, or standard input for -, into the configured database.

    It must be empty, and the service stopped. All is read, or nothing.
    """
    loaded = load()
    url = str(loaded.settings.storage.url)
    with (
        storage_troubles(),
        _opened_to_read(file) as lines,
        hold_service_lock(url),
        stored(loaded) as database,
    ):
        counts = import_lines(database, lines, name=_name(file))
        place = database.place
    click.echo(f"{sum(counts.values())} rows were read into {place}", err=True)


def _name(file: Path) -> str:
    return "the lines" if file == _STANDARD else str(file)


@contextmanager
def _opened_to_write(file: Path) -> Iterator[IO[bytes]]:
    if file == _STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with written_beside(file) as partial, partial.open("wb") as output:
        yield output


@contextmanager
def _opened_to_read(file: Path) -> Iterator[IO[bytes]]:
    if file == _STANDARD:
        yield sys.stdin.buffer
        return
    try:
        lines = file.open("rb")
    except OSError as error:
        raise StoreError(
            f"{file} cannot be read ({error.strerror}): check its name"
        ) from error
    with lines:
        yield lines
