"""Which articles leave by a rule, and their leaving: reading and writing.

Speaks SQL; whose rule holds, `store.retention` says. Every function works inside the
caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
    update,
)

from store.article import Place
from store.database import tables
from store.database.rows import chunks, put_rows
from store.database.word_index import forget_words
from store.identify.departure import address_key, entry_key
from store.retention import KeepRule, Retention

_article, _log = tables.article.c, tables.publication.c
_OF_ARTICLES = (
    tables.article_tag,
    tables.signature,
    tables.revision,
    tables.gist,
    tables.sighting,
    tables.publication,
)
"""What goes with an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is asked for: the articles of one source, at one moment (aware UTC)."""

    retention: Retention
    source: str
    now: datetime


def load_sources(connection: Connection) -> Sequence[str]:
    """Every source that ever was, whose articles may still be there."""
    slug = tables.source.c.slug
    return connection.execute(select(slug).order_by(slug)).scalars().all()


def find_leaving(
    connection: Connection, due: Due, *, after: int = 0, most: int | None = None
) -> Sequence[int]:
    """The articles of a source that leave, the oldest first.

    An article stays as long as its source's rule or a topic's keeps it, a source
    carries it, a copy of it is there, or an archive has no page with it yet; and the
    last of a topic, by which the next is numbered, stays for ever.
    """
    rule = due.retention.rule_of(due.source)
    found = (
        select(_article.id)
        .where(
            _article.origin == due.source,
            _article.id > after,
            or_(_is_older(rule.age, due.now), _is_behind(due.source, rule.count)),
            _article.id < select(func.max(_article.id)).scalar_subquery(),
            ~_is_carried(),
            ~_has_copies(),
            ~_is_last_of_a_topic(),
            ~_waits_for_a_page(due.retention.archived),
            *_not_kept_by_topics(due),
        )
        .order_by(_article.id)
        .limit(most)
    )
    return connection.execute(found).scalars().all()


def find_long_texts(
    connection: Connection, due: Due, *, after: int = 0, most: int | None = None
) -> Sequence[int]:
    """The articles of a source whose text leaves, the oldest first."""
    rule = due.retention.rule_of(due.source)
    found = (
        select(_article.id)
        .where(
            _article.origin == due.source,
            _article.id > after,
            _article.text_left_at.is_(None),
            _is_older(rule.content, due.now),
            ~_is_carried(),
            ~_waits_for_a_page(due.retention.archived),
            *_not_kept_by_topics(due, content=True),
        )
        .order_by(_article.id)
        .limit(most)
    )
    return connection.execute(found).scalars().all()


def remove_articles(connection: Connection, numbers: Collection[int]) -> None:
    """Let these articles be gone, and remember by what they would be known again."""
    put_rows(
        connection,
        tables.departed,
        [{"key": key} for key in sorted(_keys_of(connection, numbers))],
        replacing=(),
    )
    for some in chunks(numbers):
        for table in _OF_ARTICLES:
            connection.execute(delete(table).where(table.c.article.in_(some)))
        forget_words(connection, some)
        connection.execute(delete(tables.article).where(_article.id.in_(some)))


def remove_texts(
    connection: Connection, numbers: Collection[int], *, now: datetime
) -> None:
    """Leave of these articles what a list shows: title, link and excerpt."""
    for some in chunks(numbers):
        connection.execute(
            update(tables.article)
            .where(_article.id.in_(some))
            .values(text="", content_html="", text_left_at=now)
        )
        connection.execute(
            update(tables.revision)
            .where(tables.revision.c.article.in_(some))
            .values(text="", content_html="")
        )
    _forget_hits(connection, numbers)


def load_cut(connection: Connection, numbers: Collection[int]) -> frozenset[int]:
    """Those of the articles that have lost their text."""
    return frozenset(
        number
        for some in chunks(numbers)
        for number in connection.execute(
            select(_article.id).where(
                _article.id.in_(some), _article.text_left_at.is_not(None)
            )
        ).scalars()
    )


def load_departed(connection: Connection, keys: Iterable[str]) -> frozenset[str]:
    """Those of the keys by which an article was known that has left."""
    column = tables.departed.c.key
    return frozenset(
        key
        for some in chunks(keys)
        for key in connection.execute(select(column).where(column.in_(some))).scalars()
    )


def _forget_hits(connection: Connection, numbers: Collection[int]) -> None:
    """Let tags show only where they hit in what is left."""
    tag = tables.article_tag.c
    for some in chunks(numbers):
        found = select(tag.article, tag.tag, tag.hits).where(tag.article.in_(some))
        for article, name, hits in connection.execute(found).all():
            left = [hit for hit in hits if hit[0] != Place.TEXT.value]
            if left != hits:
                connection.execute(
                    update(tables.article_tag)
                    .where(tag.article == article, tag.tag == name)
                    .values(hits=left)
                )


def _keys_of(connection: Connection, numbers: Collection[int]) -> Iterable[str]:
    """By what each of these articles would be known if it came again."""
    sighting = tables.sighting.c
    for some in chunks(numbers):
        addresses = select(_article.canonical_url).where(
            _article.id.in_(some), _article.canonical_url.is_not(None)
        )
        for url in connection.execute(addresses).scalars():
            yield address_key(url)
        others = (
            select(sighting.source, sighting.entry_key)
            .join(tables.article, _article.id == sighting.article)
            .where(_article.id.in_(some), _article.canonical_url.is_(None))
        )
        for source, key in connection.execute(others):
            yield entry_key(source, key)


def _is_older(age: timedelta | None, now: datetime) -> ColumnElement[bool]:
    return false() if age is None else _article.first_seen_at < now - age


def _is_behind(source: str, count: int | None) -> ColumnElement[bool]:
    """Whether so many of the source are newer."""
    if count is None:
        return false()
    own = tables.article.alias("own").c
    oldest_that_stays = (
        select(own.id)
        .where(own.origin == source)
        .order_by(own.id.desc())
        .offset(count - 1)
        .limit(1)
    )
    return _article.id < oldest_that_stays.scalar_subquery()


def _is_carried() -> ColumnElement[bool]:
    """Whether a document has it, from which it would come again."""
    return exists().where(tables.last_entry.c.article == _article.id)


def _has_copies() -> ColumnElement[bool]:
    copy = tables.article.alias("copy").c
    return exists().where(copy.duplicate_of == _article.id)


def _is_last_of_a_topic() -> ColumnElement[bool]:
    newer = tables.publication.alias("newer").c
    return exists().where(
        _log.article == _article.id,
        ~exists().where(newer.topic == _log.topic, newer.position > _log.position),
    )


def _waits_for_a_page(archived: Collection[str]) -> ColumnElement[bool]:
    """Whether it entered a topic behind the last page of the topic's archive."""
    if not archived:
        return false()
    page = tables.archive_page.c
    last = select(func.coalesce(func.max(page.last_position), 0)).where(
        page.topic == _log.topic
    )
    return exists().where(
        _log.article == _article.id,
        _log.topic.in_(sorted(archived)),
        _log.withdrawn_at.is_(None),
        _log.position > last.scalar_subquery(),
    )


