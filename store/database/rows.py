"""Rows to be written and keys to be looked up, many at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Record = dict[str, Any]
"""One row to be written, by column name."""

_T = TypeVar("_T")
_KEYS_IN_A_QUERY = 5_000


def chunks(keys: Iterable[_T]) -> Iterator[list[_T]]:
    """The keys, so many at a time that a query can name them all."""
    rest = iter(keys)
    while some := list(islice(rest, _KEYS_IN_A_QUERY)):
        yield some


def put_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[Record],
    *,
    replacing: Collection[str],
) -> None:
    """Write rows that all have the same columns, new or known by their primary key.

    Of a row that is known the columns in `replacing` are written and the others kept.
    """
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = insert(table)
    changes = {name: row.excluded[name] for name in replacing}
    keys = list(table.primary_key.columns)
    written = (
        row.on_conflict_do_update(index_elements=keys, set_=changes)
        if changes
        else row.on_conflict_do_nothing(index_elements=keys)
    )
    connection.execute(written, list(rows))
