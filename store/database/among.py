"""Whether a column is one of many numbers, as each database reads them in one piece.

A parameter for each of a thousand numbers costs more than looking all of them up.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Numbers(TypeDecorator[Collection[int]]):
    """Numbers as one parameter: JSON for SQLite, an array for PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        is_sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(Text() if is_sqlite else ARRAY(BigInteger()))

    def process_bind_param(
        self, value: Collection[int] | None, dialect: Dialect
    ) -> str | list[int]:
        numbers = list(value or ())
        return json.dumps(numbers) if dialect.name == "sqlite" else numbers


class _Among(FunctionElement[Any]):
    """Whether the first of its clauses is one of the numbers of the second.

    Of no type: SQLite would compare a boolean with 1, and use no index.
    """

    name = "among"
    inherit_cache = True


@compiles(_Among, "sqlite")
def _in_json(among: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, numbers = (compiler.process(clause, **kw) for clause in among.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - no text of ours


@compiles(_Among, "postgresql")
def _in_array(among: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, numbers = (compiler.process(clause, **kw) for clause in among.clauses)
    return f"{column} = ANY({numbers})"


def is_among(column: ColumnElement[int], numbers: Collection[int]) -> _Among:
    """Whether the column's value is one of these, however many they are."""
    return _Among(column, bindparam(None, numbers, type_=_Numbers(), unique=True))
