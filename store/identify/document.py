"""Which article each entry of one document is, its own entries included.

Walks a document in its order, so that of two entries with one key the first, which
feeds hold to be the newest, decides what the article says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ingest.entry import Entry, EntryDigest, FeedDocument
from store.article import ArticleId
from store.identify.identity import (
    Candidates,
    EntryReading,
    Identity,
    KnownArticle,
    New,
    Sighted,
    decide_identity,
    read_entry,
)
from store.identify.keys import EntryKeys, entry_keys, unshared_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedSighting:
    """For which article a sighting stands, and when it was noted last."""

    article_id: ArticleId
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An entry that reads as it did when it was recorded: its article and keys."""

    article_id: ArticleId
    keys: EntryKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedEntry:
    """An entry of a document and the keys that no other entry of it shares."""

    entry: Entry | KnownEntry
    keys: EntryKeys


def keyed_entries(
    document: FeedDocument, known_entries: Mapping[EntryDigest, KnownEntry]
) -> tuple[KeyedEntry, ...]:
    """Every entry in the order of the document, those that are unchanged included."""
    entries = list(_in_order(document, known_entries))
    keys = unshared_keys([_own_keys(entry) for entry in entries])
    return tuple(
        KeyedEntry(entry=entry, keys=its_keys)
        for entry, its_keys in zip(entries, keys, strict=True)
    )


def _own_keys(entry: Entry | KnownEntry) -> EntryKeys:
    """All keys of the entry, whoever shares them."""
    return entry.keys if isinstance(entry, KnownEntry) else entry_keys(entry)


