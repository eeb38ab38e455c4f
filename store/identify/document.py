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
    """The articles that a document's entries may be, by each kind of key.

    `noted` holds the stored sightings as they were. The rest follows what the document
    does, so that an entry is judged as it will be when the document comes again: an
    article is found by the title that it has by now, and by its own address.
    """

    noted: dict[str, NotedSighting] = field(default_factory=dict)
    _articles: dict[ArticleId, KnownArticle] = field(default_factory=dict)
    _by_sighting: dict[str, ArticleId] = field(default_factory=dict)
    _by_url: dict[str, ArticleId] = field(default_factory=dict)
    _by_title: dict[str, list[ArticleId]] = field(default_factory=dict)

    def note(self, key: str, article_id: ArticleId, last_seen_at: datetime) -> None:
        """Know a stored sighting of the source, by its key."""
        self.noted[key] = NotedSighting(
            article_id=article_id, last_seen_at=last_seen_at
        )
        self._by_sighting[key] = article_id

    def put(self, article: KnownArticle) -> None:
        """Know an article, or what it says by now.

        Of two with one address or title the one put first is found by it.
        """
        self._articles[article.id] = article
        self._by_title.setdefault(article.title, []).append(article.id)
        if article.url is not None:
            self._by_url.setdefault(article.url, article.id)

    def url_of(self, article_id: ArticleId, *, otherwise: str | None) -> str | None:
        """The address that the article is known by; another where it is unknown."""
        article = self._articles.get(article_id)
        return otherwise if article is None else article.url

    def see(self, keys: EntryKeys, article_id: ArticleId) -> None:
        """Let the strongest key of an entry stand for the article from now on."""
        self._by_sighting[keys.sighting] = article_id

    def candidates(self, keys: EntryKeys) -> Candidates:
        """The articles that share a key with the entry."""
        titled = (self._articles[one] for one in self._by_title.get(keys.title, ()))
        return Candidates(
            by_sighting=self._find(self._by_sighting.get(keys.sighting)),
            by_url=self._find(self._by_url.get(keys.url or "")),
            by_title=next((one for one in titled if one.title == keys.title), None),
        )

    def _find(self, article_id: ArticleId | None) -> KnownArticle | None:
        return None if article_id is None else self._articles[article_id]


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
        elif not isinstance(one.identity, Sighted):
            # A revision keeps the address under which the article is known.
            url = known.url_of(one.article_id, otherwise=its_keys.url)
            known.put(_known(one, carrier, url=url))
        new_count += isinstance(one.identity, New)
        settled.add(one.article_id)
        known.see(its_keys, one.article_id)
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


def _known(one: DecidedEntry, carrier: str, *, url: str | None) -> KnownArticle:
    return KnownArticle(
        id=one.article_id,
        carrier=carrier,
        url=url,
        title=one.keys.title,
        digest=one.digest,
        has_text=bool(one.entry.text),
    )
