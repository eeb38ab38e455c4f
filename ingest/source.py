"""A source as ingest needs it: where to ask, and what its entries inherit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSelectors:
    """Where a page's list of articles and their parts are, as CSS selectors.

    Each but `item` may be `selector@attribute`, and None for what pages usually do:
    see `formats.page`.
    """

    item: str
    link: str | None = None
    title: str | None = None
    date: str | None = None
    summary: str | None = None
    image: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAddress:
    """A web page at an http(s) address that lists articles."""

    url: str
    selectors: PageSelectors


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapBounds:
    """What of a sitemap is wanted.

    `only` are beginnings of paths, one of which an article's address must have; none
    means any. `newer_than` is the age beyond which an article is left aside, `limit`
    how many articles are taken, and `documents` how many sitemaps of an index.
    """

    only: tuple[str, ...]
    newer_than: timedelta
    limit: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapAddress:
    """A sitemap, or an index of sitemaps, at an http(s) address."""

    url: str
    bounds: SitemapBounds


LANGUAGES_OF_THE_BEAT = ("ar", "en", "es", "fr", "kab", "zgh")
"""What a text without a declaration may be in, whatever is configured."""

Location: TypeAlias = FeedAddress | SnapshotFile | PageAddress | SitemapAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A configured place that is polled.

    `languages` are those that entries without a declaration may be in, in order, for
    a source must look the same to every process. `time_zone` is that of dates that
    name none. `full_text` where the text of an entry is that of the page it links to.
    `credits` maps each name by which a snapshot may credit a configured source (title
    or alias) to that source's slug.
    """

    slug: str
    title: str
    location: Location
    language: str | None = None
    full_text: bool = False
    languages: tuple[str, ...] = LANGUAGES_OF_THE_BEAT
    time_zone: tzinfo = UTC
    credits: Mapping[str, str] = field(default_factory=dict)
