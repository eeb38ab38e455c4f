"""`rekkas status`: how sources and topics fare."""

from __future__ import annotations

from typing import Any

import click

from rekkas.cli import config_option
from rekkas.commands.shared import load, stored
from rekkas.commands.tables import show_json, show_table, source_rows, topic_rows
from store.library import Library

_SOURCE_COLUMNS = ("source", "articles", "outcome", "failures", "due_at")
_TOPIC_COLUMNS = ("topic", "articles", "latest_at")


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(*, as_json: bool) -> None:
    """Tell how each enabled source and each topic fares, and what is wrong."""
    loaded = load()
    with stored(loaded) as database:
        library = Library(database)
        sources = [
            row for row in source_rows(loaded.settings, library) if row["enabled"]
        ]
        facts = {
            "database": str(database.path),
            "sources": sources,
            "topics": list(topic_rows(loaded.settings, library)),
        }
    if as_json:
        show_json(facts)
    else:
        _show(facts)


def _show(facts: dict[str, Any]) -> None:
    click.echo(f"database {facts['database']}\n")
    show_table(facts["sources"], _SOURCE_COLUMNS)
    click.echo()
    show_table(facts["topics"], _TOPIC_COLUMNS)
    for row in facts["sources"]:
        if row["failures"]:
            click.echo(f"\n{row['source']}: {row['detail']}")
