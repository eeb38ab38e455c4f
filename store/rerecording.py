"""The entries of a kept answer into articles, as if it came again.

Adds what is missing and corrects what today's rules read otherwise. What a later
answer said stays, what an article said before is no news, and nothing is told as
revised that its publisher did not revise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ingest.entry import Entry, FeedDocument
from store.article import ArticleId
from store.classify.decide import Rules
from store.completing import date_late
from store.database import departures, known_articles
from store.database.articles import load_earlier
from store.database.engine import Connection
from store.database.rows import Record
from store.departed_entries import without_departed
from store.identify.document import (
    DecidedEntry,
    KeyedEntry,
    KnownArticles,
    keyed_entries,
)
from store.identify.originals import DuplicateRules
from store.recording import Recording
from store.story_desk import StoryDesk


class Rerecording(Recording):
    """What one answer of a source that came at `at` changes.

    The articles in `settled` are not looked at: a later answer has them.
    """

    def __init__(
        self,
        connection: Connection,
        source: str,
        rules: tuple[Rules, DuplicateRules],
        settled: frozenset[ArticleId],
        at: datetime,
    ) -> None:
        super().__init__(connection, source, rules, StoryDesk(), at)
        self._settled = settled

    def record_again(self, document: FeedDocument) -> Sequence[DecidedEntry]:
        """Keep what the document adds, and say what each of its entries is."""
        entries = without_departed(
            self._connection, self._source, keyed_entries(document, {})
        )
        known = self._load_known(entries)
        said = load_earlier(self._connection, known.numbers)
        news = [
            one
            for one in entries
            if said.isdisjoint(_words_of(one)) and not _has_new_title(one, known)
        ]
        decided = self._decide(news, known)
        self._keep(decided)
        self.counts["dated"] = date_late(self._connection, self._source, decided)
        return decided

    def _find_settled(self, known: KnownArticles) -> frozenset[ArticleId]:
        """Also those revised since, and those whose text has left."""
        connection, numbers = self._connection, known.numbers
        revised = known_articles.revised_after(connection, numbers, self._now)
        cut = departures.load_cut(connection, numbers)
        return self._settled | revised | frozenset(map(ArticleId, cut))

    def _marks_of_revision(self) -> Record:
        """None: we read it otherwise, its publisher said the same."""
        return {}

    def _see(self, one: DecidedEntry) -> None:
        """Note a sighting that is missing; those of today stay as they are."""
        if one.keys.sighting not in self._noted:
            super()._see(one)


def _words_of(one: KeyedEntry) -> frozenset[tuple[str, str]]:
    """The title and the text of an entry, none of one that was not read."""
    if not isinstance(one.entry, Entry):
        return frozenset()
    return frozenset({(one.entry.title, one.entry.text)})


def _has_new_title(one: KeyedEntry, known: KnownArticles) -> bool:
    """Whether an entry is known by a title alone that its article has no more."""
    if one.keys.guid is not None or one.keys.url is not None:
        return False
    sighted = known.candidates(one.keys).by_sighting
    return sighted is not None and sighted.title != one.keys.title