def _not_kept_by_topics(
    due: Due, *, content: bool = False
) -> list[ColumnElement[bool]]:
    return [
        ~_is_kept(topic, rule, due.now, content=content)
        for topic, rule in sorted(due.retention.topics.items())
    ]


def _is_kept(
    topic: str, rule: KeepRule, now: datetime, *, content: bool
) -> ColumnElement[bool]:
    """Whether a topic shows the article and keeps it by its own rule."""
    log = tables.publication.alias("kept").c
    limits: list[ColumnElement[bool]] = [
        _article.first_seen_at >= now - age
        for age in (rule.age, rule.content if content else None)
        if age is not None
    ]
    if rule.count is not None:
        limits.append(log.position > _last_outside(topic, rule.count))
    return exists().where(
        log.topic == topic,
        log.article == _article.id,
        log.withdrawn_at.is_(None),
        and_(true(), *limits),
    )


def _last_outside(topic: str, count: int) -> ColumnElement[int]:
    """The position of the last that is not among the newest the topic shows."""
    log = tables.publication.alias("newest").c
    found = (
        select(log.position)
        .where(log.topic == topic, log.withdrawn_at.is_(None))
        .order_by(log.position.desc())
        .offset(count)
        .limit(1)
    )
    return func.coalesce(found.scalar_subquery(), 0)
