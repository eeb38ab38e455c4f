"""The append-only publication log of each topic: reading and writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    func,
    insert,
    select,
    update,
)

from store.article import (
    EVERYTHING,
    ArticleId,
    Publication,
    Reason,
    TopicFilter,
    TopicMembership,
    TopicSize,
)
from store.database import tables
from store.database.articles import build_article, load_tags, select_articles
from store.database.others import load_others
from store.database.repeats import makes_room
from store.database.rows import Record
from store.database.utc_datetime import UtcDateTime
from store.once import Once

_log, _article = tables.publication, tables.article
_ENTERED = ("position", "matched_at", "reason", "page")
# Of all articles: a bound, so that a feed is made as fast however many there are.
_LAST_REVISED = (
    select(_article.c.id)
    .where(_article.c.revised_at.is_not(None))
    .order_by(_article.c.revised_at.desc())
    .limit(1000)
)


class TopicLog:
    """New publications of one transaction, numbered as they come, written at once."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._rows: list[Record] = []
        self._positions: dict[str, int] = {}

    def enter(self, topic: str, article_id: ArticleId, reason: Reason) -> None:
        """Let the article be the next publication of the topic."""
        position = self._last_position(topic) + 1
        self._positions[topic] = position
        self._rows.append(
            {
                "topic": topic,
                "position": position,
                "article": article_id,
                "matched_at": self._now,
                "reason": list(reason.clauses),
            }
        )

    def _last_position(self, topic: str) -> int:
        """Looked up when a topic is entered first: most polls enter none."""
        if topic not in self._positions:
            found = select(func.max(_log.c.position)).where(_log.c.topic == topic)
            self._positions[topic] = self._connection.execute(found).scalar() or 0
        return self._positions[topic]

    def write(self) -> None:
        """Write what entered; the articles are stored by now."""
        if self._rows:
            self._connection.execute(insert(_log), self._rows)
            self._rows = []


def topics_of(connection: Connection, article_id: ArticleId) -> frozenset[str]:
    """The topics that the article ever entered."""
    rows = connection.execute(select(_log.c.topic).where(_log.c.article == article_id))
    return frozenset(row.topic for row in rows)


def shown_articles(
    connection: Connection, topic: str, *, above: int, last: int
) -> dict[ArticleId, bool]:
    """Each article of these numbers that ever entered the topic; True if shown now."""
    rows = connection.execute(
        select(_log.c.article, _log.c.withdrawn_at).where(
            _log.c.topic == topic, _log.c.article > above, _log.c.article <= last
        )
    )
    return {ArticleId(row.article): row.withdrawn_at is None for row in rows}


def member_number(
    connection: Connection, topic: str, above: int, count: int
) -> int | None:
    """The number of the count-th article above one that ever entered the topic."""
    found = (
        select(_log.c.article)
        .where(_log.c.topic == topic, _log.c.article > above)
        .order_by(_log.c.article)
        .offset(count - 1)
        .limit(1)
    )
    return connection.execute(found).scalar()


def set_withdrawn(
    connection: Connection, topic: str, article_id: int, at: datetime | None
) -> None:
    """Show an article of a topic no more since `at`, or again (None)."""
    connection.execute(
        update(_log)
        .where(_log.c.topic == topic, _log.c.article == article_id)
        .values(withdrawn_at=at)
    )


def load_latest(
    connection: Connection,
    topic: str,
    *,
    limit: int,
    once: Once | None,
    only: TopicFilter = EVERYTHING,
) -> tuple[Publication, ...]:
    """The last publications of a topic, or `only` some, highest position first.

    What an archive page has makes room for what another has and was revised since.
    What is to be shown `once` is; None shows every copy.
    """
    shown = _select_shown(topic, once, only)
    entered = shown.order_by(_log.c.position.desc()).limit(limit)
    revised = shown.where(_log.c.page.is_not(None), _log.c.article.in_(_LAST_REVISED))
    rows = {
        row.position: row
        for found in (entered, revised)
        for row in connection.execute(found)
    }
    kept = sorted(sorted(rows.values(), key=_last_change)[-limit:], key=_position)
    return tuple(read_publications(connection, topic, kept[::-1], once))


