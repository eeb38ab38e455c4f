"""The bytes of a source, and what was read of them -> what the document is like.

Needs nothing but its arguments, so it can run in the process where documents are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlsplit

from ingest.doctor.facts import DocumentFacts
from ingest.entry import FeedDocument
from ingest.fetch.outcome import Fetched
from ingest.formats.charset import decode_named
from ingest.formats.choose import is_json
from ingest.formats.feed import parse_and_tell
from ingest.formats.raw import RawDocument
from ingest.read import read_raw
from ingest.source import (
    FeedAddress,
    PageAddress,
    SitemapAddress,
    SnapshotFile,
    Source,
)

_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf|channel)\b([^>]*)", re.IGNORECASE)
_VERSION = re.compile(r"""\bversion\s*=\s*["']([\w.]{1,10})["']""")
_NAMES = {"rss": "RSS", "rdf": "RSS in RDF", "feed": "Atom", "channel": "CDF"}
_LOOK_AHEAD = 8192
_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A document as its publisher wrote it, and how it was read."""

    raw: RawDocument
    format: str
    reader: str
    charset: str | None = None
    unreadable: int = 0


def describe_document(
    source: Source, fetched: Fetched, document: FeedDocument
) -> DocumentFacts:
    """What the document in the bytes is like; `document` is what it was read as.

    Raises:
        NotAFeedError: the bytes are no document of the source's kind.
    """
    read = _read(source, fetched)
    entries = read.raw.entries
    titles = [(each.title.value if each.title else "").strip() for each in entries]
    links = [(each.link or "").strip() for each in entries]
    dates = (each.published_at or each.updated_at for each in document.entries)
    return DocumentFacts(
        format=read.format,
        reader=read.reader,
        charset=read.charset,
        unreadable=read.unreadable,
        entries=len(document.entries) + len(document.left_out),
        is_cut=document.is_cut,
        left_out=document.left_out,
        doubts=document.doubts,
        dates=tuple(sorted(filter(None, dates), reverse=True)),
        untitled=titles.count(""),
        equal_titles=_sharing(titles),
        unlinked=sum(each.link is None for each in document.entries),
        relative=sum(_is_relative(link) for link in links if link),
        equal_links=_sharing(links),
        text_lengths=tuple(len(each.text) for each in document.entries),
        is_index=bool(read.raw.further),
    )


def _read(source: Source, fetched: Fetched) -> _Read:
    match source.location:
        case FeedAddress():
            return _read_feed(source, fetched)
        case PageAddress():
            name = "a web page"
        case SitemapAddress():
            name = "a sitemap"
        case SnapshotFile():
            name = "a snapshot"
        case _:
            assert_never(source.location)
    raw = read_raw(source, fetched)
    name = "an index of sitemaps" if raw.further else name
    return _Read(raw=raw, format=name, reader="by its kind")


def _read_feed(source: Source, fetched: Fetched) -> _Read:
    body, content_type = fetched.content.read(), fetched.content_type
    if is_json(body):
        raw = read_raw(source, fetched)
        return _Read(raw=raw, format="JSON Feed", reader="as JSON")
    raw, reader = parse_and_tell(body, content_type=content_type)
    charset, text = decode_named(body, content_type=content_type)
    return _Read(
        raw=raw,
        format=_format_of(text),
        reader=reader.value,
        charset=charset,
        unreadable=text.count(_UNREADABLE),
    )


def _format_of(text: str) -> str:
    root = _ROOT.search(text[:_LOOK_AHEAD])
    if root is None:
        return "a feed without a root"
    version = _VERSION.search(root[2])
    name = _NAMES[root[1].lower()]
    return f"{name} {version[1]}" if version else name


def _sharing(words: Iterable[str]) -> int:
    """How many of the words are another's too, those that are empty left aside."""
    return sum(count for word, count in Counter(words).items() if word and count > 1)


def _is_relative(link: str) -> bool:
    try:
        return not urlsplit(link).scheme
    except ValueError:  # brackets that no address has
        return False
