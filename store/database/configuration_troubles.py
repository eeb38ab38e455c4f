"""What operators were told of their configuration: writing and reading it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select

from store.configuration_trouble import ConfigurationTrouble
from store.database import tables
from store.database.rows import put_rows

_trouble = tables.configuration_trouble


def add_trouble(connection: Connection, trouble: ConfigurationTrouble) -> None:
    """Keep what is told; of two at one moment the latter."""
    row = asdict(trouble) | {"problems": list(trouble.problems)}
    put_rows(connection, _trouble, [row], replacing=("problems", "count"))


def load_troubles(
    connection: Connection, *, limit: int
) -> tuple[ConfigurationTrouble, ...]:
    """What was told last, the latest first."""
    rows = connection.execute(
        select(_trouble).order_by(_trouble.c.noted_at.desc()).limit(limit)
    )
    return tuple(
        ConfigurationTrouble(
            noted_at=row["noted_at"],
            problems=tuple(row["problems"]),
            count=row["count"],
        )
        for row in rows.mappings()
    )
