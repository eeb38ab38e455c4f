"""What must hold between the rows of a whole database, asked of either kind.

Speaks SQL; looks and changes nothing. Foreign keys are asked for here too: a database
that was written with them switched off, or whose file was damaged, may break them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Select,
    exists,
    func,
    or_,
    select,
)

from store.database import tables
from store.database.word_index import select_indexed
from store.flaw import ORPHANS, Flaw

_EXAMPLES = 3
_RESTORE = "restore a backup made before it"
_TELL = "restore a backup made before it, and report how it came about"

_article, _log, _page = tables.article, tables.publication, tables.archive_page
_indexed = select_indexed().subquery()
_original = _article.alias("original")


def find_flaws(connection: Connection) -> Iterator[Flaw]:
    """Every kind of flaw that the database has, none where all is well."""
    for table in tables.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=_name):
            what = f"a row of {table.name} names a {key.column.table.name} that is gone"
            yield from _look(connection, ORPHANS, (what, _RESTORE), _orphans(key))
    for check, (what, advice, found) in _RULES.items():
        yield from _look(connection, check, (what, advice), found)


def _name(key: ForeignKey) -> str:
    return key.parent.name


def _look(
    connection: Connection, check: str, words: tuple[str, str], found: Select[Any]
) -> Iterator[Flaw]:
    count = connection.execute(
        select(func.count()).select_from(found.subquery())
    ).scalar_one()
    if count:
        rows = connection.execute(found.limit(_EXAMPLES))
        examples = tuple(" ".join(map(str, row)) for row in rows)
        what, advice = words
        yield Flaw(
            check=check, what=what, count=count, examples=examples, advice=advice
        )


def _orphans(key: ForeignKey) -> Select[Any]:
    child, named = key.parent.table, key.column.table.alias("named")
    return select(*child.primary_key.columns).where(
        key.parent.is_not(None),
        ~exists().where(named.c[key.column.name] == key.parent),
    )


def _gaps(number: Column[Any]) -> Select[Any]:
    """The topics in which the numbers do not run from 1 to as many as there are."""
    topic = number.table.c.topic
    return (
        select(topic)
        .group_by(topic)
        .having(or_(func.min(number) != 1, func.max(number) != func.count()))
    )


_RULES: Mapping[str, tuple[str, str, Select[Any]]] = {
    "copies": (
        "an article is a copy of itself or of a copy",
        _TELL,
        select(_article.c.id)
        .join(_original, _original.c.id == _article.c.duplicate_of)
        .where(
            or_(
                _original.c.duplicate_of.is_not(None),
                _original.c.id == _article.c.id,
            )
        ),
    ),
    "pages": (
        "a topic lacks a page of its archive",
        _RESTORE,
        _gaps(_page.c.number),
    ),
    "page contents": (
        "an archive page is empty, or ends before it begins",
        _RESTORE,
        select(_page.c.topic, _page.c.number).where(
            or_(
                func.length(_page.c.body) == 0,
                _page.c.first_position > _page.c.last_position,
            )
        ),
    ),
    "unreachable publications": (
        "a publication is said to be on an archive page that is not there, or not "
        "to hold it",
        _TELL,
        select(_log.c.topic, _log.c.position).where(
            _log.c.page.is_not(None),
            ~exists().where(
                _page.c.topic == _log.c.topic,
                _page.c.number == _log.c.page,
                _log.c.position.between(_page.c.first_position, _page.c.last_position),
            ),
        ),
    ),
    "words": (
        "an article cannot be found by its words",
        "`rekkas db reindex` makes the index of words anew",
        select(_article.c.id).where(_article.c.id.not_in(select_indexed())),
    ),
    "words of nothing": (
        "the index of words names an article that is gone",
        "`rekkas db reindex` makes the index of words anew",
        select(_indexed.c[0]).where(_indexed.c[0].not_in(select(_article.c.id))),
    ),
}
"""What is asked: in which words it is told, what helps, and the rows that have it."""
