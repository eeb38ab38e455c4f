"""Articles, their sightings, revisions, tags and signatures: reading and writing.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from ingest.entry import Enclosure, Precision
from store.article import (
    Article,
    ArticleId,
    Place,
    Revision,
    Sighting,
    StoryId,
    Strength,
    TagHit,
    TagMatch,
)
from store.classify.article_name import ArticleName
from store.database import tables
from store.database.rows import Record, chunks

_LARGEST_ID = 2**63 - 1  # what an SQLite integer can hold


def last_article_id(connection: Connection) -> int:
    """The number of the article stored last; 0 where none is."""
    last = connection.execute(select(func.max(tables.article.c.id))).scalar()
    return last or 0


def load_numbers(connection: Connection) -> tuple[ArticleId, ...]:
    """The number of every article, in the order of storing."""
    found = select(tables.article.c.id).order_by(tables.article.c.id)
    return tuple(ArticleId(number) for number in connection.execute(found).scalars())


def add_rows(
    connection: Connection, rows_by_table: Mapping[str, Sequence[Record]]
) -> None:
    """Write many rows, a statement for each table, tables in the order given."""
    for name, rows in rows_by_table.items():
        if rows:
            connection.execute(insert(tables.metadata.tables[name]), list(rows))


def save_sighting(connection: Connection, sighting: Record) -> None:
    """Replace what is known of a sighting that is stored."""
    connection.execute(
        update(tables.sighting)
        .where(
            tables.sighting.c.source == sighting["source"],
            tables.sighting.c.entry_key == sighting["entry_key"],
        )
        .values(
            {name: value for name, value in sighting.items() if name != "first_seen_at"}
        )
    )


def date_undated(connection: Connection, source: str, rows: Sequence[Record]) -> int:
    """Date those articles of the source that have no date yet; how many had none.

    Each row has an `of_article`, a `published_at` and a `published_precision`.
    """
    article = tables.article.c
    undated = (
        update(tables.article)
        .where(
            article.id == bindparam("of_article"),
            article.carrier == source,
            article.published_at.is_(None),
        )
        .values(
            published_at=bindparam("published_at"),
            published_precision=bindparam("published_precision"),
        )
    )
    return connection.execute(undated, list(rows)).rowcount if rows else 0


def revise(
    connection: Connection,
    article_id: ArticleId,
    changes: Record,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Replace what an article says and keep what it said as a revision."""
    article, revision = tables.article.c, tables.revision
    earlier = connection.execute(
        select(article.title, article.text, article.content_html).where(
            article.id == article_id
        )
    ).one()
    count = connection.execute(
        select(func.count()).where(revision.c.article == article_id)
    ).scalar_one()
    connection.execute(
        insert(revision).values(
            article=article_id,
            number=count + 1,
            title=earlier.title,
            text=earlier.text,
            content_html=earlier.content_html,
            reason=reason,
            seen_at=at,
        )
    )
    connection.execute(
        update(tables.article).where(article.id == article_id).values(changes)
    )
    for table in (tables.article_tag, tables.signature):
        connection.execute(delete(table).where(table.c.article == article_id))


def tag_rows(article_id: ArticleId, tags: Iterable[TagMatch]) -> list[Record]:
    """The rows that keep an article's tags and the reason for each."""
    return [
        {
            "article": article_id,
            "tag": match.tag,
            "strength": match.strength.value,
            "hits": [[hit.place.value, hit.start, hit.end] for hit in match.hits],
        }
        for match in tags
    ]


def select_articles() -> Select[Any]:
    """Every column that `read_articles` needs."""
    return select(
        tables.article,
        tables.source.c.title.label("origin_title"),
        tables.source.c.home.label("origin_home"),
    ).join(tables.source, tables.source.c.slug == tables.article.c.origin)


def load_tags(
    connection: Connection, article_ids: Iterable[int]
) -> dict[int, tuple[TagMatch, ...]]:
    """The tags of each of these articles, in the order of their slugs."""
    tags: dict[int, tuple[TagMatch, ...]] = {}
    rows = tables.article_tag
    for some in chunks(set(article_ids)):
        found = select(rows).where(rows.c.article.in_(some)).order_by(rows.c.tag)
        for row in connection.execute(found):
            tags[row.article] = (*tags.get(row.article, ()), _tag(row))
    return tags


def _tag(row: Row[Any]) -> TagMatch:
    return TagMatch(
        tag=row.tag,
        strength=Strength(row.strength),
        hits=tuple(
            TagHit(place=Place(place), start=start, end=end)
            for place, start, end in row.hits
        ),
    )


def build_article(row: Row[Any], tags: Sequence[TagMatch]) -> Article:
    """The article that a row of `select_articles` holds."""
    precision = row.published_precision
    return Article(
        id=ArticleId(row.id),
        uid=row.uid,
        link=row.link,
        title=row.title,
        summary=row.summary,
        content_html=row.content_html,
        text=row.text,
        author=row.author,
        language=row.language,
        published_at=row.published_at,
        published_precision=None if precision is None else Precision(precision),
        updated_at=row.updated_at,
        first_seen_at=row.first_seen_at,
        revised_at=row.revised_at,
        origin=row.origin,
        origin_title=row.origin_title if row.credit is None else row.credit,
        origin_home=row.origin_home if row.credit is None else None,
        duplicate_of=row.duplicate_of,
        duplicate_reason=row.duplicate_reason,
        story=None if row.story_id is None else StoryId(row.story_id),
        categories=tuple(row.categories),
        enclosures=tuple(
            Enclosure(url=url, media_type=media_type, length=length)
            for url, media_type, length in row.enclosures
        ),
        rights=row.rights,
        comments_url=row.comments_url,
        comment_count=row.comment_count,
        image_url=row.image_url,
        tags=tuple(tags),
    )


