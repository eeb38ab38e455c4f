"""Sketches of texts and who copies whom: reading and writing.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, func, or_, select, update

from store.article import ArticleId
from store.database import tables
from store.database.rows import chunks
from store.identify.identity import bare_title
from store.identify.near_duplicates import read_wording
from store.identify.originals import ArticleText, Copied, Root


def find_holders(
    connection: Connection, values: Iterable[int]
) -> Iterator[tuple[int, ArticleId]]:
    """Each of the values that an article is kept under, with the article."""
    rows = tables.signature.c
    for some in chunks(values):
        found = select(rows.value, rows.article).where(rows.value.in_(some))
        for value, article in connection.execute(found).all():
            yield value, ArticleId(article)


def load_texts(
    connection: Connection, article_ids: Iterable[ArticleId]
) -> Iterator[tuple[ArticleText, Root]]:
    """What each of the articles says, and the original that it leads to."""
    article, root = tables.article.c, tables.article.alias("root")
    found = select(
        article.id,
        article.carrier,
        article.origin,
        article.title_key,
        article.text,
        root.c.id.label("root_id"),
        root.c.carrier.label("root_carrier"),
    ).join(root, root.c.id == func.coalesce(article.duplicate_of, article.id))
    for some in chunks(article_ids):
        for row in connection.execute(found.where(article.id.in_(some))):
            root_id = ArticleId(row.root_id)
            text = ArticleText(
                article_id=ArticleId(row.id),
                carrier=row.carrier,
                origin=row.origin,
                title=bare_title(row.title_key),
                wording=read_wording(row.text),
            )
            yield text, Root(article_id=root_id, carrier=row.root_carrier)


def follow(connection: Connection, copied: Copied) -> None:
    """Let a stored article, and every copy of it, be copies of the original."""
    article = tables.article.c
    connection.execute(
        update(tables.article)
        .where(or_(article.id == copied.copy, article.duplicate_of == copied.copy))
        .values(duplicate_of=copied.original)
    )
    connection.execute(
        update(tables.article)
        .where(article.id == copied.copy)
        .values(duplicate_reason=copied.reason)
    )
