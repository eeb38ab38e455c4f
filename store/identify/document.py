"""Which article each entry of one document is, its own entries included.

Walks a document in its order, so that of two entries with one key the first, which
feeds hold to be the newest, decides what the article says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ingest.entry import Entry
from store.article import ArticleId
from store.identify.identity import (
    Candidates,
    EntryKeys,
    Identity,
    KnownArticle,
    New,
    Sighted,
    content_digest,
    decide_identity,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedSighting:
    """For which article a sighting stands, and when it was noted last."""

    article_id: ArticleId
    last_seen_at: datetime


@dataclass(slots=True)
class KnownArticles:
    """The stored articles that a document's entries may be, by each kind of key.

    `noted` holds the stored sightings as they were. The rest grows while a document
    is decided, so that its later entries find its earlier ones.
    """

    by_sighting: dict[str, KnownArticle] = field(default_factory=dict)
    by_url: dict[str, KnownArticle] = field(default_factory=dict)
    by_title: dict[str, KnownArticle] = field(default_factory=dict)
    noted: dict[str, NotedSighting] = field(default_factory=dict)

    def candidates(self, keys: EntryKeys) -> Candidates:
        """The articles that share a key with the entry."""
        return Candidates(
            by_sighting=self.by_sighting.get(keys.sighting),
            by_url=None if keys.url is None else self.by_url.get(keys.url),
            by_title=self.by_title.get(keys.title),
        )

    def add(self, keys: EntryKeys, known: KnownArticle) -> None:
        """Let later entries of the document recognise this one."""
        self.by_sighting[keys.sighting] = known
        self.by_title.setdefault(keys.title, known)
        if keys.url is not None:
            self.by_url.setdefault(keys.url, known)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedEntry:
    """An entry of a document, what it is, and the number of its article."""

    entry: Entry
    keys: EntryKeys
    digest: str
    identity: Identity
    article_id: ArticleId


def decide_document(
    entries: Sequence[Entry],
    keys: Sequence[EntryKeys],
    known: KnownArticles,
    *,
    carrier: str,
    first_id: int,
) -> tuple[DecidedEntry, ...]:
    """What each entry is, in the order of the document.

    New articles are numbered from `first_id` on, the last of the document first:
    documents list their newest entry first, and an older article has a lower number.
    Of several entries that are one article, only the first may revise it.
    """
    decided: list[DecidedEntry] = []
    settled: set[ArticleId] = set()
    new_count = 0
    for entry, its_keys in zip(entries, keys, strict=True):
        one = _decide(entry, its_keys, known, carrier, placeholder=-new_count - 1)
        if one.article_id in settled:
            one = replace(one, identity=Sighted(article_id=one.article_id))
        new_count += isinstance(one.identity, New)
        settled.add(one.article_id)
        known.add(its_keys, _known(one, carrier))
        decided.append(one)
    last_id = first_id + new_count
    return tuple(
        replace(one, article_id=ArticleId(last_id + one.article_id))
        if one.article_id < 0
        else one
        for one in decided
    )


def _decide(
    entry: Entry,
    keys: EntryKeys,
    known: KnownArticles,
    carrier: str,
    *,
    placeholder: int,
) -> DecidedEntry:
    """What the entry is; a new article gets a number below zero for the time being."""
    digest = content_digest(entry)
    identity = decide_identity(
        keys,
        digest,
        known.candidates(keys),
        carrier=carrier,
        has_text=bool(entry.text),
    )
    return DecidedEntry(
        entry=entry,
        keys=keys,
        digest=digest,
        identity=identity,
        article_id=ArticleId(placeholder)
        if isinstance(identity, New)
        else identity.article_id,
    )


def _known(one: DecidedEntry, carrier: str) -> KnownArticle:
    return KnownArticle(
        id=one.article_id,
        carrier=carrier,
        url=one.keys.url,
        title=one.keys.title,
        digest=one.digest,
        has_text=bool(one.entry.text),
    )
