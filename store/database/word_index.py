"""The index of words: which articles show which forms of a word.

The only room that knows how a database keeps it: SQLite's FTS5, PostgreSQL's tsvector.
Which forms an expression asks for is for `word_query`, and what else narrows a search
for `search`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Connection,
    Dialect,
    Select,
    Text,
    TypeDecorator,
    bindparam,
    column,
    delete,
    insert,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from config.expression import Expression
from store.article import ArticleId
from store.database.word_query import (
    WRITERS,
    WantedForms,
    quoted_lexeme,
    wanted_forms,
)

_LARGEST_TSVECTOR = 1_000_000  # bytes of forms; PostgreSQL takes a little over


class _Forms(TypeDecorator[Collection[str]]):
    """The forms of one article, as the index of each database takes them."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        is_sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(Text() if is_sqlite else TSVECTOR())

    def process_bind_param(
        self, value: Collection[str] | None, dialect: Dialect
    ) -> str | None:
        if value is None or dialect.name == "sqlite":
            return " ".join(sorted(value or ()))
        written = " ".join(map(quoted_lexeme, sorted(value)))
        # Whoever shows more forms than the index takes is found by every search.
        return written if len(written.encode()) <= _LARGEST_TSVECTOR else None


class _Query(TypeDecorator[WantedForms]):
    """Forms that are looked for, as the index of each database reads them."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: WantedForms | None, dialect: Dialect
    ) -> str | None:
        return None if value is None else WRITERS[dialect.name](value)


_words = table("article_words", column("rowid"), column("forms", _Forms()))


class _Shows(FunctionElement[Any]):
    """Whether an article shows the forms of a query.

    Of no type: FTS5 takes no MATCH that is compared with what a boolean is in SQLite.
    """

    name = "shows"
    inherit_cache = True


@compiles(_Shows, "sqlite")
def _match(shows: _Shows, compiler: SQLCompiler, **kw: Any) -> str:
    (query,) = shows.clauses
    return f"article_words MATCH {compiler.process(query, **kw)}"


@compiles(_Shows, "postgresql")
def _has(shows: _Shows, compiler: SQLCompiler, **kw: Any) -> str:
    (query,) = shows.clauses
    written = f"CAST({compiler.process(query, **kw)} AS tsquery)"
    return f"(article_words.forms @@ {written} OR article_words.forms IS NULL)"


def index_words(
    connection: Connection, forms_by_article: Mapping[ArticleId, Iterable[str]]
) -> None:
    """Let these articles be found by these forms, and by no others."""
    rows = [
        {"rowid": article_id, "forms": frozenset(forms)}
        for article_id, forms in forms_by_article.items()
    ]
    if rows:
        numbers = [row["rowid"] for row in rows]
        connection.execute(delete(_words).where(_words.c.rowid.in_(numbers)))
        connection.execute(insert(_words), rows)


def forget_words(connection: Connection, numbers: Collection[int]) -> None:
    """Let these articles be found by no words."""
    connection.execute(delete(_words).where(_words.c.rowid.in_(numbers)))


def select_indexed() -> Select[Any]:
    """The numbers of the articles that are found by words."""
    return select(_words.c.rowid)


def clear_index(connection: Connection) -> None:
    """Let no article be found by words."""
    connection.execute(delete(_words))


def select_by_words(expression: Expression) -> Select[Any] | None:
    """The numbers of the articles that show the words an expression asks for.

    Among them is every article that matches. None where words narrow nothing, as in
    a negation or an alternative to something else.
    """
    wanted = wanted_forms(expression)
    if wanted is None:
        return None
    query = bindparam(None, wanted, type_=_Query(), unique=True)
    return select(_words.c.rowid).where(_Shows(query))
