"""How PostgreSQL is spoken to, so that a table means the same as in SQLite.

A whole number has 64 bits and a text any length, whatever a column calls them, as
SQLite has it; texts compare by their bytes, as everywhere else in the program, and not
by the language of whoever made the database. So tables and migrations are written once.
"""

from __future__ import annotations

from typing import Any

from psycopg.types.string import StrDumperUnknown
from sqlalchemy import Column, Computed, Integer
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

_BYTEWISE = ' COLLATE "C"'


class _Types(PGTypeCompiler):
    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: N802, ARG002
        return "BIGINT"

    def visit_VARCHAR(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return self.visit_TEXT(type_, **kw)

    def visit_TEXT(self, type_: Any, **kw: Any) -> str:  # noqa: N802, ARG002
        is_column = isinstance(kw.get("type_expression"), Column)
        return "TEXT" + (_BYTEWISE if is_column else "")


class _WholeNumber(Integer):
    """A number that the driver sends in as many bits as it has."""

    render_bind_cast = False


class _Definitions(PGDDLCompiler):
    def visit_computed_column(self, generated: Computed, **kw: Any) -> str:  # noqa: ARG002
        """A column that can be indexed, which before version 18 is a stored one."""
        written = self.sql_compiler.process(
            generated.sqltext, include_table=False, literal_binds=True
        )
        return f"GENERATED ALWAYS AS ({written}) STORED"


class _TextDumper(StrDumperUnknown):
    """Texts without the character NUL, which PostgreSQL cannot keep."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\x00", "") if "\x00" in obj else obj)


class PostgresqlDialect(PGDialect_psycopg):
    """PostgreSQL by psycopg, columns typed as SQLite would take them."""

    type_compiler_cls = _Types
    ddl_compiler = _Definitions
    supports_statement_cache = True
    colspecs = {**PGDialect_psycopg.colspecs, Integer: _WholeNumber}  # noqa: RUF012

    def on_connect(self) -> Any:
        """Prepare each connection as the dialect does, and for our texts."""
        prepare = super().on_connect()  # type: ignore[no-untyped-call] # as it is there

        def prepare_connection(connection: Any) -> None:
            prepare(connection)
            connection.adapters.register_dumper(str, _TextDumper)

        return prepare_connection
