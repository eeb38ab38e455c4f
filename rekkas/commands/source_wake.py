"""`rekkas source wake`: ask a source again that was gone."""

from __future__ import annotations

import click

from rekkas.cli import config_option
from rekkas.commands.shared import load, refuse_unknown, stored
from store.prepare import wake_source


@click.command("wake")
@config_option
@click.argument("source", metavar="SOURCE", help="The name of a source.")
def wake(source: str) -> None:
    """Ask a source again, at its configured address, though it was gone.

    A running service asks it within seconds.
    """
    loaded = load()
    refuse_unknown(source, list(loaded.settings.sources), what="source")
    with stored(loaded) as database:
        wake_source(database, source)
    click.echo(
        f"{source} is asked within seconds where the service runs, else at its next "
        f"start, or now by `rekkas ingest {source}`",
        err=True,
    )
