"""Who else reported what a feed shows once: reading it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from store.article import ArticleId, OtherReport
from store.database import tables
from store.once import Once

_MOST_READ = 5_000
_article, _source = tables.article.c, tables.source.c


def load_others(
    connection: Connection, shown: Sequence[Row[Any]], once: Once
) -> Mapping[ArticleId, Sequence[OtherReport]]:
    """The copies of each shown article, or with `by_story` all that tell its story.

    Those that were stored first come first; of each source one. Articles that nobody
    else reported are missing.
    """
    wanted = {_key(row.id, row.duplicate_of): ArticleId(row.id) for row in shown}
    stories = {row.story_id: ArticleId(row.id) for row in shown if once.by_story}
    stories.pop(None, None)
    found: dict[ArticleId, list[Row[Any]]] = {}
    for row in _read(connection, list(wanted), list(stories)):
        article = wanted.get(row.original) or stories.get(row.story_id)
        if article is not None and row.id != article:
            found.setdefault(article, []).append(row)
    own = {ArticleId(row.id): row.origin for row in shown}
    return {
        article: tuple(_reports(rows, own[article])) for article, rows in found.items()
    }


def _key(number: int, duplicate_of: int | None) -> int:
    return number if duplicate_of is None else duplicate_of


def _read(
    connection: Connection, originals: Sequence[int], stories: Sequence[int]
) -> Sequence[Any]:
    original = func.coalesce(_article.duplicate_of, _article.id)
    copies = or_(_article.duplicate_of.in_(originals), _article.id.in_(originals))
    wanted = or_(copies, _article.story_id.in_(stories)) if stories else copies
    return connection.execute(
        select(
            _article.id,
            _article.link,
            _article.story_id,
            _article.origin,
            original.label("original"),
            func.coalesce(_source.title, _article.origin).label("title"),
        )
        .join(tables.source, and_(_source.slug == _article.origin))
        .where(wanted)
        .order_by(_article.id)
        .limit(_MOST_READ)
    ).all()


def _reports(rows: Sequence[Row[Any]], own: str) -> Iterator[OtherReport]:
    """One report of each source but the shown article's own."""
    told = {own}
    for row in rows:
        if row.origin not in told:
            told.add(row.origin)
            yield OtherReport(
                id=ArticleId(row.id), origin_title=row.title, link=row.link
            )
