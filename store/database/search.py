"""Which stored articles a topic expression may hold, from SQL alone, newest first.

The index narrows, `classify.matching` decides: what is found here holds every article
that matches and few others, so that search and topics can never disagree. Clauses
that the index knows nothing of (addresses, authors, regular expressions) and negations
narrow nothing.

A search goes one of two ways. Where some part of the expression is held by few
articles, those are fetched and the rest is asked of each. Else all articles are
walked, the newest first, until the caller has enough.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from config.expression import And, Clause, Expression, Field, Or
from store.article import ArticleId, Strength
from store.database import tables
from store.database.candidates import Candidate, load_candidates
from store.database.word_index import select_by_words

_ARTICLES_AT_A_TIME = 50
FEW = 1_000
"""So many articles are looked up one by one; for more, the walk by time is shorter."""

Condition = ColumnElement[bool]
_Numbers = Select[Any]

_article = tables.article.c
# The sign keeps SQLite from fetching every article of a set to sort them by time:
# with it the index of times leads.
_walked_id: ColumnClause[int] = literal_column("+article.id")


def find_candidates(
    connection: Connection, expression: Expression, *, few: int = FEW
) -> Generator[Candidate]:
    """Every article that may match, newest first.

    Those of a part that at most `few` articles have are fetched and sorted. Whoever
    stops before the last closes this within the transaction.
    """
    held_by_few = _held_by_few(connection, expression, few)
    # No more is fetched than is asked for, which PostgreSQL does only when told. Told
    # so of a few articles, it would walk all of them by time to have the first early.
    piecemeal = {"yield_per": _ARTICLES_AT_A_TIME} if held_by_few is None else {}
    condition = _condition(expression, walked=True)
    numbers = _newest_first(condition if held_by_few is None else held_by_few)
    with connection.execute(numbers, execution_options=piecemeal) as result:
        for some in result.scalars().partitions(_ARTICLES_AT_A_TIME):
            yield from load_candidates(connection, some, expression)


def find_candidates_from(
    connection: Connection, expressions: Iterable[Expression], *, above: int, limit: int
) -> Sequence[ArticleId]:
    """The first articles numbered above one that may match any of the expressions.

    In the order they were stored; fewer than `limit` only where there are no more.
    """
    whole = Or(parts=tuple(expressions))
    found = (
        select(_article.id)
        .where(_article.id > above, _condition(whole))
        .order_by(_article.id)
        .limit(limit)
    )
    return [ArticleId(number) for number in connection.execute(found).scalars()]


def _newest_first(condition: Condition) -> _Numbers:
    by_time = (_article.moment.desc(), _article.id.desc())
    return select(_article.id).where(condition).order_by(*by_time)


def _held_by_few(
    connection: Connection, expression: Expression, few: int
) -> Condition | None:
    """To be one of those that the rarest part has, and the rest; None where many are.

    The part itself is not asked again: for words that would be the dearest question.
    """
    condition, most = None, few
    for numbers, rest in _narrowing(expression):
        found = list(connection.execute(numbers.limit(most + 1)).scalars())
        if len(found) <= most:
            condition, most = and_(_article.id.in_(found), rest), len(found)
    return condition


def _narrowing(expression: Expression) -> Iterator[tuple[_Numbers, Condition]]:
    """The sets of articles of which each holds every match, and what else is asked."""
    by_words = select_by_words(expression)
    if by_words is not None:
        yield by_words, _rest(expression)
    for part in expression.parts if isinstance(expression, And) else (expression,):
        numbers = None if select_by_words(part) is not None else _numbers(part)
        if numbers is not None:
            yield numbers, _condition(expression, walked=True)


def _numbers(expression: Expression) -> _Numbers | None:
    """A set that holds every article which matches; None where there is no index."""
    by_words = select_by_words(expression)
    if by_words is not None:
        return by_words
    match expression:
        case Clause(field=Field.ABOUT | Field.MENTIONS):
            return _tagged(expression)
        case Clause(field=Field.SOURCE):
            return _carried_by(expression.value)
        case And(parts=parts):
            return next(filter(_is_some, map(_numbers, parts)), None)
        case Or(parts=parts):
            every = [numbers for numbers in map(_numbers, parts) if numbers is not None]
            return _united(every) if len(every) == len(parts) else None
        case _:
            return None


def _is_some(numbers: _Numbers | None) -> bool:
    return numbers is not None


def _united(sets: Sequence[_Numbers]) -> _Numbers:
    together = union_all(*(select(one.subquery()) for one in sets)).subquery()
    return select(together.c[0])


def _tagged(clause: Clause) -> _Numbers:
    tag = tables.article_tag.c
    return select(tag.article).where(
        tag.tag == clause.value, tag.strength.in_(_strengths(clause))
    )


def _strengths(clause: Clause) -> list[str]:
    if clause.field is Field.ABOUT:
        return [Strength.ABOUT.value]
    return [Strength.ABOUT.value, Strength.MENTIONS.value]


def _carried_by(source: str) -> _Numbers:
    sighting = tables.sighting.c
    own = select(_article.id).where(_article.origin == source)
    carried = select(sighting.article).where(sighting.source == source)
    return _united([own, carried])


def _condition(expression: Expression, *, walked: bool = False) -> Condition:
    """What SQL can ask of one article; words are asked of all of it at once."""
    by_words = select_by_words(expression)
    condition = _rest(expression)
    if by_words is None:
        return condition
    number = _walked_id if walked else _article.id
    return and_(number.in_(by_words), condition)


def _rest(expression: Expression) -> Condition:
    """The condition without the words that are asked already."""
    match expression:
        case Clause():
            return _CONDITIONS.get(expression.field, _unknown)(expression)
        case And(parts=parts):
            return and_(true(), *map(_rest, parts))
        case Or(parts=parts):
            is_asked = select_by_words(expression) is not None
            return or_(*map(_rest if is_asked else _condition, parts))
        case _:
            return true()


def _unknown(_: Clause) -> Condition:
    return true()


def _has_tag(clause: Clause) -> Condition:
    tag = tables.article_tag.c
    return exists().where(
        tag.article == _article.id,
        tag.tag == clause.value,
        tag.strength.in_(_strengths(clause)),
    )


def _from_source(clause: Clause) -> Condition:
    sighting = tables.sighting.c
    carried = exists().where(
        sighting.source == clause.value, sighting.article == _article.id
    )
    return or_(_article.origin == clause.value, carried)


def _in_language(clause: Clause) -> Condition:
    # Articles keep the primary subtag alone.
    primary = clause.value.partition("-")[0].lower()
    return func.coalesce(_article.language, "") == primary


def _in_time(clause: Clause) -> Condition:
    if clause.field is Field.AFTER:
        return _article.moment >= clause.at
    return _article.moment < clause.at


_CONDITIONS: Mapping[Field, Callable[[Clause], Condition]] = {
    Field.ABOUT: _has_tag,
    Field.MENTIONS: _has_tag,
    Field.SOURCE: _from_source,
    Field.LANGUAGE: _in_language,
    Field.AFTER: _in_time,
    Field.BEFORE: _in_time,
}
