"""Rows for any table as it is, made by code: three of each, all columns filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    insert,
)
from sqlalchemy.types import TypeEngine

ROWS = 3
_FIRST_DAY = datetime(2026, 1, 1, 8, 30, 0, 250, tzinfo=UTC)


def fill_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """Put rows into the tables, which come behind those that their rows name."""
    for table in tables:
        for number in range(1, _count(table) + 1):
            connection.execute(insert(table).values(_row(table, number)))


def _count(table: Table) -> int:
    """A table of one row has its row from the start."""
    return 0 if table.name == "change" else ROWS


def _row(table: Table, number: int) -> dict[str, Any]:
    return {
        column.name: _value(column, number)
        for column in table.columns
        if column.computed is None
    }


def _value(column: Column[Any], number: int) -> Any:
    if column.name == "duplicate_of":
        return 1 if number == ROWS else None
    if column.name in _OF_FEW:
        return _OF_FEW[column.name]
    for key in column.foreign_keys:
        return _value(key.column, number)
    kind = getattr(column.type, "impl", column.type)
    for known, make in _VALUES.items():
        if isinstance(kind, known):
            return make(number)
    return f"{column.name[:1]}-{number}"


_VALUES: Mapping[type[TypeEngine[Any]], Callable[[int], Any]] = {
    Integer: int,
    JSON: lambda number: [{"title": f"العربية {number}", "share": 0.1}],
    DateTime: lambda number: _FIRST_DAY + timedelta(days=number),
    LargeBinary: lambda number: bytes(range(number, 200)),
}

# What only a few values can be.
_OF_FEW: Mapping[str, Any] = {
    "strength": "about",
    "hits": [["title", 0, 3]],
    "published_precision": "day",
    "categories": ["World"],
    "enclosures": [["https://example.org/a.mp3", "audio/mpeg", 7]],
}
