"""Stories, which articles tell them, and what those said: reading and writing.

Speaks SQL and decides nothing; every function works inside the caller's transaction.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, or_, select

from store.article import ArticleId, RelatedArticle, StoryId
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


def load_told(connection: Connection, *, since: datetime) -> Iterator[ToldStory]:
    """What the articles of each story told since then said, as they were stored."""
    found = (
        select(tables.gist)
        .join(tables.story, _story.id == _gist.story)
        .where(_story.last_told_at >= since)
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
