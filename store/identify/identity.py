"""Which article an entry is: a new one, another sighting, or a revision, and why.

Decides from keys, texts and dates; looking articles up is the database's work. The
keys, strongest first: the source's guid, the canonical URL, and the origin source
with the normalised title within some days. What the texts say decides where a key
alone may mislead. Where in doubt both articles are kept. Copies of a text under other
keys are articles too; finding them is `originals`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeAlias

from ingest.entry import Entry
from store.article import ArticleId
from store.identify.keys import EntryKeys, bare_title
from store.identify.near_duplicates import compare, read_wording

TITLE_WINDOW = timedelta(days=3)
"""How long after it was last carried an article is known by its title."""

_SAME_DAY = timedelta(hours=20)  # dailies come at nearly the same hour
_OWN_TITLE_IN_TERMS = 4
"""A title of fewer terms may be a column's: Weather, Editorial, Press review."""
_SHORTEST_TEXT_IN_WORDS = 8
_SAME_TEXT = 0.8
_EDITED_TEXT = 0.5
"""What a text keeps at least when it is edited under one guid."""
_SAME_NUMBERS = 0.8
_LIKE_TITLE = 0.6


class Recognition(Enum):
    """By what an entry was taken for an article, or for none; shown to people."""

    GUID = "same guid"
    ADDRESS = "same address"
    TITLE = "same title from the same source within 3 days"
    UNKNOWN = "first with this guid, address and title"
    GUID_USED_AGAIN = "same guid as before, used again for another text"
    ADDRESS_USED_AGAIN = "same address as before, used again for another text"
    TITLE_USED_AGAIN = "same title as before, used again for another text"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """What identity needs to know of a stored article.

    `said` is its text, for want of one its summary.
    """

    id: ArticleId
    carrier: str
    url: str | None
    title: str
    digest: str
    has_text: bool
    said: str
    published_at: datetime | None
    page_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReading:
    """What identity looks at in an entry; `said` as with a known article.

    `is_stopgap` where its text only stands in for that of its page.
    """

    keys: EntryKeys
    digest: str
    has_text: bool
    said: str
    published_at: datetime | None
    is_stopgap: bool = False

    def yields_to(self, known: KnownArticle) -> bool:
        """Whether the article's stored text is kept in place of the entry's.

        A feed that drops the text it carried takes nothing back, nor does the teaser
        of a page that could not be fetched this time.
        """
        if self.is_stopgap:
            return known.has_text and len(self.said) < len(known.said)
        return known.has_text and not self.has_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The stored articles that share a key with an entry, by that key, latest first.

    `by_sighting` is the one that the same source carried under the same strongest key.
    """

    by_sighting: KnownArticle | None = None
    by_url: tuple[KnownArticle, ...] = ()
    by_title: tuple[KnownArticle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """An article nobody has stored."""

    reason: Recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """A known article, carried again."""

    article_id: ArticleId
    reason: Recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A known article whose title or text its own carrier changed.

    `keeps_text` where the title alone is the entry's, and the text stays.
    """

    article_id: ArticleId
    reason: Recognition
    keeps_text: bool = False


Identity: TypeAlias = New | Sighted | Revised


def content_digest(entry: Entry) -> str:
    """SHA-256 of what readers read, white space aside: a change of it is a revision."""
    words = f"{entry.title}\n{' '.join((entry.text or entry.summary).split())}"
    return hashlib.sha256(words.encode()).hexdigest()


def read_entry(entry: Entry, keys: EntryKeys) -> EntryReading:
    """What identity looks at in the entry."""
    return EntryReading(
        keys=keys,
        digest=content_digest(entry),
        has_text=bool(entry.text),
        said=entry.text or entry.summary,
        published_at=entry.published_at,
        is_stopgap=entry.is_without_page,
    )


def decide_identity(
    entry: EntryReading, candidates: Candidates, *, carrier: str
) -> Identity:
    """Which article the entry is, given the stored articles that share a key.

    Only the source that first carried an article revises it; a headline changed by an
    aggregator is a sighting. A text that yields to the stored one revises nothing,
    the title that comes with it does.
    """
    for known, reason in _recognised(entry, candidates):
        keeps_text = entry.yields_to(known)
        is_poorer = keeps_text and known.title == entry.keys.title
        if known.digest == entry.digest or known.carrier != carrier or is_poorer:
            return Sighted(article_id=known.id, reason=reason)
        return Revised(article_id=known.id, reason=reason, keeps_text=keeps_text)
    return New(reason=_why_new(candidates))


def _recognised(
    entry: EntryReading, candidates: Candidates
) -> Iterator[tuple[KnownArticle, Recognition]]:
    """The candidates that the entry may be, by the strongest key first."""
    sighted = candidates.by_sighting
    if sighted is not None and not _is_key_used_again(entry, sighted):
        yield sighted, _kind_of_key(entry.keys)
    for known in _same_first(entry, candidates.by_url):
        if not _is_address_used_again(entry, known):
            yield known, Recognition.ADDRESS
    for known in _same_first(entry, candidates.by_title):
        if _is_same_by_title(entry, known):
            yield known, Recognition.TITLE


def _why_new(candidates: Candidates) -> Recognition:
    """Which key would have named an article, had it not another text."""
    if candidates.by_sighting is not None:
        return Recognition.GUID_USED_AGAIN
    if candidates.by_url:
        return Recognition.ADDRESS_USED_AGAIN
    if candidates.by_title:
        return Recognition.TITLE_USED_AGAIN
    return Recognition.UNKNOWN


def _kind_of_key(keys: EntryKeys) -> Recognition:
    if keys.guid is not None:
        return Recognition.GUID
    return Recognition.TITLE if keys.url is None else Recognition.ADDRESS


def _same_first(
    entry: EntryReading, candidates: Sequence[KnownArticle]
) -> list[KnownArticle]:
    """Those that say the very same before the others, whose order stays."""
    return sorted(candidates, key=lambda known: known.digest != entry.digest)


def _is_key_used_again(entry: EntryReading, known: KnownArticle) -> bool:
    """Whether a source gave another text a guid, or a title, that it gave before.

    At the same address it is the same article, whatever it says by now. Without a
    text it is the same where its title is more or less.
    """
    if entry.keys.url is not None and entry.keys.url == known.url:
        return False
    share = _share_of_text(entry, known)
    if share is not None:
        return share < _EDITED_TEXT
    return not _is_like_title(entry.keys.title, known.title)


def _is_address_used_again(entry: EntryReading, known: KnownArticle) -> bool:
    """Whether a column keeps one address: another guid, another day, another text."""
    if entry.keys.guid is None or _is_same_day(entry, known):
        return False
    share = _share_of_text(entry, known)
    return share is not None and share < _EDITED_TEXT


def _is_same_by_title(entry: EntryReading, known: KnownArticle) -> bool:
    """Whether an article with the title of the entry is what it says."""
    is_own_title = len(bare_title(entry.keys.title).split()) >= _OWN_TITLE_IN_TERMS
    is_same_day = _is_same_day(entry, known)
    share = _share_of_text(entry, known)
    if share is None:
        is_nameless = entry.keys.guid is None and entry.keys.url is None
        return is_nameless or (is_own_title and is_same_day)
    return share >= _SAME_TEXT and (is_own_title or is_same_day)


def _is_same_day(entry: EntryReading, known: KnownArticle) -> bool:
    """Whether the two may have been published together; without dates they may."""
    if entry.published_at is None or known.published_at is None:
        return True
    return abs(entry.published_at - known.published_at) < _SAME_DAY


def _share_of_text(entry: EntryReading, known: KnownArticle) -> float | None:
    """How much of the shorter text the other has; None where one says too little.

    Reports of one template, which differ in their numbers, have nothing in common.
    """
    if entry.digest == known.digest and entry.said:
        return 1.0
    one, other = read_wording(entry.said), read_wording(known.said)
    if min(len(one.words), len(other.words)) < _SHORTEST_TEXT_IN_WORDS:
        return None
    likeness = compare(one, other)
    return likeness.containment if likeness.numbers >= _SAME_NUMBERS else 0.0


def _is_like_title(one: str, other: str) -> bool:
    """Whether one title is the other with some words changed, but no number."""
    mine, others = set(bare_title(one).split()), set(bare_title(other).split())
    if any(term.isdigit() for term in mine ^ others):
        return False
    return len(mine & others) >= _LIKE_TITLE * len(mine | others)