def _in_order(
    document: FeedDocument, known_entries: Mapping[EntryDigest, KnownEntry]
) -> Iterator[Entry | KnownEntry]:
    position = 0
    for unchanged in document.unchanged:
        yield from document.entries[position : unchanged.position]
        yield known_entries[unchanged.digest]
        position = unchanged.position
    yield from document.entries[position:]


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
    _by_url: dict[str, list[ArticleId]] = field(default_factory=dict)
    _by_page: dict[tuple[str, str], list[ArticleId]] = field(default_factory=dict)
    _by_title: dict[str, list[ArticleId]] = field(default_factory=dict)

    def note(self, key: str, article_id: ArticleId, last_seen_at: datetime) -> None:
        """Know a stored sighting of the source, by its key."""
        self.noted[key] = NotedSighting(
            article_id=article_id, last_seen_at=last_seen_at
        )
        self._by_sighting[key] = article_id

    @property
    def numbers(self) -> frozenset[ArticleId]:
        """The articles that are known."""
        return frozenset(self._articles)

    def put(self, article: KnownArticle) -> None:
        """Know an article, or what it says by now.

        Of several with one address or title the one put last is found first.
        """
        self._articles[article.id] = article
        self._by_title.setdefault(article.title, []).append(article.id)
        if article.url is not None:
            self._by_url.setdefault(article.url, []).append(article.id)
        for address in filter(None, (article.url, article.page_url)):
            place = self._by_page.setdefault((address, article.title), [])
            place.append(article.id)

    def url_of(self, article_id: ArticleId, *, otherwise: str | None) -> str | None:
        """The address that the article is known by; another where it is unknown."""
        article = self._articles.get(article_id)
        return otherwise if article is None else article.url

    def see(self, keys: EntryKeys, article_id: ArticleId) -> None:
        """Let the strongest key of an entry stand for the article from now on."""
        self._by_sighting[keys.sighting] = article_id

    def candidates(self, keys: EntryKeys) -> Candidates:
        """The articles that share a key with the entry."""
        return Candidates(
            by_sighting=self._find(self._by_sighting.get(keys.sighting)),
            by_url=self._latest(
                self._by_url.get(keys.url or "") or self._by_declared_address(keys)
            ),
            by_title=tuple(
                one
                for one in self._latest(self._by_title.get(keys.title, ()))
                if one.title == keys.title
            ),
        )

    def _by_declared_address(self, keys: EntryKeys) -> Sequence[ArticleId]:
        """The articles whose pages declare the entry's address, or the reverse."""
        addresses = filter(None, (keys.url, keys.page_url))
        found = (self._by_page.get((address, keys.title)) for address in addresses)
        return next(filter(None, found), ())

    def _latest(self, article_ids: Sequence[ArticleId]) -> tuple[KnownArticle, ...]:
        return tuple(self._articles[one] for one in dict.fromkeys(article_ids[::-1]))

    def _find(self, article_id: ArticleId | None) -> KnownArticle | None:
        return None if article_id is None else self._articles.get(article_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedEntry:
    """An entry of a document, what it is, and the number of its article."""

    entry: Entry
    reading: EntryReading
    identity: Identity
    article_id: ArticleId

    @property
    def keys(self) -> EntryKeys:
        """The keys of the entry that no other entry of its document shares."""
        return self.reading.keys


def decide_document(
    entries: Sequence[KeyedEntry],
    known: KnownArticles,
    *,
    carrier: str,
    first_id: int,
    settled: frozenset[ArticleId] = frozenset(),
) -> tuple[DecidedEntry, ...]:
    """What each entry is that reads otherwise than before, in the document's order.

    New articles are numbered from `first_id` on, the last of the document first:
    documents list their newest entry first, and an older article has a lower number.
    Of several entries that are one article, only the first may revise it, and one
    that reads as before never does. Nothing revises the articles that are `settled`.
    """
    walk = _Walk(known=known, carrier=carrier, settled=set(settled))
    for one in entries:
        if isinstance(one.entry, KnownEntry):
            walk.pass_by(one.entry, one.keys)
        else:
            walk.decide(one.entry, one.keys)
    return walk.numbered(first_id)


@dataclass(slots=True)
class _Walk:
    """How far a document is decided; a new article has a number below zero so far."""

    known: KnownArticles
    carrier: str
    decided: list[DecidedEntry] = field(default_factory=list)
    settled: set[ArticleId] = field(default_factory=set)
    new_count: int = 0

    def pass_by(self, entry: KnownEntry, keys: EntryKeys) -> None:
        """Let an unchanged entry stand for its article."""
        self.settled.add(entry.article_id)
        self.known.see(keys, entry.article_id)

    def decide(self, entry: Entry, keys: EntryKeys) -> None:
        """Decide the next entry, and know from now on what it says."""
        one = self._identified(entry, keys)
        if one.article_id in self.settled:
            sighted = Sighted(article_id=one.article_id, reason=one.identity.reason)
            one = replace(one, identity=sighted)
        elif not isinstance(one.identity, Sighted):
            # A revision keeps the address under which the article is known.
            url = self.known.url_of(one.article_id, otherwise=keys.url)
            self.known.put(_known(one, self.carrier, url=url))
        self.new_count += isinstance(one.identity, New)
        self.settled.add(one.article_id)
        self.known.see(keys, one.article_id)
        self.decided.append(one)

    def numbered(self, first_id: int) -> tuple[DecidedEntry, ...]:
        """What was decided, each new article with its number."""
        last_id = first_id + self.new_count
        return tuple(
            replace(one, article_id=ArticleId(last_id + one.article_id))
            if one.article_id < 0
            else one
            for one in self.decided
        )

    def _identified(self, entry: Entry, keys: EntryKeys) -> DecidedEntry:
        reading = read_entry(entry, keys)
        candidates = self.known.candidates(keys)
        identity = decide_identity(reading, candidates, carrier=self.carrier)
        placeholder = ArticleId(-self.new_count - 1)
        return DecidedEntry(
            entry=entry,
            reading=reading,
            identity=identity,
            article_id=placeholder
            if isinstance(identity, New)
            else identity.article_id,
        )


def _known(one: DecidedEntry, carrier: str, *, url: str | None) -> KnownArticle:
    reading = one.reading
    return KnownArticle(
        id=one.article_id,
        carrier=carrier,
        url=url,
        title=reading.keys.title,
        digest=reading.digest,
        has_text=reading.has_text,
        said=reading.said,
        published_at=reading.published_at,
        page_url=reading.keys.page_url,
    )
