"""What operators were told of the health of sources: writing and reading it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from store.database import tables
from store.health_change import Condition, HealthChange

_change = tables.health_change


def add_change(connection: Connection, change: HealthChange) -> None:
    """Keep a change; of two of a source at one moment the latter."""
    row = asdict(change) | {"condition": change.condition.value}
    told = insert_or(_change).values(row)
    keys = ["source", "noted_at"]
    connection.execute(told.on_conflict_do_update(index_elements=keys, set_=row))


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
