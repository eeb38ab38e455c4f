"""The values that leave ingest: what one source returned, cleaned and dated.

Holds no rule; `normalise.document` makes these of what a format module read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NewType

EntryGuid = NewType("EntryGuid", str)
"""The identifier a source gave its entry, as written, white space trimmed."""

EntryDigest = NewType("EntryDigest", str)
"""What an entry reads like: equal for one that comes again unchanged."""

CanonicalUrl = NewType("CanonicalUrl", str)
"""A link after `normalise.canonical_url`: an identity, never an address to publish."""


class Precision(Enum):
    """How exactly a time is known; a coarser one never outranks a finer one."""

    SECOND = "second"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that an entry carries along: sound, film, picture."""

    url: str
    media_type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One publication as one source carried it at one moment, ready to be recorded.

    `title` is plain text and never empty. `content_html` is sanitised with absolute
    links, "" where the source gave no text; `text` is the same as plain text, one
    paragraph a line. `summary` is plain text. Times are aware UTC; None where the
    source gave none that can be believed. `link` is the publisher's, http or https.
    `origin` is the slug of the source whose article it is: the polled source itself,
    or the configured source that a snapshot's card names. `credit` is the name of whom
    it is taken from as the document wrote it, None where that is the polled source
    itself.
    `rights` is plain text. `comments_url` is the page of its comments and
    `comment_count` how many the source counted. `image_url` is the picture that
    stands for the entry; no picture is ever fetched. `is_without_page` is True where
    the text of its page was to stand in place of its own, and could not be had.
    `page_url` is what its page says its address is, where that is another than
    `canonical_url`.
    """

    digest: EntryDigest
    guid: EntryGuid | None
    link: str | None
    canonical_url: CanonicalUrl | None
    title: str
    summary: str
    content_html: str
    text: str
    author: str | None
    language: str | None
    published_at: datetime | None
    published_precision: Precision | None
    updated_at: datetime | None
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    rights: str | None
    comments_url: str | None
    comment_count: int | None
    image_url: str | None
    origin: str
    credit: str | None
    is_without_page: bool = False
    page_url: CanonicalUrl | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedEntry:
    """An entry that reads as it did when it was recorded, and was not cleaned again.

    `position` is how many of the document's other entries stand before it.
    """

    digest: EntryDigest
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """What one source returned at one moment, in the order of the document.

    `entries` are those that are new or read otherwise than before; `unchanged` the
    others.
    `left_out` names, for each entry that could not be used, the reason. `doubts` names
    what was not believed of entries that could be used: a date in the future.
    `without_page` gives the reason for each entry that was to have the text of its
    page and kept its own.
    `read_again_at` (aware UTC) is from when on the document is to be read again though
    it be unchanged, None for never: a page has yet to come, or a date.
    `is_cut` is True where the document ended in the middle.
    """

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    unchanged: tuple[UnchangedEntry, ...] = ()
    left_out: tuple[str, ...] = ()
    without_page: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    read_again_at: datetime | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPace:
    """When the publisher asks to be polled, in the document's own words.

    `ttl` is the least wait between polls (RSS `ttl`). In `skip_hours` (0 to 23, UTC)
    and on `skip_days` (0 is Monday, UTC) nothing new comes (RSS skipHours, skipDays).
    `update_period` is how often the document changes (sy:updatePeriod divided by
    sy:updateFrequency), counted from `update_base`, a date as written.
    """

    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    update_period: timedelta | None = None
    update_base: str | None = None


UNASKED = AskedPace()
