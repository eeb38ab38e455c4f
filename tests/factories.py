"""Builders of valid values; a test names only what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from datetime import UTC, datetime
from typing import Any

from ingest.entry import (
    UNASKED,
    CanonicalUrl,
    Entry,
    EntryDigest,
    EntryGuid,
    FeedDocument,
    UnchangedEntry,
)
from ingest.fetch.outcome import (
    Fetched,
    InMemory,
    Validators,
)
from ingest.poll import Polled
from ingest.reading_rules import ReadingRules

NOW = datetime(2026, 11, 23, 12, 0, 0, 250, tzinfo=UTC)

LONG_TEXT = " ".join(f"word{number}" for number in range(60))


def make_entry(**changes: Any) -> Entry:
    """An entry of the source `yabiladi` with a guid, a link and a date."""
    values: dict[str, Any] = {
        "guid": EntryGuid("guid-1"),
        "link": "https://www.yabiladi.com/articles/1",
        "canonical_url": CanonicalUrl("https://yabiladi.com/articles/1"),
        "title": "Morocco and Algeria meet",
        "summary": "A short summary.",
        "content_html": "<p>Morocco and Algeria met in Rabat.</p>",
        "text": "Morocco and Algeria met in Rabat.",
        "author": "A. Writer",
        "language": "en",
        "published_at": datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
        "published_precision": None,
        "updated_at": None,
        "categories": (),
        "enclosures": (),
        "rights": None,
        "comments_url": None,
        "comment_count": None,
        "image_url": None,
        "origin": "yabiladi",
        "credit": None,
    }
    return _digested(values | changes)


def _digested(values: dict[str, Any]) -> Entry:
    digest = hashlib.md5(repr(values).encode(), usedforsecurity=False).hexdigest()
    return Entry(**({"digest": EntryDigest(digest)} | values))


def make_numbered(number: int, **changes: Any) -> Entry:
    """An entry whose guid, address and title carry the number."""
    values = {
        "guid": EntryGuid(f"guid-{number}"),
        "link": f"https://www.yabiladi.com/articles/{number}",
        "canonical_url": CanonicalUrl(f"https://yabiladi.com/articles/{number}"),
        "title": f"Headline number {number}",
        "text": f"Text number {number}.",
    }
    return make_entry(**(values | changes))


def make_document(*entries: Entry, **changes: Any) -> FeedDocument:
    """A whole document of these entries."""
    values: dict[str, Any] = {"title": "Ya Biladi", "language": "en"}
    return FeedDocument(**(values | changes), entries=entries)


def make_fetched(*, body: bytes = b"<rss/>", **changes: Any) -> Fetched:
    """A 200 with an ETag."""
    values: dict[str, Any] = {
        "content": InMemory(body),
        "body_digest": "0" * 64,
        "status": 200,
        "final_url": "https://www.yabiladi.com/rss",
        "content_type": "application/rss+xml",
        "validators": Validators(etag='"1"'),
    }
    return Fetched(**(values | changes))


def make_polled(*entries: Entry, **changes: Any) -> Polled:
    """A poll that brought a document of these entries."""
    document = changes.pop("document", None) or make_document(*entries)
    return Polled(
        fetched=changes.pop("fetched", make_fetched()),
        document=document,
        asked=UNASKED,
        read_by=changes.pop("read_by", ReadingRules("0" * 32)),
    )


def make_unchanged(
    entries: Sequence[Entry], known: Container[EntryDigest]
) -> FeedDocument:
    """The document of these entries when those that are known come unchanged."""
    fresh = [entry for entry in entries if entry.digest not in known]
    unchanged = tuple(
        UnchangedEntry(
            digest=entry.digest,
            position=sum(one.digest not in known for one in entries[:number]),
        )
        for number, entry in enumerate(entries)
        if entry.digest in known
    )
    return make_document(*fresh, unchanged=unchanged)
