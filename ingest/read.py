"""The bytes of a source -> its document: parsed, then normalised.

Knows which parser reads which kind of source. Needs nothing but its arguments, so it
can run in a process of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from ingest.entry import AskedPace, EntryDigest, FeedDocument
from ingest.fetch.outcome import Fetched
from ingest.formats.page import parse_page
from ingest.formats.raw import RawDocument
from ingest.formats.sitemap import parse_sitemap
from ingest.formats.sitemap_choice import choose_wanted
from ingest.formats.snapshot import parse_snapshot
from ingest.found_feed import read_feed
from ingest.normalise.document import normalise_document
from ingest.source import (
    FeedAddress,
    PageAddress,
    SitemapAddress,
    SnapshotFile,
    Source,
)


def read_document(
    source: Source,
    fetched: Fetched,
    now: datetime,
    known: frozenset[EntryDigest] = frozenset(),
) -> tuple[FeedDocument, AskedPace]:
    """The document in the bytes, and when it asks to be polled.

    An entry that is `known` is not cleaned again.

    Raises:
        NotAFeedError: the bytes are no document of the source's kind.
    """
    raw = read_raw(source, fetched)
    return normalise_raw(raw, source, fetched, now, known), raw.pace


def read_again(source: Source, fetched: Fetched, now: datetime) -> FeedDocument:
    """The document in an answer that came at `now`, with all its entries, not asking.

    Entries that were to have the text of their page keep the one they have.

    Raises:
        NotAFeedError: the bytes are no document of the source's kind.
    """
    raw = read_raw(source, fetched)
    if isinstance(source.location, SitemapAddress):
        raw = choose_wanted(raw, source.location.bounds, now=now)
    document = normalise_raw(raw, source, fetched, now)
    if not source.full_text:
        return document
    entries = [replace(entry, is_without_page=True) for entry in document.entries]
    return replace(document, entries=tuple(entries))


def read_raw(source: Source, fetched: Fetched) -> RawDocument:
    """The document in the bytes as its publisher wrote it.

    Raises:
        NotAFeedError: the bytes are no document of the source's kind.
    """
    body, content_type = fetched.content.read(), fetched.content_type
    match source.location:
        case FeedAddress():
            return read_feed(fetched)
        case PageAddress(selectors=selectors):
            return parse_page(body, content_type=content_type, selectors=selectors)
        case SitemapAddress():
            return parse_sitemap(body, content_type=content_type)
        case SnapshotFile():
            return parse_snapshot(body)
        case _:
            assert_never(source.location)


def normalise_raw(
    raw: RawDocument,
    source: Source,
    fetched: Fetched,
    now: datetime,
    known: frozenset[EntryDigest] = frozenset(),
) -> FeedDocument:
    """The document with its entries cleaned, but for those that are `known`."""
    return normalise_document(
        raw, source=source, base_url=fetched.final_url, now=now, known=known
    )
