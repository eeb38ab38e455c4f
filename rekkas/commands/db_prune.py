"""`rekkas db prune`: let go of articles that nobody keeps any longer."""

from __future__ import annotations

import click

from rekkas import compose
from rekkas.cli import config_option
from rekkas.commands.shared import load, storage_troubles, utc_now
from rekkas.pruning import prune_all
from store.database.upgrade import open_as_it_is
from store.pruning import foresee
from store.retention import Pruned


@click.command()
@config_option
@click.option("--dry-run", is_flag=True, help="Say what would leave; change nothing.")
def prune(*, dry_run: bool) -> None:
    """Let articles leave that no `keep` of the configuration keeps any longer.

    The service does so itself every hour. Archives keep what they have; what a source
    still carries stays. Answers that `replay` keeps no longer leave, too. The room goes
    back to the disk by `rekkas db vacuum`.
    """
    settings = load().settings
    retention = compose.build_retention(settings)
    with storage_troubles(), open_as_it_is(str(settings.storage.url)) as database:
        if dry_run:
            pruned = foresee(database, retention, now=utc_now())
        else:
            pruned = prune_all(settings, database, now=utc_now())
    if retention.is_for_ever:
        click.echo("articles are kept for ever: say otherwise with `keep`")
        return
    click.echo(_describe(pruned, "would leave" if dry_run else "left"))


def _describe(pruned: Pruned, what: str) -> str:
    return f"articles that {what}: {pruned.articles}, texts alone: {pruned.texts}"
