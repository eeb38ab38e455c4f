"""Builders of what normalising takes; a test names only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.formats.raw import RawEntry, RawText
from ingest.source import FeedAddress, SnapshotFile, Source

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CAPTURED = datetime(2025, 6, 22, 12, 0, tzinfo=UTC)


def make_source(**changes: Any) -> Source:
    """A configured feed in French."""
    values: dict[str, Any] = {
        "slug": "gazette",
        "title": "La Gazette",
        "location": FeedAddress(url="https://gazette.example/feed"),
        "language": "fr",
    }
    return Source(**(values | changes))


def make_snapshot(**changes: Any) -> Source:
    """A saved page that credits the Gazette under two names."""
    values: dict[str, Any] = {
        "slug": "page",
        "title": "A saved page",
        "location": SnapshotFile(path=Path("page.txt"), captured_at=CAPTURED),
        "language": "en",
        "credits": {"La Gazette": "gazette", "Gazette World": "gazette"},
    }
    return Source(**(values | changes))


def make_raw(**changes: Any) -> RawEntry:
    """An entry with a guid, a link, a title, a text and a date."""
    values: dict[str, Any] = {
        "guid": "guid-1",
        "link": "https://gazette.example/articles/1",
        "title": RawText(value="The ministers meet", is_html=False),
        "summary": RawText(value="<p>The ministers met in Rabat.</p>"),
        "published": "Mon, 23 Nov 2026 08:00:00 +0000",
    }
    return RawEntry(**(values | changes))
