"""`rekkas source list`: every configured source and how it fares."""

from __future__ import annotations

import click

from rekkas.cli import config_option
from rekkas.commands.shared import load, recorded, utc_now
from rekkas.commands.tables import show_json, show_table, source_rows

_COLUMNS = ("source", "title", "kind", "enabled", "articles", "health", "due_at")


@click.command("list")
@config_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_sources(*, as_json: bool) -> None:
    """List every configured source and how it fares."""
    loaded = load()
    with recorded(loaded) as library:
        rows = list(source_rows(loaded.settings, library, now=utc_now()))
    if as_json:
        show_json(rows)
    else:
        show_table(rows, _COLUMNS)
