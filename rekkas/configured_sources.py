"""The configured sources, as polls, pages and reports know them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never
from urllib.parse import urlsplit, urlunsplit

from config.settings import Settings
from config.source_settings import (
    FeedSource,
    PageSource,
    SelectorSettings,
    SitemapSource,
    SnapshotSource,
    SourceSettings,
)
from config.time_zones import zone_of
from ingest.source import (
    LANGUAGES_OF_THE_BEAT,
    FeedAddress,
    Location,
    PageAddress,
    PageSelectors,
    SitemapAddress,
    SitemapBounds,
    SnapshotFile,
    Source,
)
from rekkas.report import without_credentials
from store.database.sources import SourceName


def build_sources(settings: Settings) -> dict[str, Source]:
    """Every configured source by slug, those switched off included."""
    credits = dict(credited_names(settings))
    configured = {source.language for source in settings.sources.values()}
    languages = sorted({*LANGUAGES_OF_THE_BEAT, *filter(None, configured)})
    return {
        slug: Source(
            slug=slug,
            title=source.title or slug,
            location=_location(source),
            language=source.language,
            full_text=not isinstance(source, SnapshotSource) and source.full_text,
            languages=tuple(languages),
            time_zone=zone_of(source.time_zone, source.country),
            # Only a snapshot's cards name other sources.
            credits=credits if isinstance(source, SnapshotSource) else {},
        )
        for slug, source in settings.sources.items()
    }


def _location(source: SourceSettings) -> Location:
    match source:
        case FeedSource():
            return FeedAddress(url=source.url, candidates=source.candidates)
        case PageSource():
            return PageAddress(url=source.url, selectors=_selectors(source.selectors))
        case SitemapSource():
            return SitemapAddress(url=source.url, bounds=_bounds(source))
        case SnapshotSource():
            return SnapshotFile(path=source.path, captured_at=source.captured_at)
        case _:
            assert_never(source)


def _selectors(selectors: SelectorSettings) -> PageSelectors:
    return PageSelectors(**selectors.model_dump())


def _bounds(source: SitemapSource) -> SitemapBounds:
    return SitemapBounds(
        only=source.only,
        newer_than=source.newer_than,
        limit=source.limit,
        documents=source.documents,
    )


def credited_names(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each name by which a snapshot may credit a source, and the source's slug."""
    for slug, source in settings.sources.items():
        for name in (source.title, *source.aliases):
            if name:
                yield name, slug


def enabled_sources(settings: Settings) -> tuple[str, ...]:
    """The slugs of the sources that are polled, snapshots first.

    A snapshot is read at once, so that feeds have something to show while the
    network is asked.
    """
    local = local_sources(settings)
    enabled = [slug for slug, source in settings.sources.items() if source.enabled]
    return tuple(sorted(enabled, key=lambda slug: slug not in local))


def local_sources(settings: Settings) -> frozenset[str]:
    """The slugs of the sources that are read from disk."""
    return frozenset(
        slug
        for slug, source in settings.sources.items()
        if isinstance(source, SnapshotSource)
    )


def polled_addresses(settings: Settings) -> dict[str, str | None]:
    """Where each source that is polled is asked; None for a file."""
    return {
        slug: _address(source)
        for slug, source in settings.sources.items()
        if source.enabled
    }


def source_names(settings: Settings) -> list[SourceName]:
    """Every configured source as people know it; a feed's home is its site."""
    return [
        SourceName(
            slug=slug,
            title=source.title or slug,
            home=_home(source),
            address=_address(source),
        )
        for slug, source in settings.sources.items()
    ]


def _address(source: SourceSettings) -> str | None:
    if isinstance(source, SnapshotSource):
        return None
    return without_credentials(source.url)


def _home(source: SourceSettings) -> str | None:
    if source.home or isinstance(source, SnapshotSource):
        return source.home
    parts = urlsplit(without_credentials(source.url))
    return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))
