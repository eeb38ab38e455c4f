"""The search index: which articles a topic expression may hold, from SQL alone.

The index narrows, `classify.matching` decides: what is found here holds every article
that matches and few others, so that search and topics can never disagree. Clauses
that the index knows nothing of (addresses, authors, regular expressions) and negations
narrow nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    and_,
    column,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
    true,
)

from config.expression import And, Clause, Expression, Field, Form, Not
from store.article import Article, ArticleId, Strength
from store.classify.words import forms_to_find
from store.database import tables
from store.database.articles import read_articles, select_articles

_words = table("article_words", column("rowid"), column("forms"))
_any_column: ColumnClause[str] = literal_column(
    "article_words"
)  # FTS5's name for all of a table
_ARTICLES_AT_A_TIME = 200

Condition = ColumnElement[bool]


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


def find_candidates(
    connection: Connection, expression: Expression
) -> Iterator[tuple[Article, frozenset[str]]]:
    """Every article that may match, newest first, with the slugs of its carriers."""
    article = tables.article.c
    moment = func.coalesce(article.published_at, article.first_seen_at)
    found = (
        select_articles()
        .where(_condition(expression))
        .order_by(moment.desc(), article.id.desc())
    )
    rows = connection.execute(found)
    while some := rows.fetchmany(_ARTICLES_AT_A_TIME):
        yield from read_articles(connection, some)


def _condition(expression: Expression) -> Condition:
    match expression:
        case Clause():
            return _CONDITIONS.get(expression.field, _unknown)(expression)
        case Not():
            return true()
        case And(parts=parts):
            return and_(*map(_condition, parts))
        case _:
            return or_(*map(_condition, expression.parts))


def _unknown(_: Clause) -> Condition:
    return true()


def _has_words(clause: Clause) -> Condition:
    """Every term of the value, each in any form that an inflection could give it."""
    if clause.form is Form.REGEX:
        return true()
    *whole, last = forms_to_find(clause.value) or ((),)
    wanted = [" OR ".join(map(_quoted, forms)) for forms in whole]
    sign = " *" if clause.form is Form.PREFIX else ""
    wanted.append(" OR ".join(_quoted(form) + sign for form in last))
    query = " AND ".join(f"({forms})" for forms in wanted if forms)
    found = select(_words.c.rowid).where(_any_column.match(query))
    return tables.article.c.id.in_(found) if query else true()


def _quoted(form: str) -> str:
    return '"' + form.replace('"', '""') + '"'


def _has_tag(clause: Clause) -> Condition:
    tag = tables.article_tag.c
    strengths = [Strength.ABOUT.value]
    if clause.field is Field.MENTIONS:
        strengths.append(Strength.MENTIONS.value)
    found = select(tag.article).where(
        tag.tag == clause.value, tag.strength.in_(strengths)
    )
    return tables.article.c.id.in_(found)


def _from_source(clause: Clause) -> Condition:
    carried = select(tables.sighting.c.article).where(
        tables.sighting.c.source == clause.value
    )
    article = tables.article.c
    return or_(article.origin == clause.value, article.id.in_(carried))


def _in_language(clause: Clause) -> Condition:
    # Articles keep the primary subtag alone.
    primary = clause.value.partition("-")[0].lower()
    return func.coalesce(tables.article.c.language, "") == primary


def _in_time(clause: Clause) -> Condition:
    article = tables.article.c
    moment = func.coalesce(
        article.published_at, article.first_seen_at, type_=tables.UtcDateTime
    )
    return moment >= clause.at if clause.field is Field.AFTER else moment < clause.at


_CONDITIONS: Mapping[Field, Callable[[Clause], Condition]] = {
    Field.ANY: _has_words,
    Field.TITLE: _has_words,
    Field.TEXT: _has_words,
    Field.ABOUT: _has_tag,
    Field.MENTIONS: _has_tag,
    Field.SOURCE: _from_source,
    Field.LANGUAGE: _in_language,
    Field.AFTER: _in_time,
    Field.BEFORE: _in_time,
}
