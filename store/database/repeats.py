"""Which articles make room for another that says the same: as SQL of one article.

The one place that knows the order in which those are preferred; what a topic or a
choice has, its own room says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, case, exists, func, literal, or_
from sqlalchemy import tuple_ as in_order

from store.database import tables
from store.once import Once

FindPlace: TypeAlias = Callable[[FromClause], ColumnElement[int]]
"""The position at which an article is in what is shown; NULL where it is not in it."""


def makes_room(
    shown: FromClause, place: ColumnElement[int], once: Once, find_place: FindPlace
) -> ColumnElement[bool]:
    """Whether another article of those shown is to show for this one, at its place.

    By one order of all that say the same, so that one of them always shows. An article
    is looked for by its number, its original and its story alone, which have an index;
    where it is in what is shown is asked of those few.
    """
    other = tables.article.alias("other")
    other_place = find_place(other)
    return exists().where(
        _says_the_same(other, shown, once),
        other_place.is_not(None),
        in_order(*_order(other, other_place, once))
        < in_order(*_order(shown, place, once)),
    )


def _says_the_same(
    other: FromClause, shown: FromClause, once: Once
) -> ColumnElement[bool]:
    original = func.coalesce(shown.c.duplicate_of, shown.c.id)
    is_copy = or_(other.c.id == original, other.c.duplicate_of == original)
    return (
        or_(is_copy, other.c.story_id == shown.c.story_id) if once.by_story else is_copy
    )


def _order(
    article: FromClause, place: ColumnElement[int], once: Once
) -> tuple[ColumnElement[Any], ...]:
    """Of a story the first that entered goes first: one that goes on takes none away.

    Of copies the original does, which need not be the first that was seen.
    """
    rank = _rank(article, once.prefer)
    if once.by_story:
        return (rank, place)
    return (rank, case((article.c.duplicate_of.is_(None), 0), else_=1), article.c.id)


def _rank(article: FromClause, prefer: Sequence[str]) -> ColumnElement[int]:
    if not prefer:
        return literal(0)
    ranks = {slug: rank for rank, slug in enumerate(prefer)}
    return case(ranks, value=article.c.origin, else_=len(ranks))
