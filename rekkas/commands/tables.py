"""What a command lists: a table for people, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from store.database.sources import SourceState
from store.library import Library


def show(rows: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print rows that have the same keys."""
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False)
    for name in rows[0] if rows else ():
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    Console().print(table)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value)


def source_rows(settings: Settings, library: Library) -> Iterator[dict[str, Any]]:
    """Every configured source and how it fares, in the order of the file."""
    states, counts = library.source_states(), library.article_counts()
    for slug, source in settings.sources.items():
        state = states.get(slug)
        yield {
            "source": slug,
            "title": source.title or slug,
            "kind": source.kind,
            "enabled": source.enabled,
            "articles": counts.get(slug, 0),
            **_state(state),
        }


def _state(state: SourceState | None) -> dict[str, Any]:
    pace = state.pace if state else None
    return {
        "outcome": state.last_outcome if state else None,
        "detail": state.last_detail if state else None,
        "failures": pace.failures if pace else 0,
        "due_at": pace.due_at.isoformat(timespec="seconds") if pace else None,
    }


def topic_rows(settings: Settings, library: Library) -> Iterator[dict[str, Any]]:
    """Every topic and how much it shows, in the order of the file."""
    sizes = library.topic_sizes()
    for slug, topic in settings.topics.items():
        size = sizes.get(slug)
        latest = size.latest_at if size else None
        yield {
            "topic": slug,
            "title": topic.title,
            "articles": size.count if size else 0,
            "latest_at": latest.isoformat(timespec="seconds") if latest else None,
            "match": topic.match,
        }
