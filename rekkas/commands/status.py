"""`rekkas status`: how sources and topics fare, by what is recorded; asks no server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import click

from config.settings import Settings
from ingest.pace.health import Condition
from rekkas.cli import config_option
from rekkas.commands.paragraphs import show_paragraph
from rekkas.commands.shared import load, recorded, utc_now
from rekkas.commands.spans import show_ahead, show_past
from rekkas.commands.tables import show_json, show_table, source_rows, topic_rows
from store.database.engine import kind_of
from store.library import Library

_TOPIC_COLUMNS = ("topic", "articles", "latest_at")
_WELL = (Condition.OK.value, Condition.NEW.value)
_URGENCY = {each.value: -place for place, each in enumerate(Condition)}

_Row: TypeAlias = dict[str, Any]


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(*, as_json: bool) -> None:
    """Tell how each enabled source and each topic fares, and what is wrong.

    Sources in trouble come first, the worst of them at the top. Nothing is polled.
    """
    loaded, now = load(), utc_now()
    with recorded(loaded) as library:
        facts = _facts(loaded.settings, library, now)
    if as_json:
        show_json(facts)
    else:
        _show(facts, now)


def _facts(settings: Settings, library: Library | None, now: datetime) -> _Row:
    rows = source_rows(settings, library, now=now)
    sources = sorted(
        (row for row in rows if row["enabled"]), key=lambda row: _URGENCY[row["health"]]
    )
    return {
        "database": kind_of(str(settings.storage.url)).place,
        "is_recorded": library is not None,
        "configuration": _standing_trouble(library),
        "conditions": Counter(row["health"] for row in sources),
        "next_poll_at": min(
            filter(None, (row["due_at"] for row in sources)), default=None
        ),
        "sources": sources,
        "topics": list(topic_rows(settings, library)),
    }


def _standing_trouble(library: Library | None) -> _Row | None:
    """What is wrong with the configuration that the service read last, if anything."""
    told = library.configuration_troubles(limit=1) if library is not None else ()
    if not (told and told[0].count):
        return None
    return {
        "broken_since": told[0].noted_at.isoformat(timespec="seconds"),
        "problems": list(told[0].problems),
        "count": told[0].count,
    }


def _show(facts: _Row, now: datetime) -> None:
    sources = facts["sources"]
    for line in _summary(facts, now):
        show_paragraph(line, indent="")
    if facts["configuration"] is not None:
        _show_broken(facts["configuration"], now)
    for row in sources:
        if row["health"] not in _WELL:
            _show_trouble(row, now)
    if not facts["is_recorded"]:
        return
    click.echo()
    shown = [_source_row(row, now) for row in sources]
    show_table(shown, tuple(shown[0]) if shown else ())
    if facts["topics"]:
        click.echo()
        show_table(facts["topics"], _TOPIC_COLUMNS)


def _summary(facts: _Row, now: datetime) -> Iterator[str]:
    """What the hurried reader wants to know."""
    sources, conditions = facts["sources"], facts["conditions"]
    if not facts["is_recorded"]:
        yield (
            f"nothing recorded yet: {facts['database']} is not there. Start the "
            "service with `rekkas run`, or poll once with `rekkas ingest`."
        )
        return
    yield f"database {facts['database']}"
    counted = ", ".join(f"{count} {name}" for name, count in conditions.items())
    yield f"{_counted(len(sources), 'source')}: {counted or 'none is enabled'}"
    if facts["next_poll_at"]:
        ahead = show_ahead(datetime.fromisoformat(facts["next_poll_at"]), now=now)
        yield f"next poll {ahead}"
    elif sources:
        yield "nothing is polled yet: start the service with `rekkas run`"


def _show_broken(broken: _Row, now: datetime) -> None:
    since = _past(broken["broken_since"], now)
    show_paragraph(
        f"configuration broken for {since}, the service goes by an earlier one: "
        f"{_counted(broken['count'], 'problem')}, see `rekkas check`",
        indent="",
    )
    for problem in broken["problems"]:
        show_paragraph(problem, first="  ", indent="  ")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _show_trouble(row: _Row, now: datetime) -> None:
    since = _past(row["since"], now)
    title = "" if row["title"] == row["source"] else f" ({row['title']})"
    click.echo(
        f"\n{row['source']}{title}: {row['health']}"
        + (f" for {since}" if since else "")
    )
    for text in dict.fromkeys(_words(row)):
        show_paragraph(text, first="  ", indent="  ")


def _words(row: _Row) -> Sequence[str]:
    """What is wrong and what to do, nothing twice."""
    detail, advice = row["detail"] or "", row["advice"]
    return [
        text
        for text in (detail, advice)
        if text and not (text != advice and text in advice)
    ]


def _source_row(row: _Row, now: datetime) -> _Row:
    due_at = row["due_at"]
    return {
        "source": row["source"],
        "health": row["health"],
        "for": _past(row["since"], now),
        "articles": row["articles"],
        "last success": _past(row["last_success_at"], now),
        "next poll": due_at and show_ahead(datetime.fromisoformat(due_at), now=now),
    }


def _past(moment: str | None, now: datetime) -> str | None:
    return show_past(datetime.fromisoformat(moment) if moment else None, now=now)