def _last_change(row: Row[Any]) -> tuple[bool, datetime, int]:
    """What no archive page has is the last to make room."""
    changed_at = max(row.matched_at, row.revised_at or row.matched_at)
    return row.page is None, changed_at, row.position


def _position(row: Row[Any]) -> int:
    position: int = row.position
    return position


def load_unarchived(
    connection: Connection, topic: str, *, limit: int, once: Once | None
) -> tuple[Publication, ...]:
    """The first publications that a topic shows and no archive page has, oldest first.

    Of copies as `load_latest` has it.
    """
    found = _select_unarchived(topic, limit, once)
    return tuple(
        read_publications(connection, topic, connection.execute(found).all(), once)
    )


def count_unarchived(
    connection: Connection, topic: str, *, limit: int, once: Once | None
) -> int:
    """How many publications that would be, without reading them."""
    found = _select_unarchived(topic, limit, once).with_only_columns(_log.c.position)
    return len(connection.execute(found).all())


def _select_unarchived(topic: str, limit: int, once: Once | None) -> Select[Any]:
    shown = _select_shown(topic, once).where(_log.c.page.is_(None))
    return shown.order_by(_log.c.position).limit(limit)


def _select_shown(
    topic: str, once: Once | None, only: TopicFilter = EVERYTHING
) -> Select[Any]:
    articles = select_articles().subquery()
    found = (
        select(articles, *(_log.c[name] for name in _ENTERED))
        .join(_log, _log.c.article == articles.c.id)
        .where(_log.c.topic == topic, _log.c.withdrawn_at.is_(None))
    )
    if only.language is not None:
        found = found.where(articles.c.language == only.language)
    if only.origin is not None:
        found = found.where(articles.c.origin == only.origin)
    if once is not None:
        find_place = partial(_place_in, topic)
        found = found.where(~makes_room(articles, _log.c.position, once, find_place))
    return found


def _place_in(topic: str, article: FromClause) -> ColumnElement[int]:
    log = _log.alias("other_log")
    return (
        select(log.c.position)
        .where(
            log.c.topic == topic,
            log.c.article == article.c.id,
            log.c.withdrawn_at.is_(None),
        )
        .scalar_subquery()
    )


def read_publications(
    connection: Connection,
    topic: str,
    rows: Sequence[Row[Any]],
    once: Once | None,
) -> Iterator[Publication]:
    """The publications in rows of articles that say when and why they matched.

    Where something is shown `once`, with who else reported it.
    """
    tags = load_tags(connection, [row.id for row in rows])
    others = load_others(connection, rows, once) if once else {}
    for row in rows:
        yield Publication(
            topic=topic,
            position=row.position,
            article=build_article(row, tags.get(row.id, ())),
            matched_at=row.matched_at,
            reason=Reason(clauses=tuple(row.reason)),
            others=tuple(others.get(ArticleId(row.id), ())),
        )


def load_sizes(connection: Connection) -> Mapping[str, TopicSize]:
    """How much each topic shows; topics that show nothing are missing."""
    rows = connection.execute(
        select(
            _log.c.topic,
            func.count().label("size"),
            func.max(_log.c.matched_at, type_=UtcDateTime).label("latest_at"),
        )
        .where(_log.c.withdrawn_at.is_(None))
        .group_by(_log.c.topic)
    )
    return {
        row.topic: TopicSize(count=row.size, latest_at=row.latest_at) for row in rows
    }


def load_memberships(
    connection: Connection, article_id: ArticleId
) -> tuple[TopicMembership, ...]:
    """The topics that show the article and why, in the order of their slugs."""
    rows = connection.execute(
        select(_log)
        .where(_log.c.article == article_id, _log.c.withdrawn_at.is_(None))
        .order_by(_log.c.topic)
    )
    return tuple(
        TopicMembership(
            topic=row.topic,
            position=row.position,
            matched_at=row.matched_at,
            reason=Reason(clauses=tuple(row.reason)),
        )
        for row in rows
    )
