"""What the entries of each source's last document read like: reading and writing.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from ingest.entry import EntryDigest
from store.article import ArticleId
from store.database import tables
from store.database.rows import Record
from store.identify.document import KnownEntry
from store.identify.keys import EntryKeys

_last = tables.last_entry.c
_ONE = delete(tables.last_entry).where(
    _last.source == bindparam("of_source"), _last.digest == bindparam("of_digest")
)


def load_digests(connection: Connection, source: str) -> frozenset[EntryDigest]:
    """What the entries of the source's last document read like."""
    found = select(_last.digest).where(_last.source == source)
    return frozenset(EntryDigest(row.digest) for row in connection.execute(found))


def count_entries(connection: Connection, source: str) -> int:
    """How many different entries the source's last document had."""
    found = select(func.count()).where(_last.source == source)
    return connection.execute(found).scalar_one()


def load_entries(connection: Connection, source: str) -> dict[EntryDigest, KnownEntry]:
    """Which articles the entries of the source's last document are, and their keys."""
    found = select(tables.last_entry).where(_last.source == source)
    return {
        EntryDigest(row.digest): KnownEntry(
            article_id=ArticleId(row.article),
            keys=EntryKeys(guid=row.guid, url=row.url, title=row.title_key),
        )
        for row in connection.execute(found)
    }


def replace_entries(
    connection: Connection,
    source: str,
    *,
    forgotten: Iterable[EntryDigest],
    rows: Sequence[Record],
) -> None:
    """Remember the entries in `rows`, and those that are `forgotten` no more."""
    gone = [{"of_source": source, "of_digest": digest} for digest in forgotten]
    if gone:
        connection.execute(_ONE, gone)
    if rows:
        connection.execute(insert(tables.last_entry), list(rows))


def see_again(
    connection: Connection, source: str, *, now: datetime, unseen_since: datetime
) -> None:
    """Note that the source carries the entries of its last document still.

    Only sightings last noted at `unseen_since` or before are written.
    """
    sighting = tables.sighting.c
    carried = select(_last.entry_key).where(_last.source == source)
    connection.execute(
        update(tables.sighting)
        .where(
            sighting.source == source,
            sighting.last_seen_at <= unseen_since,
            sighting.entry_key.in_(carried),
        )
        .values(last_seen_at=now)
    )