def load_article(connection: Connection, article_id: ArticleId) -> Article | None:
    """The article of this number; None where there is none."""
    if not 0 < article_id <= _LARGEST_ID:
        return None
    found = load_articles(connection, [article_id])
    return next((article for article, _ in found), None)


def load_uid(connection: Connection, article_id: ArticleId) -> str:
    """The name that the article has in every database; it must be stored."""
    found = select(tables.article.c.uid).where(tables.article.c.id == article_id)
    uid: str = connection.execute(found).scalar_one()
    return uid


def carried_first(
    connection: Connection, source: str, article_ids: Iterable[ArticleId]
) -> frozenset[ArticleId]:
    """Those of the articles that the source carried before all others."""
    article = tables.article.c
    return frozenset(
        ArticleId(number)
        for some in chunks(article_ids)
        for number in connection.execute(
            select(article.id).where(article.id.in_(some), article.carrier == source)
        ).scalars()
    )


def find_named(connection: Connection, name: ArticleName) -> ArticleId | None:
    """The number of the article that is meant; None where there is none."""
    article = tables.article.c
    for column, value in (
        (article.uid, name.uid),
        (article.canonical_url, name.url),
        (article.id, name.number),
    ):
        if value is None:
            continue
        found = select(article.id).where(column == value).order_by(article.id).limit(1)
        number = connection.execute(found).scalar()
        if number is not None:
            return ArticleId(number)
    return None


def load_after(
    connection: Connection, article_id: int, *, limit: int
) -> list[tuple[Article, frozenset[str]]]:
    """The next articles stored after this one, with their carriers' slugs."""
    column = tables.article.c.id
    found = select_articles().where(column > article_id).order_by(column).limit(limit)
    return list(read_articles(connection, connection.execute(found).all()))


def load_articles(
    connection: Connection, article_ids: Iterable[ArticleId]
) -> Iterator[tuple[Article, frozenset[str]]]:
    """These articles in the order they were stored, with their carriers' slugs."""
    article = tables.article.c
    for some in chunks(sorted(article_ids)):
        found = select_articles().where(article.id.in_(some)).order_by(article.id)
        yield from read_articles(connection, connection.execute(found).all())


def read_articles(
    connection: Connection, rows: Sequence[Row[Any]]
) -> Iterator[tuple[Article, frozenset[str]]]:
    """The articles in rows of `select_articles`, with the slugs of their carriers."""
    numbers = [row.id for row in rows]
    tags = load_tags(connection, numbers)
    carriers = load_carriers_of(connection, numbers)
    for row in rows:
        yield build_article(row, tags.get(row.id, ())), carriers[row.id]


def load_carriers_of(
    connection: Connection, article_ids: Sequence[int]
) -> dict[int, frozenset[str]]:
    """For each of the articles, the slugs of the sources that carried it."""
    carriers = dict.fromkeys(article_ids, frozenset[str]())
    rows = tables.sighting.c
    found = select(rows.article, rows.source).where(rows.article.in_(article_ids))
    for row in connection.execute(found):
        carriers[row.article] |= {row.source}
    return carriers


def load_counts(connection: Connection) -> dict[str, int]:
    """How many articles each origin has; sources without any are missing."""
    origin = tables.article.c.origin
    found = select(origin, func.count().label("size")).group_by(origin)
    return {row.origin: row.size for row in connection.execute(found)}


def load_sightings(
    connection: Connection, article_id: ArticleId
) -> tuple[Sighting, ...]:
    """Who carried the article, first seen first."""
    rows = tables.sighting
    found = (
        select(rows)
        .where(rows.c.article == article_id)
        .order_by(rows.c.first_seen_at, rows.c.source, rows.c.entry_key)
    )
    return tuple(
        Sighting(
            source=row.source,
            guid=row.guid,
            link=row.link,
            reason=row.reason,
            first_seen_at=row.first_seen_at,
            last_seen_at=row.last_seen_at,
        )
        for row in connection.execute(found)
    )


def load_earlier(
    connection: Connection, article_ids: Iterable[ArticleId]
) -> frozenset[tuple[str, str]]:
    """The titles, each with its text, that these articles had before."""
    rows = tables.revision.c
    return frozenset(
        (row.title, row.text)
        for some in chunks(article_ids)
        for row in connection.execute(
            select(rows.title, rows.text).where(rows.article.in_(some))
        )
    )


def load_revisions(
    connection: Connection, article_id: ArticleId
) -> tuple[Revision, ...]:
    """What the article said before, oldest first."""
    rows = tables.revision
    found = select(rows).where(rows.c.article == article_id).order_by(rows.c.number)
    return tuple(
        Revision(
            number=row.number,
            title=row.title,
            text=row.text,
            reason=row.reason,
            seen_at=row.seen_at,
        )
        for row in connection.execute(found)
    )
