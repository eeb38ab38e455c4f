"""One source, once: fetch or read it, parse it, normalise it.

Walks the way through ingest and decides nothing; recording the outcome is `store`'s.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, assert_never
from urllib.parse import urlsplit

from ingest.entry import UNASKED, AskedPace, EntryDigest, FeedDocument
from ingest.fetch.client import Client
from ingest.fetch.exchange import fetch
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import (
    FailureKind,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
)
from ingest.fetch.request import ExchangeBounds, SourceMemory
from ingest.fetch.snapshot_file import read_snapshot
from ingest.formats.page import parse_page
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.formats.sitemap import parse_sitemap
from ingest.formats.sitemap_choice import choose_wanted
from ingest.formats.snapshot import parse_snapshot
from ingest.found_feed import read_feed
from ingest.normalise.document import normalise_document
from ingest.sitemap_index import gather_sitemaps
from ingest.source import (
    AddressInUse,
    FeedAddress,
    PageAddress,
    SitemapAddress,
    SitemapBounds,
    SnapshotFile,
    Source,
)


class KnownEntries(Protocol):
    """Knows what the entries of a source's last document read like."""

    async def __call__(self, slug: str, /) -> frozenset[EntryDigest]:
        """The entries that need not be cleaned again, by the source's slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollTools:
    """What polling works with: one of each for the whole process.

    Documents are read in `executor`, so that a large one holds up nothing else.
    """

    client: Client
    bounds: ExchangeBounds
    limits: HostLimits
    executor: Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A poll that brought a document; `asked` is when the feed asks to be polled.

    `in_use` is the candidate that it came from, None for the source's own address.
    """

    fetched: Fetched
    document: FeedDocument
    asked: AskedPace
    in_use: AddressInUse | None = None


PollOutcome: TypeAlias = Polled | NotModified | FetchFailed


async def poll_source(
    source: Source,
    memory: SourceMemory,
    tools: PollTools,
    known_entries: KnownEntries,
    *,
    now: datetime,
) -> PollOutcome:
    """What the source returns now (aware UTC), as a value whatever goes wrong.

    Waits for the host's turn first; that wait is no part of the exchange's deadline.
    A document that is unchanged since `memory` is not parsed, and an entry that is
    known is not cleaned.
    """
    outcome = await _ask(source, memory, tools, now)
    if not isinstance(outcome, Fetched):
        return outcome
    try:
        if isinstance(source.location, SitemapAddress):
            visit = _Visit(source=source, memory=memory, tools=tools, now=now)
            return await _poll_sitemap(visit, outcome, source.location.bounds)
        known = await known_entries(source.slug)
        loop = asyncio.get_running_loop()
        document, asked = await loop.run_in_executor(
            tools.executor, read_document, source, outcome, now, known
        )
    except NotAFeedError as error:
        return _not_a_feed(source, outcome, error)
    return Polled(fetched=outcome, document=document, asked=asked)


def read_document(
    source: Source,
    fetched: Fetched,
    now: datetime,
    known: frozenset[EntryDigest] = frozenset(),
) -> tuple[FeedDocument, AskedPace]:
    """The document in the bytes, and when it asks to be polled.

    Raises:
        NotAFeedError: the bytes are no document of the source's kind.
    """
    raw = _parse(source, fetched)
    return _normalise(raw, source, fetched, now, known), raw.pace


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """What stays the same while one source is polled."""

    source: Source
    memory: SourceMemory
    tools: PollTools
    now: datetime

    async def ask(self, url: str) -> FetchOutcome:
        """What another address of the source answers; nothing is remembered of it."""
        return await _get(url, memory=SourceMemory(), tools=self.tools, now=self.now)

    async def read(self, fetched: Fetched) -> RawDocument:
        """The document in the bytes, read beside the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self.tools.executor, _parse, self.source, fetched
        )


async def _poll_sitemap(
    visit: _Visit, fetched: Fetched, bounds: SitemapBounds
) -> PollOutcome:
    """What a sitemap holds, or together the sitemaps that an index names."""
    raw = await visit.read(fetched)
    gathered = await gather_sitemaps(
        fetched, raw, bounds=bounds, ask=visit.ask, read=visit.read
    )
    if isinstance(gathered, FetchFailed):
        return gathered
    if gathered.fetched.body_digest == visit.memory.body_digest:
        return gathered.unchanged()
    wanted = choose_wanted(gathered.raw, bounds, now=visit.now)
    document = await asyncio.get_running_loop().run_in_executor(
        visit.tools.executor, _normalise, wanted, visit.source, fetched, visit.now
    )
    return Polled(
        fetched=gathered.fetched, document=gathered.complete(document), asked=UNASKED
    )


def _normalise(
    raw: RawDocument,
    source: Source,
    fetched: Fetched,
    now: datetime,
    known: frozenset[EntryDigest] = frozenset(),
) -> FeedDocument:
    return normalise_document(
        raw, source=source, base_url=fetched.final_url, now=now, known=known
    )


async def _ask(
    source: Source, memory: SourceMemory, tools: PollTools, now: datetime
) -> FetchOutcome:
    match source.location:
        case FeedAddress(url=url) | PageAddress(url=url) | SitemapAddress(url=url):
            return await _get(url, memory=memory, tools=tools, now=now)
        case SnapshotFile(path=path):
            return await asyncio.to_thread(
                read_snapshot,
                path,
                body_digest=memory.body_digest,
                max_body_bytes=tools.bounds.max_body_bytes,
            )
        case _:
            assert_never(source.location)


async def _get(
    url: str, *, memory: SourceMemory, tools: PollTools, now: datetime
) -> FetchOutcome:
    """What the address answers, when its host's turn has come."""
    async with tools.limits.slot(urlsplit(url).hostname or ""):
        return await fetch(tools.client, url, memory, tools.bounds, now=now)


def _parse(source: Source, fetched: Fetched) -> RawDocument:
    body, content_type = fetched.body, fetched.content_type
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


def _not_a_feed(source: Source, fetched: Fetched, error: NotAFeedError) -> FetchFailed:
    place, key = _place_and_key(source, fetched)
    return FetchFailed(
        kind=FailureKind.NOT_A_FEED,
        detail=f"{place} cannot be read: {str(error).rstrip('.')}. Open it, and "
        f"correct the source's {key} if it is not what was meant.",
        status=fetched.status,
        final_url=fetched.final_url,
    )


def _place_and_key(source: Source, fetched: Fetched) -> tuple[str, str]:
    match source.location:
        case FeedAddress() | SitemapAddress():
            return fetched.final_url or source.slug, "url"
        case PageAddress():
            return fetched.final_url or source.slug, "url or its selectors"
        case SnapshotFile(path=path):
            return str(path), "path"
        case _:
            assert_never(source.location)
