"""What a format module reads out of bytes: the publisher's words, nothing cleaned.

The first of two moments: `normalise.document` turns these into `ingest.entry` values.
Entries and texts are tuples: documents have thousands of them, and a frozen dataclass
takes nearly three times as long to make (2.7 against 1.0 microseconds an entry).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ingest.entry import UNASKED, AskedPace, Enclosure

_MARKUP = re.compile(r"</\w+>|<br\s*/?>|<(?:a|img)\s|&(?:\w+|#\d+|#x[\da-fA-F]+);")


class RawText(NamedTuple):
    """A text of the document and whether it is HTML (else plain text)."""

    value: str
    is_html: bool = True


def guessed_text(words: str) -> RawText:
    """Words of which nobody says what they are, as HTML where they look like it.

    What is said about films and broadcasts often is, whether or not it says so.
    """
    return RawText(value=words, is_html=_MARKUP.search(words) is not None)


class RawEntry(NamedTuple):
    """One entry as the document has it.

    `base_url` is the address relative links start from (xml:base, or None for the
    document's own). `guid_is_link` where the guid stands for a link that is missing.
    Dates are the words of the document. `comments_url` is the page of the entry's
    comments, `comment_count` how many there are. `image_url` is the picture that
    stands for the entry. `source_label` is the name of whom it is taken from, as a
    snapshot's card or an aggregator's entry credits them, `source_url` their address.
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
    rights: str | None = None
    comments_url: str | None = None
    comment_count: int | None = None
    image_url: str | None = None
    base_url: str | None = None
    source_label: str | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """A whole document as read; entries in the order of the document.

    `link` is the web page the document says it belongs to, `rights` the licence of
    all of it, `author` who wrote the entries that name nobody. `further` are the
    addresses of the documents that this one is an index of, in its order.
    """

    title: str | None = None
    language: str | None = None
    link: str | None = None
    author: str | None = None
    rights: str | None = None
    pace: AskedPace = UNASKED
    entries: tuple[RawEntry, ...] = ()
    further: tuple[str, ...] = ()
    is_cut: bool = False


class NotAFeedError(ValueError):
    """The bytes are no document of this format; the message says what they are."""
