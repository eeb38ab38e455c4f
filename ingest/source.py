"""A source as ingest needs it: where to ask, and what its entries inherit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddress:
    """A feed at an http(s) address."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFile:
    """A saved page on disk; `captured_at` is aware UTC, None where nobody knows."""

    path: Path
    captured_at: datetime | None


Location: TypeAlias = FeedAddress | SnapshotFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A configured place that is polled.

    `credits` maps each name by which a snapshot may credit a configured source
    (title or alias) to that source's slug.
    """

    slug: str
    title: str
    location: Location
    language: str | None = None
    credits: Mapping[str, str] = field(default_factory=dict)
