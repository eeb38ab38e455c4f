"""What lists of articles show of each one: reading it, a few columns a row.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, union

from store.article import ArticleId, Headline, Precision, StoryId, TopicPart
from store.database import tables

_article, _source = tables.article.c, tables.source.c
_sighting, _log = tables.sighting.c, tables.publication.c


def select_headlines() -> Select[Any]:
    """Every column that `build_headline` needs."""
    return select(
        _article.id,
        _article.title,
        _article.link,
        _article.origin,
        _article.credit,
        _article.language,
        _article.published_at,
        _article.published_precision,
        _article.first_seen_at,
        _source.title.label("origin_title"),
    ).join(tables.source, _source.slug == _article.origin)


def build_headline(row: Row[Any]) -> Headline:
    """The headline that a row of `select_headlines` holds."""
    precision = row.published_precision
    return Headline(
        id=ArticleId(row.id),
        title=row.title,
        link=row.link,
        origin=row.origin,
        origin_title=row.origin_title if row.credit is None else row.credit,
        language=row.language,
        published_at=row.published_at,
        published_precision=None if precision is None else Precision(precision),
        first_seen_at=row.first_seen_at,
    )


def load_story(
    connection: Connection, story: StoryId, *, limit: int
) -> tuple[Headline, ...]:
    """The first articles that told the story, in order of time."""
    found = (
        select_headlines()
        .where(_article.story_id == story)
        .order_by(_article.moment, _article.id)
        .limit(limit)
    )
    return tuple(map(build_headline, connection.execute(found)))


def load_latest_of(
    connection: Connection, source: str, *, limit: int
) -> tuple[Headline, ...]:
    """The newest articles that the source wrote or carried, newest first."""
    found = (
        select_headlines()
        .where(_article.id.in_(_articles_of(source)))
        .order_by(_article.moment.desc(), _article.id.desc())
        .limit(limit)
    )
    return tuple(map(build_headline, connection.execute(found)))


def count_arrivals(
    connection: Connection, source: str, *, since: datetime
) -> Mapping[date, int]:
    """How many articles of the source were seen first on each day (UTC) since then."""
    # Counted here: what a day is, each database says in its own way.
    found = select(_article.first_seen_at).where(
        _article.id.in_(_articles_of(source)), _article.first_seen_at >= since
    )
    return Counter(moment.date() for moment in connection.execute(found).scalars())


def count_all_arrivals(
    connection: Connection, *, since: datetime
) -> Mapping[str, Mapping[date, int]]:
    """How many articles each source carried first on each day (UTC) since then."""
    found = select(_sighting.source, _sighting.first_seen_at).where(
        _sighting.first_seen_at >= since
    )
    arrivals = defaultdict[str, Counter[date]](Counter)
    for source, moment in connection.execute(found):
        arrivals[source][moment.date()] += 1
    return arrivals


def count_languages(
    connection: Connection, source: str
) -> tuple[tuple[str | None, int], ...]:
    """The languages of the articles of the source, the most frequent first."""
    found = (
        select(_article.language, func.count().label("size"))
        .where(_article.id.in_(_articles_of(source)))
        .group_by(_article.language)
        .order_by(func.count().desc(), _article.language.nulls_first())
    )
    return tuple((row.language, row.size) for row in connection.execute(found))


def load_parts(connection: Connection, topic: str) -> tuple[TopicPart, ...]:
    """How many articles the topic shows of each source in each language."""
    found = (
        select(
            _article.origin,
            _source.title,
            _article.language,
            func.count().label("size"),
        )
        .join(tables.publication, _log.article == _article.id)
        .join(tables.source, _source.slug == _article.origin)
        .where(_log.topic == topic, _log.withdrawn_at.is_(None))
        .group_by(_article.origin, _source.title, _article.language)
        .order_by(_article.origin, _article.language.nulls_first())
    )
    return tuple(
        TopicPart(
            origin=row.origin,
            origin_title=row.title,
            language=row.language,
            count=row.size,
        )
        for row in connection.execute(found)
    )


def _articles_of(source: str) -> Any:
    """The numbers of the articles that the source wrote or carried."""
    written = select(_article.id).where(_article.origin == source)
    carried = select(_sighting.article).where(_sighting.source == source)
    return union(written, carried)
