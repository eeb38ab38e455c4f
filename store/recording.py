"""The entries of one document into articles, inside the caller's transaction.

Collects what is new and writes it in a few statements; what each entry is, which
tags it has and which topics hold it is decided by `identify` and `classify`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from ingest.entry import Entry, EntryDigest, FeedDocument, Precision
from store.article import ArticleId, StoryId
from store.classify.decide import (
    Rules,
    build_subject,
    decide_tags,
    decide_topics,
    facts_of,
    facts_of_entry,
)
from store.classify.matching import MatchSubject
from store.completing import date_late, with_kept_texts
from store.copying import Copying
from store.database import (
    articles,
    decisions,
    known_articles,
    last_entries,
    publications,
    word_index,
)
from store.database.engine import Connection
from store.database.publications import TopicLog
from store.database.rows import Record
from store.departed_entries import without_departed
from store.entry_columns import entry_columns
from store.identify.document import (
    DecidedEntry,
    KeyedEntry,
    KnownArticles,
    NotedSighting,
    decide_document,
    keyed_entries,
)
from store.identify.identity import TITLE_WINDOW, New, Revised
from store.identify.keys import article_uids
from store.identify.originals import DuplicateRules
from store.story_desk import StoryDesk, Telling

_SEEN_AGAIN_AFTER = timedelta(days=1)
"""`last_seen_at` moves once a day: a document polled hourly should write nothing."""

_TABLES_IN_ORDER = ("article", "gist", "sighting", "article_tag")


class Recording:
    """What one document adds to the store.

    `counts` tells afterwards how many entries were `new`, `revised` and `sighted`,
    how many of the new are `duplicates`, how many articles `entered` a topic, how
    many known articles this source had not `carried` before, and how many that had no
    date were `dated`. `published` has the time of each new article, None where its
    source gives none that is exact. `telling` is what became known of stories, None
    where no article is new.
    """

    def __init__(
        self,
        connection: Connection,
        source: str,
        rules: tuple[Rules, DuplicateRules],
        desk: StoryDesk,
        now: datetime,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.published: list[datetime | None] = []
        self.telling: Telling | None = None
        self._desk = desk
        self._connection = connection
        self._source = source
        self._rules, duplicates = rules
        self._copying = Copying(connection, source, duplicates)
        self._now = now
        self._rows: dict[str, list[Record]] = {name: [] for name in _TABLES_IN_ORDER}
        self._forms: dict[ArticleId, frozenset[str]] = {}
        self._saved_sightings: list[Record] = []
        self._carried: set[ArticleId] = set()
        self._log = TopicLog(connection, now)

    def record(self, document: FeedDocument) -> None:
        """Keep every entry of the document, the last, hence oldest, first."""
        if not self._is_as_before(document):
            self._record_changes(document)
        self.counts["sighted"] += len(document.unchanged)
        last_entries.see_again(
            self._connection,
            self._source,
            now=self._now,
            unseen_since=self._now - _SEEN_AGAIN_AFTER,
        )

    def _is_as_before(self, document: FeedDocument) -> bool:
        """Whether the document has the entries that it had, and no other."""
        digests = {entry.digest for entry in document.unchanged}
        return not document.entries and len(digests) == last_entries.count_entries(
            self._connection, self._source
        )

    def _record_changes(self, document: FeedDocument) -> None:
        known_entries = last_entries.load_entries(self._connection, self._source)
        keyed = keyed_entries(document, known_entries)
        entries = without_departed(self._connection, self._source, keyed)
        decided = self._decide(entries, self._load_known(entries))
        self._keep(decided)
        self.counts["dated"] = date_late(self._connection, self._source, decided)
        self._remember(document, decided, frozenset(known_entries))

    def _load_known(self, entries: Sequence[KeyedEntry]) -> KnownArticles:
        """The stored articles that the entries may be."""
        return known_articles.load_known(
            self._connection,
            self._source,
            [one.keys for one in entries if isinstance(one.entry, Entry)],
            since=self._now - TITLE_WINDOW,
        )

    def _decide(
        self, entries: Sequence[KeyedEntry], known: KnownArticles
    ) -> tuple[DecidedEntry, ...]:
        """What each entry is, with the text that is kept of it."""
        self._noted = known.noted
        # New articles enter these in their turn, behind those stored before.
        self._undecided = decisions.undecided_topics(self._connection)
        decided = decide_document(
            entries,
            known,
            carrier=self._source,
            first_id=articles.last_article_id(self._connection) + 1,
            settled=self._find_settled(known),
        )
        return with_kept_texts(self._connection, decided)

    def _find_settled(self, known: KnownArticles) -> frozenset[ArticleId]:  # noqa: ARG002 - of an answer that has just come
        """Those of the articles that the document says nothing new of."""
        return frozenset()

    def _keep(self, decided: Sequence[DecidedEntry]) -> None:
        self._copying.prepare(decided)
        self._uids = self._free_uids(decided)
        # Revisions first: what is new may copy what a revision says, never the reverse.
        oldest_first = reversed(decided)
        for one in sorted(oldest_first, key=_is_new):
            self._record_entry(one)
        if self.telling is not None:
            self.telling.save_stories()
            self._rows["gist"] = self.telling.gist_rows()
        articles.add_rows(
            self._connection, {**self._rows, "signature": self._copying.rows}
        )
        self._copying.follow()
        word_index.index_words(self._connection, self._forms)
        for sighting in self._saved_sightings:
            articles.save_sighting(self._connection, sighting)
        self._log.write()
        self._decide_carried()
        self._log.write()

    def _remember(
        self,
        document: FeedDocument,
        decided: Sequence[DecidedEntry],
        before: frozenset[EntryDigest],
    ) -> None:
        """Know the document's entries when they come again.

        A document that ended in the middle says nothing about the entries it lacks.
        """
        there = {entry.digest for entry in document.unchanged}
        fresh = {one.entry.digest: self._entry_row(one) for one in decided}
        gone = frozenset[EntryDigest]() if document.is_cut else before - there
        last_entries.replace_entries(
            self._connection,
            self._source,
            forgotten=gone | (before & fresh.keys()),
            rows=list(fresh.values()),
        )

    def _entry_row(self, one: DecidedEntry) -> Record:
        return {
            "source": self._source,
            "digest": one.entry.digest,
            # Of several entries with one key, that for which the sighting stands.
            "article": self._noted[one.keys.sighting].article_id,
            "entry_key": one.keys.sighting,
            # Also those that other entries of the document share.
            "guid": one.entry.guid,
            "url": one.entry.canonical_url,
            "title_key": one.keys.title,
        }

    def _free_uids(self, decided: Sequence[DecidedEntry]) -> dict[ArticleId, str]:
        """A name for each new article that no other has, the oldest chooses first."""
        new = [one for one in reversed(decided) if isinstance(one.identity, New)]
        names = {one.article_id: self._names(one) for one in new}
        uids: dict[ArticleId, str] = {}
        while names:
            tried = {number: next(each) for number, each in names.items()}
            taken = known_articles.taken_uids(self._connection, tried.values())
            for number, uid in tried.items():
                if uid not in taken:
                    taken.add(uid)
                    uids[number] = uid
                    del names[number]
        return uids

    def _names(self, one: DecidedEntry) -> Iterator[str]:
        digest = one.reading.digest
        return article_uids(one.keys, source=self._source, digest=digest)

    def _record_entry(self, one: DecidedEntry) -> None:
        match one.identity:
            case New():
                self._add(one)
            case Revised():
                self._revise(one)
            case _:
                self.counts["sighted"] += 1
        self._see(one)

    def _add(self, one: DecidedEntry) -> None:
        # One microsecond apart, so that the order of a document is never lost.
        first_seen_at = self._now + timedelta(microseconds=self.counts["new"])
        wording = self._wording(one)
        self._rows["article"].append(
            {
                **wording,
                "story_id": self._tell(one, original=wording["duplicate_of"]),
                "id": one.article_id,
                "uid": self._uids[one.article_id],
                "canonical_url": one.keys.url,
                "page_url": one.keys.page_url,
                "title_key": one.keys.title,
                "carrier": self._source,
                "origin": one.entry.origin,
                "credit": self._credit(one.entry),
                "link": one.entry.link,
                "first_seen_at": first_seen_at,
            }
        )
        self.counts["new"] += 1
        self.published.append(_exact_time(one.entry))
        self._classify(
            one, frozenset({self._source, one.entry.origin}), self._undecided
        )

    def _tell(self, one: DecidedEntry, *, original: ArticleId | None) -> StoryId:
        """The story of a new article; the desk is opened for the first of them."""
        if self.telling is None:
            self.telling = self._desk.open(self._connection, now=self._now)
        return self.telling.tell(one.article_id, one.entry, original)

    def _revise(self, one: DecidedEntry) -> None:
        number = one.article_id
        changes = {
            **self._wording(one),
            "title_key": one.keys.title,
            **self._marks_of_revision(),
        }
        if one.keys.page_url is not None:
            changes["page_url"] = one.keys.page_url
        articles.revise(
            self._connection,
            number,
            changes,
            reason=one.identity.reason.value,
            at=self._now,
        )
        self.counts["revised"] += 1
        carriers = articles.load_carriers_of(self._connection, [number])
        self._classify(
            one,
            carriers[number] | {one.entry.origin},
            publications.topics_of(self._connection, number),
        )

    def _marks_of_revision(self) -> Record:
        """The columns that tell readers of a revision."""
        return {"revised_at": self._now}

    def _wording(self, one: DecidedEntry) -> Record:
        """The columns that a revision replaces."""
        said = entry_columns(one.entry, one.reading.digest)
        return {**said, **self._copied(one)}

    def _copied(self, one: DecidedEntry) -> Record:
        """The columns that say whose text the article repeats."""
        copied = self._copying.find(one.article_id)
        if copied is None or copied.copy != one.article_id:
            return {"duplicate_of": None, "duplicate_reason": None}
        self.counts["duplicates"] += isinstance(one.identity, New)
        return {"duplicate_of": copied.original, "duplicate_reason": copied.reason}

    def _credit(self, entry: Entry) -> str | None:
        """The name of an origin that no configured source goes by."""
        return entry.credit if entry.origin == self._source else None

    def _classify(
        self, one: DecidedEntry, sources: frozenset[str], entered: frozenset[str]
    ) -> None:
        facts = facts_of_entry(one.entry, sources, now=self._now)
        tags = decide_tags(self._rules, facts)
        self._rows["article_tag"].extend(articles.tag_rows(one.article_id, tags))
        subject = build_subject(facts, tags)
        self._forms[one.article_id] = subject.shown_forms
        self._enter_topics(one.article_id, subject, entered)

    def _enter_topics(
        self, article_id: ArticleId, subject: MatchSubject, entered: frozenset[str]
    ) -> None:
        for topic, reason in decide_topics(self._rules.topics, subject).items():
            if topic not in entered:
                self._log.enter(topic, article_id, reason)
                self.counts["entered"] += 1

    def _see(self, one: DecidedEntry) -> None:
        sighting = {
            "source": self._source,
            "entry_key": one.keys.sighting,
            "article": one.article_id,
            "guid": one.entry.guid,
            "link": one.entry.link,
            "reason": one.identity.reason.value,
            "first_seen_at": self._now,
            "last_seen_at": self._now,
        }
        noted = self._noted.get(one.keys.sighting)
        if noted is None:
            self._rows["sighting"].append(sighting)
            if not isinstance(one.identity, New):
                self._carried.add(one.article_id)
        elif noted.article_id != one.article_id or self._is_stale(noted):
            self._saved_sightings.append(sighting)
        self._noted[one.keys.sighting] = NotedSighting(
            article_id=one.article_id, last_seen_at=self._now
        )

    def _decide_carried(self) -> None:
        """Let known articles enter the topics of a source that carries them now."""
        self.counts["carried"] = len(self._carried)
        found = articles.load_articles(self._connection, self._carried)
        for article, carriers in found:
            subject = build_subject(facts_of(article, carriers), article.tags)
            entered = publications.topics_of(self._connection, article.id)
            self._enter_topics(article.id, subject, entered)

    def _is_stale(self, noted: NotedSighting) -> bool:
        return self._now - noted.last_seen_at >= _SEEN_AGAIN_AFTER


def _is_new(one: DecidedEntry) -> bool:
    return isinstance(one.identity, New)


def _exact_time(entry: Entry) -> datetime | None:
    """When the entry was published, where that is known to the minute."""
    is_exact = entry.published_precision is Precision.SECOND
    return entry.published_at if is_exact else None
