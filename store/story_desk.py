"""The live stories in memory, as they are in the database from one poll to the next.

Asks `identify.stories` which story an article joins and keeps the answer in the
caller's transaction.
"""

from __future__ import annotations

from datetime import datetime

from ingest.entry import Entry
from store.article import ArticleId, StoryId
from store.database import articles, stories
from store.database.engine import Connection
from store.database.rows import Record
from store.database.stories import ToldStory
from store.identify.gist import gist_of
from store.identify.stories import LIVE_FOR, StoryIndex, decide_told_at


class Telling:
    """The stories of the articles that one transaction stores.

    `through` is the number of the last article that the stories in memory know.
    """

    def __init__(
        self, connection: Connection, index: StoryIndex, now: datetime, through: int
    ) -> None:
        self.through = through
        self._connection = connection
        self._index = index
        self._now = now
        self._told: dict[ArticleId, ToldStory] = {}

    def tell(
        self, article_id: ArticleId, entry: Entry, original: ArticleId | None
    ) -> StoryId:
        """The story of a new article; a copy has that of its original if it is live."""
        gist = gist_of(entry.title, entry.text or entry.summary, entry.language)
        told_at = decide_told_at(
            entry.published_at, entry.published_precision, now=self._now
        )
        story = self._live_story(original) or self._index.find(gist, told_at)
        told = ToldStory(
            article=article_id,
            story=StoryId(article_id) if story is None else story,
            told_at=told_at,
            gist=gist,
        )
        self._index.place(told.story, gist, told_at)
        self._told[article_id] = told
        self.through = max(self.through, article_id)
        return told.story

    def save_stories(self) -> None:
        """Keep when the stories were told last, before the articles are kept."""
        last_told = {
            one.story: self._index.last_told_at(one.story)
            for one in self._told.values()
        }
        stories.save_stories(self._connection, last_told)

    def gist_rows(self) -> list[Record]:
        """What the articles say, to be kept once they are."""
        return [stories.gist_row(one) for one in self._told.values()]

    def _live_story(self, article_id: ArticleId | None) -> StoryId | None:
        if article_id is None:
            return None
        told = self._told.get(article_id)
        if told is not None:
            return told.story
        story = stories.find_story(self._connection, article_id)
        return story if story is not None and story in self._index else None


class StoryDesk:
    """What is remembered of the live stories between one transaction and the next."""

    def __init__(self) -> None:
        self._index = StoryIndex()
        self._through: int | None = None

    def open(self, connection: Connection, *, now: datetime) -> Telling:
        """The live stories, as the database has them at this moment.

        They are read anew at a start and after a transaction that was not kept; of what
        another process stored meanwhile only that is read.
        """
        through = articles.last_article_id(connection)
        is_fresh = self._through is None or self._through > through
        if is_fresh:
            self._index = StoryIndex()
        if self._through != through:
            behind = 0 if is_fresh else self._through or 0
            _place(self._index, connection, now - LIVE_FOR, behind)
        if self._index.forget(silent_since=now - LIVE_FOR) or is_fresh:
            stories.forget_gists(connection, silent_since=now - LIVE_FOR)
        self._through = None
        return Telling(connection, self._index, now, through)

    def settle(self, telling: Telling) -> None:
        """Know that what was told has been kept."""
        self._through = telling.through


def _place(
    index: StoryIndex, connection: Connection, silent_since: datetime, behind: int
) -> None:
    """Let the index know the articles that are stored behind a number."""
    told = stories.load_told(connection, since=silent_since, behind=behind)
    for one in told:
        index.place(one.story, one.gist, one.told_at)
