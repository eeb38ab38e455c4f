"""The articles of a choice, and which of them shows for its copies: reading them."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    FromClause,
    case,
    func,
    literal,
    select,
    true,
    union,
)

from store.article import Publication, Strength
from store.choice import Choice, ChosenBy
from store.database import tables
from store.database.articles import select_articles
from store.database.publications import read_publications
from store.database.repeats import makes_room
from store.once import Once

_tag, _sighting = tables.article_tag.c, tables.sighting.c
_NO_REASON = literal([], type_=JSON)


def load_chosen(
    connection: Connection, choice: Choice, *, limit: int, collapse: bool
) -> tuple[Publication, ...]:
    """The last articles of the choice, each at the position of its number.

    Highest position first. With `collapse`, of copies only one: the original where it
    belongs to the choice, else the one that was stored first.
    """
    articles = select_articles().subquery()
    shown = articles.c
    found = (
        select(
            articles,
            shown.id.label("position"),
            shown.first_seen_at.label("matched_at"),
            _NO_REASON.label("reason"),
        )
        .where(_belongs(articles, choice))
        .order_by(shown.id.desc())
        .limit(limit)
    )
    once = Once() if collapse else None
    if once is not None:
        find_place = partial(_place_in, choice)
        found = found.where(~makes_room(articles, shown.id, once, find_place))
    rows = connection.execute(found).all()
    return tuple(read_publications(connection, choice.by.value, rows, once))


def _belongs(article: FromClause, choice: Choice) -> ColumnElement[bool]:
    match choice.by:
        case ChosenBy.NOTHING:
            return true()
        case ChosenBy.LANGUAGE:
            return article.c.language == choice.value
        case ChosenBy.STORY:
            return article.c.story_id == int(choice.value)
        case ChosenBy.TAG:
            about = select(_tag.article).where(
                _tag.tag == choice.value, _tag.strength == Strength.ABOUT.value
            )
            return article.c.id.in_(about)
        case ChosenBy.SOURCE:
            written = tables.article.alias("written").c
            carried = select(_sighting.article).where(_sighting.source == choice.value)
            own = select(written.id).where(written.origin == choice.value)
            return article.c.id.in_(union(carried, own))
        case _:  # pragma: no cover - the type checker proves that nothing is left
            assert_never(choice.by)


def _place_in(choice: Choice, article: FromClause) -> ColumnElement[int]:
    return case((_belongs_as_copy(article, choice), article.c.id))


def _belongs_as_copy(copy: FromClause, choice: Choice) -> ColumnElement[bool]:
    """The same of an article found already.

    By an expression of the language: SQLite would else look through all that share it,
    and take seconds where it now takes milliseconds.
    """
    if choice.by is ChosenBy.LANGUAGE:
        return func.coalesce(copy.c.language, "") == choice.value
    return _belongs(copy, choice)
