"""Rows as JSON has them, and back: the same from and for either kind of database."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Integer, LargeBinary, Table

from store.database.rows import Record
from store.database.utc_datetime import UtcDateTime

_LARGEST = 2**63  # what a whole number of either database stays below


def kept_columns(table: Table) -> list[Column[Any]]:
    """The columns that are written; a database computes the others by itself."""
    return [column for column in table.columns if column.computed is None]


def write_row(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row in values that JSON has."""
    return {
        column.name: _write(column, row[column.name]) for column in kept_columns(table)
    }


def read_row(table: Table, written: object) -> Record:
    """The row that was written.

    Raises:
        ValueError: it is no row of the table; the message says why.
    """
    columns = kept_columns(table)
    names = {column.name for column in columns}
    if not isinstance(written, dict) or written.keys() != names:
        raise ValueError(f"a row of {table.name} has other columns")
    return {column.name: _read(column, written[column.name]) for column in columns}


def _write(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return value.isoformat()
    if isinstance(column.type, LargeBinary):
        return base64.b64encode(value).decode()
    return value


def _read(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON) and (value is not None or column.nullable):
        return value
    if value is None and column.nullable:
        return None
    try:
        return _read_plain(column, value)
    except (ValueError, binascii.Error):
        raise ValueError(f"its {column.name} cannot be {str(value)[:40]!r}") from None


def _read_plain(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, Integer):
        if type(value) is not int or not -_LARGEST <= value < _LARGEST:
            raise ValueError
        return value
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - as any other value that is not one
    if isinstance(column.type, UtcDateTime):
        return _read_time(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value, validate=True)
    value.encode()  # half a character, as "\ud800", no database takes
    return value


def _read_time(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment
