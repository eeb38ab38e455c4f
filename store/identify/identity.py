"""Which article an entry is: a new one, another sighting, or a revision.

Decides from keys and digests alone; looking articles up is the database's work.
The keys, strongest first: the source's guid, the canonical URL, and for entries with
neither the origin source with the normalised title.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ingest.entry import Entry
from store.article import ArticleId
from store.terms import terms

SHORTEST_COPY_IN_WORDS = 30
"""Texts shorter than this are too alike by nature ("More soon") to be called copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKeys:
    """By what an entry can be recognised; None for a key it lacks or shares.

    A guid or an address that several different entries of one document carry
    identifies none of them. Seen with pages that link every item to the home page
    and with generators that number their items anew each day.
    """

    guid: str | None
    url: str | None
    title: str

    @property
    def sighting(self) -> str:
        """The strongest key, marked with its kind: one per publication and source."""
        if self.guid is not None:
            return f"guid:{self.guid}"
        return f"url:{self.url}" if self.url is not None else f"title:{self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """What identity needs to know of a stored article."""

    id: ArticleId
    carrier: str
    url: str | None
    title: str
    digest: str
    has_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The stored articles that share a key with an entry, by that key.

    `by_sighting` is the one that the same source carried under the same strongest key.
    """

    by_sighting: KnownArticle | None = None
    by_url: KnownArticle | None = None
    by_title: KnownArticle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """An article nobody has stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """A known article, carried again."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A known article whose title or text its own carrier changed."""

    article_id: ArticleId


Identity: TypeAlias = New | Sighted | Revised


def normalised_title(title: str) -> str:
    """The title as its terms, so that case, accents and punctuation do not count."""
    return " ".join(terms(title)) or title.casefold()


def content_digest(entry: Entry) -> str:
    """SHA-256 of what readers read, white space aside: a change of it is a revision."""
    words = f"{entry.title}\n{' '.join((entry.text or entry.summary).split())}"
    return hashlib.sha256(words.encode()).hexdigest()


def copy_digest(text: str) -> str | None:
    """What two copies of one text have in common; None for a text too short to tell."""
    words = terms(text)
    if len(words) < SHORTEST_COPY_IN_WORDS:
        return None
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def entry_keys(entry: Entry) -> EntryKeys:
    """All keys of the entry, whoever shares them."""
    return EntryKeys(
        guid=entry.guid,
        url=entry.canonical_url,
        title=f"{entry.origin}\n{normalised_title(entry.title)}",
    )


def unshared_keys(keys: Sequence[EntryKeys]) -> tuple[EntryKeys, ...]:
    """The keys by which each entry of one document is told from the others."""
    shared_guids = _shared((one.guid, one.title) for one in keys)
    shared_urls = _shared((one.url, one.title) for one in keys)
    return tuple(
        replace(
            one,
            guid=None if one.guid in shared_guids else one.guid,
            url=None if one.url in shared_urls else one.url,
        )
        for one in keys
    )


def _shared(keyed_titles: Iterable[tuple[str | None, str]]) -> frozenset[str]:
    """The keys that stand beside more than one title."""
    counts = Counter(key for key, _ in set(keyed_titles) if key is not None)
    return frozenset(key for key, count in counts.items() if count > 1)


def decide_identity(
    keys: EntryKeys,
    digest: str,
    candidates: Candidates,
    *,
    carrier: str,
    has_text: bool,
) -> Identity:
    """Which article the entry is, given the stored articles that share a key.

    A guid that comes back with both another title and another address was used
    again: the entry is new. Only the source that first carried an article revises
    it; a headline changed by an aggregator is a sighting. A feed that drops the text
    it once carried revises nothing.
    """
    known = _recognised(keys, candidates)
    if known is None:
        return New()
    is_poorer = known.has_text and not has_text and known.title == keys.title
    if known.digest == digest or known.carrier != carrier or is_poorer:
        return Sighted(article_id=known.id)
    return Revised(article_id=known.id)


def _recognised(keys: EntryKeys, candidates: Candidates) -> KnownArticle | None:
    sighted = candidates.by_sighting
    if sighted is not None and not _is_guid_used_again(keys, sighted):
        return sighted
    if candidates.by_url is not None:
        return candidates.by_url
    if keys.guid is None and keys.url is None:
        return candidates.by_title
    return None


def _is_guid_used_again(keys: EntryKeys, known: KnownArticle) -> bool:
    moved = keys.url is not None and known.url is not None and keys.url != known.url
    return moved and keys.title != known.title


def article_uid(keys: EntryKeys, *, source: str) -> str:
    """A name for a new article that every database gives to the same publication.

    Made of the address where there is one, since every source that carries the
    article gives the same; else of the source's guid, else of origin and title.
    """
    if keys.url is not None:
        identity = f"url\n{keys.url}"
    elif keys.guid is not None:
        identity = f"guid\n{source}\n{keys.guid}"
    else:
        identity = f"title\n{keys.title}"
    return hashlib.sha256(identity.encode()).hexdigest()[:24]
