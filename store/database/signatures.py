"""Sketches of texts and who copies whom: reading and writing.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, func, or_, select, update

from store.article import ArticleId
from store.database import tables
from store.database.among import is_among
from store.database.rows import chunks
from store.identify.keys import bare_title
from store.identify.near_duplicates import read_wording
from store.identify.originals import ArticleText, Copied, Root


def find_holders(
    connection: Connection, values: Collection[int]
) -> Iterator[tuple[int, ArticleId]]:
    """Each of the values that an article is kept under, with the article."""
    rows = tables.signature.c
    found = select(rows.value, rows.article).where(is_among(rows.value, values))
    for value, article in connection.execute(found).all():
        yield value, ArticleId(article)


def find_sketched(
    connection: Connection, article_ids: Iterable[ArticleId]
) -> frozenset[ArticleId]:
    """Those of the articles that are kept under some value."""
    rows = tables.signature.c
    found: set[ArticleId] = set()
    for some in chunks(article_ids):
        held = select(rows.article).where(rows.article.in_(some)).distinct()
        found.update(map(ArticleId, connection.execute(held).scalars()))
    return frozenset(found)


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


def load_originals(
    connection: Connection, article_ids: Iterable[ArticleId]
) -> dict[ArticleId, ArticleId | None]:
    """For each of the articles its original, None where it is one itself."""
    article = tables.article.c
    return {
        ArticleId(row.id): row.duplicate_of
        for some in chunks(article_ids)
        for row in connection.execute(
            select(article.id, article.duplicate_of).where(article.id.in_(some))
        )
    }


def find_family(connection: Connection, original: ArticleId) -> list[ArticleId]:
    """The original and all its copies."""
    article = tables.article.c
    found = select(article.id).where(
        or_(article.id == original, article.duplicate_of == original)
    )
    return [ArticleId(number) for number in connection.execute(found).scalars()]


def set_free(connection: Connection, article_id: ArticleId) -> None:
    """Let an article be a copy no more."""
    connection.execute(
        update(tables.article)
        .where(tables.article.c.id == article_id)
        .values(duplicate_of=None, duplicate_reason=None)
    )


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
