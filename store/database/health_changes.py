"""What operators were told of the health of sources: writing and reading it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select

from store.database import tables
from store.database.rows import put_rows
from store.health_change import Condition, HealthChange

_change = tables.health_change


def add_change(connection: Connection, change: HealthChange) -> None:
    """Keep a change; of two of a source at one moment the latter."""
    row = asdict(change) | {"condition": change.condition.value}
    put_rows(connection, _change, [row], replacing=("condition", "since", "advice"))


def load_changes(connection: Connection, *, limit: int) -> tuple[HealthChange, ...]:
    """The last changes of all sources, the latest first."""
    rows = connection.execute(
        select(_change)
        .order_by(_change.c.noted_at.desc(), _change.c.source)
        .limit(limit)
    )
    return tuple(
        HealthChange(
            source=row.source,
            noted_at=row.noted_at,
            condition=Condition(row.condition),
            since=row.since,
            advice=row.advice,
        )
        for row in rows
    )
