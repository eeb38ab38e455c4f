"""`rekkas db`: look after the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click

from rekkas.cli import LazyGroup, config_option
from rekkas.commands.shared import Trouble, load, storage_troubles, utc_now
from rekkas.commands.tables import show_json
from rekkas.exit_code import ExitCode
from store.database.engine import kind_of
from store.database.upgrade import open_as_it_is, open_database, read_step
from store.flaw import Flaw
from store.keeping import check_database, index_anew
from store.service_lock import hold_service_lock


@click.group(
    cls=LazyGroup,
    table={
        "check": ("rekkas.commands.db:check", "Whether all in it is as it should be."),
        "backup": ("rekkas.commands.db_backup:backup", "Copy it, while it is used."),
        "restore": ("rekkas.commands.db_backup:restore", "Put a copy in its place."),
        "upgrade": ("rekkas.commands.db:upgrade", "Bring its tables to this version."),
        "prune": ("rekkas.commands.db_prune:prune", "Let go of what nobody keeps."),
        "vacuum": ("rekkas.commands.db:vacuum", "Give unused room back to the disk."),
        "reindex": ("rekkas.commands.db:reindex", "Make the index of words anew."),
    },
)
@config_option
def db() -> None:
    """Look after the database."""


def configured_url() -> str:
    """The database of the operator's file, or the end of the command."""
    return str(load().settings.storage.url)


@click.command()
@config_option
def upgrade() -> None:
    """Bring the tables to the shape that this version knows, making them if need be.

    The service and every command do so by themselves when they open the database; with
    a large one, do it before they start.
    """
    url = configured_url()
    place = kind_of(url).place
    with storage_troubles():
        before = read_step(url)
        open_database(url).close()
        after = read_step(url)
    if before == after:
        click.echo(f"{place} is up to date ({after})")
    else:
        click.echo(f"{place} was upgraded from {before or 'nothing'} to {after}")


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def check(*, as_json: bool) -> None:
    """Look through the whole database, and name all that is not as it should be.

    Changes nothing, and may be run while the service runs. Ends with 0 where all is
    well, else with 3.
    """
    url = configured_url()
    with storage_troubles(), open_as_it_is(url) as database:
        flaws = tuple(check_database(database))
        place = database.place
    if as_json:
        show_json([asdict(flaw) for flaw in flaws])
    else:
        _show_flaws(flaws)
    if flaws:
        raise Trouble(
            f"the database {place} has {len(flaws)} kinds of flaw, at "
            f"{utc_now():%Y-%m-%d %H:%M} UTC",
            exit_code=ExitCode.STORAGE,
        )
    if not as_json:
        click.echo(f"{place} is sound")


def _show_flaws(flaws: Sequence[Flaw]) -> None:
    for flaw in flaws:
        examples = ", ".join(flaw.examples)
        click.echo(f"{flaw.check}: {flaw.what}: {flaw.count} ({examples})")
        click.echo(f"  {flaw.advice}")


@click.command()
@config_option
def vacuum() -> None:
    """Give the room of what was deleted back to the disk.

    A file of SQLite is written anew, for which the service must be stopped and as much
    room be free as the file takes. PostgreSQL does so while the service runs.
    """
    url = configured_url()
    with storage_troubles(), open_as_it_is(url) as database:
        place = database.place
        database.kind.vacuum()
    click.echo(f"{place} was vacuumed")


@click.command()
@config_option
def reindex() -> None:
    """Make the index of words anew from the stored articles, the service stopped."""
    url = configured_url()
    with (
        storage_troubles(),
        hold_service_lock(url),
        open_as_it_is(url) as database,
        database.write() as connection,
    ):
        database.kind.lift_time_limit(connection)
        count = index_anew(connection)
        place = database.place
    click.echo(f"{place}: {count} articles can be found by their words")
