"""What a command lists: a table for people, JSON for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from config.settings import Settings
from ingest.pace.health import Condition, Health
from store.article import Article
from store.database.sources import SourceState
from store.library import Library
from store.remembering import health_of

_WIDE = 1000  # columns where no terminal folds: a row stays a line for other programs


def show_json(value: object) -> None:
    """Print what machines read."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print these columns of the rows, folded to the width of a terminal."""
    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        # Text, since in a plain string "[...]" would be read as rich's own marks.
        table.add_row(*(Text(_cell(row[name])) for name in columns))
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value)


def article_rows(articles: Iterable[Article]) -> Iterator[dict[str, Any]]:
    """Articles in their order, each with what tells it from the others."""
    for article in articles:
        moment = article.published_at
        yield {
            "article": article.id,
            "published_at": moment.isoformat(timespec="seconds") if moment else None,
            "source": article.origin_title,
            "language": article.language,
            "title": article.title,
            "link": article.link,
            "tags": [tag.tag for tag in article.tags],
        }


def source_rows(
    settings: Settings, library: Library | None, *, now: datetime
) -> Iterator[dict[str, Any]]:
    """Every configured source and how it fares at `now`, in the order of the file.

    Without a library nothing was recorded yet.
    """
    states = library.source_states() if library else {}
    counts = library.article_counts() if library else {}
    for slug, source in settings.sources.items():
        state = states.get(slug)
        yield {
            "source": slug,
            "title": source.title or slug,
            "kind": source.kind,
            "enabled": source.enabled,
            "articles": counts.get(slug, 0),
            **_state(state, now),
        }


def _state(state: SourceState | None, now: datetime) -> dict[str, Any]:
    health = health_of(state, now) if state else Health(condition=Condition.NEW)
    pace = state.pace if state else None
    is_gone = state is not None and state.whereabouts.gone_at is not None
    return {
        "health": health.condition.value,
        "since": show_time(health.since),
        "advice": health.advice,
        "outcome": state.last_outcome if state else None,
        "detail": state.last_detail if state else None,
        "failures": pace.failures if pace else 0,
        "last_polled_at": show_time(state.last_polled_at if state else None),
        "last_success_at": show_time(state.last_success_at if state else None),
        "due_at": show_time(pace.due_at if pace and not is_gone else None),
    }


def show_time(moment: datetime | None) -> str | None:
    """A moment to the second, in ISO 8601; None stays None."""
    return None if moment is None else moment.isoformat(timespec="seconds")


def topic_rows(settings: Settings, library: Library | None) -> Iterator[dict[str, Any]]:
    """Every topic and how much it shows, in the order of the file."""
    sizes = library.topic_sizes() if library else {}
    undecided = library.undecided_topics() if library else frozenset()
    for slug, topic in settings.topics.items():
        size = sizes.get(slug)
        yield {
            "topic": slug,
            "title": topic.title,
            "articles": size.count if size else 0,
            "latest_at": show_time(size.latest_at if size else None),
            "state": "being decided" if slug in undecided else "decided",
            "match": topic.match,
        }
