"""Stories, which articles tell them, and what those said: reading and writing.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from store.article import ArticleId, Precision, RelatedArticle, StoryId
from store.database import tables
from store.database.headlines import build_headline, select_headlines
from store.database.rows import Record, put_rows
from store.identify.gist import Gist

_gist, _story = tables.gist.c, tables.story.c
_article = tables.article.c


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """An article, the story that it joined and when, and what it said."""

    article: ArticleId
    story: StoryId
    told_at: datetime
    gist: Gist


def load_shared(connection: Connection) -> tuple[StoryId, ...]:
    """The stories that more than one article tells, in the order of their numbers."""
    found = (
        select(_article.story_id)
        .where(_article.story_id.is_not(None))
        .group_by(_article.story_id)
        .having(func.count() > 1)
        .order_by(_article.story_id)
    )
    return tuple(StoryId(number) for number in connection.execute(found).scalars())


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylessArticle:
    """An article stored before stories were told apart; `story` is the one it gets.

    That is the one of the article it copies, which has the number of that one where it
    has no story itself.
    """

    id: ArticleId
    story: StoryId
    carrier: str
    text: str
    published_at: datetime | None
    published_precision: Precision | None
    first_seen_at: datetime


def load_storyless(connection: Connection, *, limit: int) -> Sequence[StorylessArticle]:
    """The first articles without a story, in the order they were stored."""
    root = tables.article.alias("root").c
    found: Select[Any] = (
        select(
            _article.id,
            func.coalesce(root.story_id, root.id).label("story"),
            _article.carrier,
            _article.text,
            _article.published_at,
            _article.published_precision,
            _article.first_seen_at,
        )
        .join_from(
            tables.article,
            root.id.table,
            root.id == func.coalesce(_article.duplicate_of, _article.id),
        )
        .where(_article.story_id.is_(None))
        .order_by(_article.id)
        .limit(limit)
    )
    return [_storyless(row) for row in connection.execute(found)]


def _storyless(row: Row[Any]) -> StorylessArticle:
    precision = row.published_precision
    return StorylessArticle(
        id=ArticleId(row.id),
        story=StoryId(row.story),
        carrier=row.carrier,
        text=row.text,
        published_at=row.published_at,
        published_precision=None if precision is None else Precision(precision),
        first_seen_at=row.first_seen_at,
    )


def join_stories(connection: Connection, joined: Mapping[ArticleId, StoryId]) -> None:
    """Let each of these articles be in a story; they had none."""
    if joined:
        connection.execute(
            update(tables.article)
            .where(_article.id == bindparam("of_article"))
            .values(story_id=bindparam("joined")),
            [{"of_article": one, "joined": story} for one, story in joined.items()],
        )


def load_told(
    connection: Connection, *, since: datetime, behind: int = 0
) -> Iterator[ToldStory]:
    """What the articles of each story told since then said, as they were stored.

    Only of articles behind a number.
    """
    found = (
        select(tables.gist)
        .join(tables.story, _story.id == _gist.story)
        .where(_story.last_told_at >= since, _gist.article > behind)
        .order_by(_gist.article)
    )
    return map(_told, connection.execute(found))


def _told(row: Row[Any]) -> ToldStory:
    return ToldStory(
        article=ArticleId(row.article),
        story=StoryId(row.story),
        told_at=row.told_at,
        gist=Gist(
            language=row.language,
            headline=_split(row.headline),
            text=_split(row.text),
        ),
    )


def _split(terms: str) -> tuple[str, ...]:
    # One string for each word in memory, however many articles have it.
    return tuple(map(sys.intern, terms.split()))


def gist_row(told: ToldStory) -> Record:
    """The row that keeps what an article said."""
    return {
        "article": told.article,
        "story": told.story,
        "told_at": told.told_at,
        "language": told.gist.language,
        "headline": " ".join(told.gist.headline),
        "text": " ".join(told.gist.text),
    }


def save_stories(connection: Connection, last_told: Mapping[StoryId, datetime]) -> None:
    """Keep these stories, be they new or known, as last told at these times."""
    rows = [{"id": story, "last_told_at": at} for story, at in last_told.items()]
    put_rows(connection, tables.story, rows, replacing=["last_told_at"])


def forget_gists(connection: Connection, *, silent_since: datetime) -> None:
    """Let go of what was said in stories last told before then; the stories stay."""
    over = select(_story.id).where(_story.last_told_at < silent_since)
    connection.execute(delete(tables.gist).where(_gist.story.in_(over)))


def find_story(connection: Connection, article_id: ArticleId) -> StoryId | None:
    """The story of an article, None where it has none."""
    found = select(_article.story_id).where(_article.id == article_id)
    story: int | None = connection.execute(found).scalar()
    return None if story is None else StoryId(story)


def load_story_mates(
    connection: Connection, article_id: ArticleId, story: StoryId, *, limit: int
) -> tuple[RelatedArticle, ...]:
    """The other articles of the story in the order they were stored."""
    found = (
        select_headlines()
        .where(_article.story_id == story, _article.id != article_id)
        .order_by(_article.id)
        .limit(limit)
    )
    return tuple(_related(row, is_same_story=True) for row in connection.execute(found))


def load_gist(connection: Connection, article_id: ArticleId) -> ToldStory | None:
    """What the article said, None where its story is over."""
    found = select(tables.gist).where(_gist.article == article_id)
    row = connection.execute(found).one_or_none()
    return None if row is None else _told(row)


def find_neighbours(
    connection: Connection, told: ToldStory, *, limit: int
) -> Sequence[ToldStory]:
    """The latest articles of other live stories that share a word of the headline."""
    if not told.gist.headline:
        return []
    spaced = " " + _gist.headline + " "
    found = (
        select(tables.gist)
        .where(
            _gist.story != told.story,
            _gist.language == told.gist.language,
            or_(*(spaced.contains(f" {term} ") for term in told.gist.titled)),
        )
        .order_by(_gist.article.desc())
        .limit(limit)
    )
    return [_told(row) for row in connection.execute(found)]


def load_related(
    connection: Connection, article_ids: Sequence[ArticleId]
) -> tuple[RelatedArticle, ...]:
    """These articles of other stories, in the order given."""
    found = select_headlines().where(_article.id.in_(article_ids))
    rows = {row.id: row for row in connection.execute(found)}
    return tuple(_related(rows[one], is_same_story=False) for one in article_ids)


def _related(row: Row[Any], *, is_same_story: bool) -> RelatedArticle:
    return RelatedArticle(**asdict(build_headline(row)), is_same_story=is_same_story)
