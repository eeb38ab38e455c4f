"""`rekkas status`: how sources and topics fare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ingest.pace.health import Condition
from rekkas.cli import config_option
from rekkas.commands.shared import load, stored, utc_now
from rekkas.commands.tables import show_json, show_table, source_rows, topic_rows
from store.library import Library

_SOURCE_COLUMNS = ("source", "health", "since", "articles", "due_at")
_TOPIC_COLUMNS = ("topic", "articles", "latest_at")
_WELL = (Condition.OK.value, Condition.NEW.value)
_WORST_FIRST = [condition.value for condition in reversed(Condition)]


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(*, as_json: bool) -> None:
    """Tell how each enabled source and each topic fares, and what is wrong."""
    loaded = load()
    with stored(loaded) as database:
        library = Library(database)
        rows = source_rows(loaded.settings, library, now=utc_now())
        facts = {
            "database": str(database.path),
            "sources": [row for row in rows if row["enabled"]],
            "topics": list(topic_rows(loaded.settings, library)),
        }
    if as_json:
        show_json(facts)
    else:
        _show(facts)


def _show(facts: dict[str, Any]) -> None:
    sources = sorted(
        facts["sources"], key=lambda row: _WORST_FIRST.index(row["health"])
    )
    troubled = [row for row in sources if row["health"] not in _WELL]
    click.echo(f"database {facts['database']}")
    click.echo(_summary(sources, len(troubled)) + "\n")
    show_table(sources, _SOURCE_COLUMNS)
    click.echo()
    show_table(facts["topics"], _TOPIC_COLUMNS)
    for row in troubled:
        click.echo(f"\n{row['source']} ({row['health']}): {row['advice']}")
        if row["detail"] and row["detail"] not in row["advice"]:
            click.echo(f"  {row['detail']}")


def _summary(sources: Sequence[dict[str, Any]], troubled: int) -> str:
    """One line for the hurried reader."""
    if not any(row["last_polled_at"] for row in sources):
        return "nothing is polled yet: start the service with `rekkas run`"
    well = len(sources) - troubled
    return f"{well} of {len(sources)} sources are well" + (
        "" if not troubled else f", {troubled} want a look (below)"
    )
