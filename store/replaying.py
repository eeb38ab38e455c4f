"""Kept answers into the store again, by the rules of today, or what that would change.

The latest answer of each source comes first, and what it says of an article holds. Each
answer is a transaction of its own, which a trial takes back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from config.expression import Expression
from ingest.entry import FeedDocument
from store.article import Article, ArticleId
from store.capture import Capture
from store.classify.decide import Rules
from store.database import (
    articles,
    captures,
    changes,
    decisions,
    signatures,
    sources,
)
from store.database.engine import Connection, Database
from store.database.sources import SourceName
from store.identify.document import DecidedEntry
from store.identify.identity import New, Revised
from store.identify.originals import Copied, DuplicateRules
from store.recopying import CopyingAgain
from store.redecide import decide_articles, digest_rule
from store.replayed import Effect, ReplayedArticle, describe_tags
from store.rerecording import Rerecording
from store.retag import retag_articles


def each_capture(
    database: Database, *, since: datetime, sources: Collection[str]
) -> Iterator[Capture]:
    """The answers of these sources that are kept since then, the latest first."""
    with database.read() as connection:
        found = captures.find_captures(connection, since=since, sources=sources)
    for source, at in found:
        with database.read() as connection:
            capture = captures.load_capture(connection, source, at)
        if capture is not None:
            yield capture


@dataclass(slots=True, kw_only=True)
class Replay:
    """One pass over kept answers; they must come the latest first.

    A trial changes nothing. `names` are the configured sources.
    """

    database: Database
    rules: Rules
    duplicates: DuplicateRules
    names: Sequence[SourceName]
    is_trial: bool
    _settled: dict[str, set[ArticleId]] = field(
        default_factory=lambda: defaultdict(set)
    )
    _told: set[tuple[Effect, str]] = field(default_factory=set)

    def take(
        self, source: str, document: FeedDocument, *, at: datetime
    ) -> Sequence[ReplayedArticle]:
        """What an answer of the source that came at `at` changes, told once each."""
        with self._transaction() as connection:
            again = _Again(
                connection=connection,
                source=source,
                at=at,
                rules=self._known_rules(connection),
                duplicates=self.duplicates,
            )
            last = articles.last_article_id(connection)
            found = again.record(document, frozenset(self._settled[source]))
            if found:
                changes.note_change(connection)
        known = (
            again.seen if not self.is_trial else {n for n in again.seen if n <= last}
        )
        self._settled[source] |= known
        return [one for one in found if self._is_untold(one)]

    def _is_untold(self, one: ReplayedArticle) -> bool:
        key = (one.effect, one.uid)
        is_untold = key not in self._told
        self._told.add(key)
        return is_untold

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self.database.write() as connection:
            if not self.is_trial:
                yield connection
                return
            trial = connection.begin_nested()
            self._name_sources(connection)
            yield connection
            trial.rollback()

    def _name_sources(self, connection: Connection) -> None:
        """Let articles be credited to sources that are configured only now."""
        known = sources.load_names(connection)
        sources.save_names(connection, [n for n in self.names if n.slug not in known])

    def _known_rules(self, connection: Connection) -> Rules:
        """The rules, of the topics only those by which the stored are decided.

        The others get what belongs to them in their turn.
        """
        decided = decisions.load_decisions(connection)
        return replace(
            self.rules,
            topics={
                slug: rule
                for slug, rule in self.rules.topics.items()
                if slug in decided and decided[slug].aim == digest_rule(rule)
            },
        )


@dataclass(slots=True, kw_only=True)
class _Again:
    """One answer of a source that came at `at`, in one transaction.

    `seen` are the articles that it has.
    """

    connection: Connection
    source: str
    at: datetime
    rules: Rules
    duplicates: DuplicateRules
    seen: set[ArticleId] = field(default_factory=set)

    def record(
        self, document: FeedDocument, settled: frozenset[ArticleId]
    ) -> list[ReplayedArticle]:
        """Keep what it changes, and tell of it."""
        both = (self.rules, self.duplicates)
        recording = Rerecording(self.connection, self.source, both, settled, self.at)
        decided = recording.record_again(document)
        self.seen = {one.article_id for one in decided}
        fresh = _one_each(decided, settled)
        known = {n: one for n, one in fresh.items() if not _is_new(one)}
        carried = list(articles.load_articles(self.connection, known))
        return [
            *self._tell_recorded(fresh),
            *self._copy_again(known, [article for article, _ in carried]),
            *self._tag_again(known, carried),
        ]

    def _tell_recorded(
        self, fresh: Mapping[ArticleId, DecidedEntry]
    ) -> Iterator[ReplayedArticle]:
        originals = signatures.load_originals(self.connection, fresh)
        for number, one in fresh.items():
            if _is_new(one):
                original = originals[number]
                said = "" if original is None else f"a copy of {self._uid(original)}"
                yield self._tell(Effect.NEW, one, said)
            elif isinstance(one.identity, Revised):
                yield self._tell(Effect.READ, one)

    def _copy_again(
        self, known: Mapping[ArticleId, DecidedEntry], stored: Sequence[Article]
    ) -> Iterator[ReplayedArticle]:
        """What is a copy otherwise than before, of what the source carries first."""
        again = CopyingAgain(
            connection=self.connection, source=self.source, rules=self.duplicates
        )
        own = articles.carried_first(self.connection, self.source, known)
        # Of an entry the text of its page may be stored.
        looked_at = [
            replace(known[one.id], entry=replace(known[one.id].entry, text=one.text))
            for one in stored
            if one.id in own and not isinstance(known[one.id].identity, Revised)
        ]
        for number, copied in again.copy_again(looked_at):
            yield self._tell_copy(known[number], copied)

    def _tell_copy(self, one: DecidedEntry, copied: Copied | None) -> ReplayedArticle:
        if copied is None:
            return self._tell(Effect.NO_COPY, one)
        if copied.original == one.article_id:
            said = f"{self._uid(copied.copy)} is a copy of it"
        else:
            said = f"a copy of {self._uid(copied.original)}"
        return self._tell(Effect.COPY, one, f"{said}, {copied.reason}")

    def _tag_again(
        self,
        known: Mapping[ArticleId, DecidedEntry],
        carried: Sequence[tuple[Article, frozenset[str]]],
    ) -> Iterator[ReplayedArticle]:
        before = {article.id: article.tags for article, _ in carried}
        tagged = retag_articles(self.connection, self.rules, carried)
        after = articles.load_tags(self.connection, tagged)
        decide_articles(self.connection, self._decided_topics(), tagged, self.at)
        for number in tagged:
            said = describe_tags(before[number], after.get(number, ()))
            yield self._tell(Effect.TAGGED, known[number], said)

    def _decided_topics(self) -> Mapping[str, Expression]:
        """The topics of which all stored articles are decided."""
        waiting = decisions.undecided_topics(self.connection)
        topics = self.rules.topics.items()
        return {slug: rule for slug, rule in topics if slug not in waiting}

    def _tell(
        self, effect: Effect, one: DecidedEntry, detail: str = ""
    ) -> ReplayedArticle:
        return ReplayedArticle(
            effect=effect,
            uid=self._uid(one.article_id),
            source=self.source,
            title=one.entry.title,
            detail=detail,
        )

    def _uid(self, number: ArticleId) -> str:
        return articles.load_uid(self.connection, number)


def _is_new(one: DecidedEntry) -> bool:
    return isinstance(one.identity, New)


def _one_each(
    decided: Sequence[DecidedEntry], settled: frozenset[ArticleId]
) -> dict[ArticleId, DecidedEntry]:
    """The first entry of each article that no later answer has."""
    fresh: dict[ArticleId, DecidedEntry] = {}
    for one in decided:
        if one.article_id not in settled:
            fresh.setdefault(one.article_id, one)
    return fresh
