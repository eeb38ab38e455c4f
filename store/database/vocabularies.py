"""By which vocabulary the stored articles have their tags: reading and writing."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from store.article import ArticleId
from store.database import tables
from store.database.rows import Record

_vocabulary = tables.vocabulary


def tagged_to(connection: Connection, digest: str) -> int | None:
    """The last article that has its tags by this vocabulary, 0 for none.

    None where all have, and those that are recorded by it from now on.
    """
    found = select(_vocabulary.c.done_to).where(_vocabulary.c.digest == digest)
    row = connection.execute(found).one_or_none()
    done_to: int | None = 0 if row is None else row.done_to
    return done_to


def note_tagged(
    connection: Connection, digest: str, article_id: ArticleId | None
) -> None:
    """Remember that articles up to this one, or all, have their tags by it."""
    connection.execute(delete(_vocabulary))
    connection.execute(insert(_vocabulary).values(digest=digest, done_to=article_id))


def replace_tags(
    connection: Connection, article_ids: Iterable[ArticleId], rows: list[Record]
) -> None:
    """Let these articles have the tags in these rows, and no others."""
    table = tables.article_tag
    connection.execute(delete(table).where(table.c.article.in_(list(article_ids))))
    if rows:
        connection.execute(insert(table), rows)
