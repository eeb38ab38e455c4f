"""What a format module reads out of bytes: the publisher's words, nothing cleaned.

The first of two moments: `normalise.document` turns these into `ingest.entry` values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ingest.entry import Enclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A text of the document and whether it is HTML (else plain text)."""

    value: str
    is_html: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One entry as the document has it.

    `base_url` is the address relative links start from (xml:base, or None for the
    document's own). `guid_is_link` where the guid stands for a link that is missing.
    Dates are the words of the document. `source_label` is the name a snapshot's card
    credits.
    """

    guid: str | None = None
    guid_is_link: bool = False
    link: str | None = None
    title: RawText | None = None
    summary: RawText | None = None
    content: RawText | None = None
    author: str | None = None
    language: str | None = None
    published: str | None = None
    updated: str | None = None
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    base_url: str | None = None
    source_label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """A whole document as read; entries in the order of the document.

    `link` is the web page the document says it belongs to. `ttl` is the time the
    publisher asks readers to wait between polls (RSS `ttl`), None where unsaid.
    """

    title: str | None = None
    language: str | None = None
    link: str | None = None
    ttl: timedelta | None = None
    entries: tuple[RawEntry, ...] = ()
    is_cut: bool = False


class NotAFeedError(ValueError):
    """The bytes are no document of this format; the message says what they are."""
