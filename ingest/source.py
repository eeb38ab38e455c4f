"""A source as ingest needs it: where to ask, and what its entries inherit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddress:
    """A feed at an http(s) address; `candidates` are other addresses of the same."""

    url: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFile:
    """A saved page on disk; `captured_at` is aware UTC, None where nobody knows."""

    path: Path
    captured_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressInUse:
    """The candidate that answers in place of a source's own address.

    `url` and `instead_of`, the own address, are without credentials. `own_asked_at`
    (aware UTC) is when the own address was last asked.
    """

    url: str
    instead_of: str
    own_asked_at: datetime


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
