"""Digests of topics: reading what they are made of, keeping and reading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from store.database import tables
from store.database.utc_datetime import UtcDateTime
from store.digest import Candidate, Digest, DigestEntry, Period

_digest, _log = tables.digest, tables.publication.c
_article, _source = tables.article.c, tables.source.c


def last_end(connection: Connection, topic: str) -> datetime | None:
    """When the last period ended of which the topic has a digest."""
    ended = func.max(_digest.c.ends_at, type_=UtcDateTime)
    found = select(ended).where(_digest.c.topic == topic)
    return connection.execute(found).scalar()


def load_candidates(
    connection: Connection, topic: str, period: Period
) -> list[Candidate]:
    """What entered the topic in the period and is shown, in the order of its log.

    Not what is older than the period before: that came by another rule and is no news.
    """
    span = period.ends_at - period.starts_at
    rows = connection.execute(
        select(
            _article.id.label("article"),
            _log.position,
            _article.title,
            _article.link,
            func.coalesce(_article.credit, _source.title).label("source"),
            _article.language,
            func.coalesce(_article.duplicate_of, _article.id).label("original"),
            _article.story_id.label("story"),
        )
        .join(tables.publication, _log.article == _article.id)
        .join(tables.source, _source.slug == _article.origin)
        .where(
            _log.topic == topic,
            _log.withdrawn_at.is_(None),
            _log.matched_at >= period.starts_at,
            _log.matched_at < period.ends_at,
            _article.first_seen_at >= period.starts_at - span,
        )
        .order_by(_log.position)
    )
    return [Candidate(**row._mapping) for row in rows]


def add_digest(
    connection: Connection,
    topic: str,
    period: Period,
    counted: tuple[int, Sequence[Candidate]],
) -> None:
    """Keep how many articles the topic got in the period, and a line for some."""
    count, shown = counted
    lines = [
        [one.article, one.title, one.link, one.source, one.language] for one in shown
    ]
    row = asdict(period) | {"topic": topic, "articles": count, "entries": lines}
    connection.execute(insert(_digest).values(row))


def load_digests(
    connection: Connection, topic: str, *, limit: int
) -> tuple[Digest, ...]:
    """The last digests of the topic, the latest first."""
    rows = connection.execute(
        select(_digest)
        .where(_digest.c.topic == topic)
        .order_by(_digest.c.ends_at.desc(), _digest.c.name)
        .limit(limit)
    )
    return tuple(
        Digest(
            topic=row.topic,
            period=Period(name=row.name, starts_at=row.starts_at, ends_at=row.ends_at),
            count=row.articles,
            entries=tuple(_entry(*line) for line in row.entries),
        )
        for row in rows
    )


def _entry(
    article: int, title: str, link: str | None, source: str, language: str | None
) -> DigestEntry:
    return DigestEntry(
        article=article, title=title, link=link, source=source, language=language
    )
