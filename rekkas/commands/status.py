"""`rekkas status`: how sources and topics fare."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from rekkas.cli import config_option
from rekkas.commands.shared import load, stored
from rekkas.commands.tables import show, source_rows, topic_rows
from store.library import Library


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(*, as_json: bool) -> None:
    """Tell how each enabled source and each topic fares."""
    loaded = load()
    with stored(loaded) as database:
        library = Library(database)
        sources = [
            row for row in source_rows(loaded.settings, library) if row["enabled"]
        ]
        topics = list(topic_rows(loaded.settings, library))
        if as_json:
            whole = {
                "database": str(database.path),
                "sources": sources,
                "topics": topics,
            }
            click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
            return
        click.echo(f"database {database.path}\n")
    _show(sources, ("source", "articles", "outcome", "failures", "due_at"))
    click.echo()
    _show(topics, ("topic", "articles", "latest_at"))


def _show(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    show([{name: row[name] for name in columns} for row in rows], as_json=False)
