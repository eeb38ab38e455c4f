"""What identity asks of the stored articles: which share a key with a new document.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, or_, select

from store.article import ArticleId
from store.database import tables
from store.database.rows import chunks
from store.identify.document import KnownArticles
from store.identify.identity import KnownArticle
from store.identify.keys import EntryKeys


def load_known(
    connection: Connection, source: str, keys: Sequence[EntryKeys], *, since: datetime
) -> KnownArticles:
    """Every stored article that shares a key with an entry of one document.

    A title is that of the articles that somebody carried after `since`.
    """
    article, sighting = tables.article.c, tables.sighting.c
    is_carried = or_(
        article.first_seen_at > since,
        exists().where(sighting.article == article.id, sighting.last_seen_at > since),
    )
    addresses = {url for key in keys for url in (key.url, key.page_url) if url}
    rows = {
        row.id: row
        for found, column, wanted in (
            (_IDENTITY, article.canonical_url, addresses),
            (_IDENTITY, article.page_url, addresses),
            (_IDENTITY.where(is_carried), article.title_key, {k.title for k in keys}),
        )
        for some in chunks(wanted)
        for row in connection.execute(found.where(column.in_(some)))
    }
    carried = (
        _IDENTITY.add_columns(sighting.entry_key, sighting.last_seen_at)
        .join(tables.sighting, sighting.article == article.id)
        .where(sighting.source == source)
    )
    known = KnownArticles()
    for some in chunks({key.sighting for key in keys}):
        for row in connection.execute(carried.where(sighting.entry_key.in_(some))):
            rows[row.id] = row
            known.note(row.entry_key, ArticleId(row.id), row.last_seen_at)
    for _, row in sorted(rows.items()):
        known.put(_known(row))
    return known


_IDENTITY = select(
    tables.article.c.id,
    tables.article.c.carrier,
    tables.article.c.canonical_url,
    tables.article.c.page_url,
    tables.article.c.title_key,
    tables.article.c.content_digest,
    tables.article.c.text,
    tables.article.c.summary,
    tables.article.c.published_at,
)
"""What identity needs to know of an article."""


def _known(row: Row[Any]) -> KnownArticle:
    return KnownArticle(
        id=ArticleId(row.id),
        carrier=row.carrier,
        url=row.canonical_url,
        title=row.title_key,
        digest=row.content_digest,
        has_text=bool(row.text),
        said=row.text or row.summary,
        published_at=row.published_at,
        page_url=row.page_url,
    )


def revised_after(
    connection: Connection, numbers: Iterable[ArticleId], moment: datetime
) -> frozenset[ArticleId]:
    """Those of the articles that were revised after a moment."""
    article = tables.article.c
    return frozenset(
        ArticleId(number)
        for some in chunks(numbers)
        for number in connection.execute(
            select(article.id).where(article.id.in_(some), article.revised_at > moment)
        ).scalars()
    )


def taken_uids(connection: Connection, uids: Iterable[str]) -> set[str]:
    """Those of the names that an article has."""
    uid = tables.article.c.uid
    return {
        row.uid
        for some in chunks(uids)
        for row in connection.execute(select(uid).where(uid.in_(some)))
    }
