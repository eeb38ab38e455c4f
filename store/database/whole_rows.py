"""Every row of a database, read one after the other or put into an empty one.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, exists, insert, select
from sqlalchemy.exc import DataError, IntegrityError

from store.database import tables
from store.database.row_text import kept_columns, read_row, write_row
from store.database.rows import Record

_PIECEMEAL = {"yield_per": 500}
_MADE_WITH_THE_TABLES = tables.change

TABLES = {table.name: table for table in tables.metadata.sorted_tables}
"""Every table, each behind those that its rows name."""


class RowRefusedError(Exception):
    """The database takes one of the rows not: the `index`-th of those it was given."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index


def each_row(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row with its table, in values that JSON has; a row follows what it names.

    The order is that of the primary keys, whichever database it is.
    """
    for name, table in TABLES.items():
        for found in _in_order(table):
            with connection.execute(found, execution_options=_PIECEMEAL) as rows:
                for row in rows:
                    yield name, write_row(table, row._asdict())


def _in_order(table: Table) -> Iterator[Select[Any]]:
    found = select(*kept_columns(table)).order_by(*table.primary_key.columns)
    if table is not tables.article:
        yield found
        return
    # Originals before their copies.
    yield found.where(table.c.duplicate_of.is_(None))
    yield found.where(table.c.duplicate_of.is_not(None))


def read_kept(name: str, written: object) -> Record:
    """The row of a table that was written.

    Raises:
        ValueError: there is no such table, or it is no row of it.
    """
    if name not in TABLES:
        raise ValueError(f"there is no table {name!r}")
    return read_row(TABLES[name], written)


def first_used(connection: Connection) -> str | None:
    """A table that has rows, None where the database is empty."""
    for name, table in TABLES.items():
        if table is _MADE_WITH_THE_TABLES:
            continue
        if connection.execute(select(exists(select(table)))).scalar():
            return name
    return None


def make_room(connection: Connection) -> None:
    """Take away what an empty database has."""
    connection.execute(delete(_MADE_WITH_THE_TABLES))


def put_all(connection: Connection, name: str, rows: Sequence[Record]) -> None:
    """Put rows of one table.

    Raises:
        RowRefusedError: one of them contradicts another, or what is there.
    """
    table = TABLES[name]
    try:
        with connection.begin_nested():
            connection.execute(insert(table), list(rows))
    except (DataError, IntegrityError):
        for index, row in enumerate(rows):
            _put_alone(connection, table, index, row)


def _put_alone(connection: Connection, table: Table, index: int, row: Record) -> None:
    try:
        with connection.begin_nested():
            connection.execute(insert(table), row)
    except (DataError, IntegrityError) as error:
        reason = " ".join(str(error.orig).split())
        raise RowRefusedError(index, reason) from error
