"""The index of words: which articles show which forms of a word.

The only room that knows how the database keeps it, SQLite's FTS5: which query follows
from an expression, and which articles a query finds. Which forms there are is for
`classify.words`, and what else narrows a search for `search`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    Select,
    column,
    delete,
    insert,
    literal_column,
    select,
    table,
)

from config.expression import And, Clause, Expression, Field, Form, Not
from store.article import ArticleId
from store.classify.words import forms_to_find

_words = table("article_words", column("rowid"), column("forms"))
_any_column: ColumnClause[str] = literal_column(
    "article_words"
)  # FTS5's name for all of a table
_WORDY = (Field.ANY, Field.TITLE, Field.TEXT)


def index_words(
    connection: Connection, forms_by_article: Mapping[ArticleId, Iterable[str]]
) -> None:
    """Let these articles be found by these forms, and by no others."""
    rows = [
        {"rowid": article_id, "forms": " ".join(sorted(forms))}
        for article_id, forms in forms_by_article.items()
    ]
    if rows:
        numbers = [row["rowid"] for row in rows]
        connection.execute(delete(_words).where(_words.c.rowid.in_(numbers)))
        connection.execute(insert(_words), rows)


def select_by_words(expression: Expression) -> Select[Any] | None:
    """The numbers of the articles that show the words an expression asks for.

    Among them is every article that matches. None where words narrow nothing, as in
    a negation or an alternative to something else.
    """
    query = _query(expression)
    if query is None:
        return None
    return select(_words.c.rowid).where(_any_column.match(query))


def _query(expression: Expression) -> str | None:
    match expression:
        case Clause():
            return _clause_query(expression)
        case Not():
            return None
        case And(parts=parts):
            queries = [query for query in map(_query, parts) if query is not None]
            return _joined(" AND ", queries) if queries else None
        case _:
            found = list(map(_query, expression.parts))
            every = [query for query in found if query is not None]
            return _joined(" OR ", every) if len(every) == len(found) else None


def _joined(sign: str, queries: list[str]) -> str:
    return queries[0] if len(queries) == 1 else f"({sign.join(queries)})"


def _clause_query(clause: Clause) -> str | None:
    """Every term of the value, each in any form that an inflection could give it."""
    if clause.field not in _WORDY or clause.form is Form.REGEX:
        return None
    forms = forms_to_find(clause.value, inflected=clause.form is Form.WORD)
    *whole, last = forms or ((),)
    wanted = [" OR ".join(map(_quoted, one)) for one in whole]
    sign = " *" if clause.form is Form.PREFIX else ""
    wanted.append(" OR ".join(_quoted(form) + sign for form in last))
    terms = [f"({one})" for one in wanted if one]
    return _joined(" AND ", terms) if terms else None


def _quoted(form: str) -> str:
    return '"' + form.replace('"', '""') + '"'
