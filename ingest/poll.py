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

from ingest.entry import AskedPace, EntryDigest, FeedDocument
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
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.formats.snapshot import parse_snapshot
from ingest.found_feed import read_feed
from ingest.normalise.document import normalise_document
from ingest.source import AddressInUse, FeedAddress, SnapshotFile, Source


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
    known = await known_entries(source.slug)
    loop = asyncio.get_running_loop()
    try:
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
    document = normalise_document(
        raw, source=source, base_url=fetched.final_url, now=now, known=known
    )
    return document, raw.pace


async def _ask(
    source: Source, memory: SourceMemory, tools: PollTools, now: datetime
) -> FetchOutcome:
    match source.location:
        case FeedAddress(url=url):
            async with tools.limits.slot(urlsplit(url).hostname or ""):
                return await fetch(tools.client, url, memory, tools.bounds, now=now)
        case SnapshotFile(path=path):
            return await asyncio.to_thread(
                read_snapshot,
                path,
                body_digest=memory.body_digest,
                max_body_bytes=tools.bounds.max_body_bytes,
            )
        case _:
            assert_never(source.location)


def _parse(source: Source, fetched: Fetched) -> RawDocument:
    match source.location:
        case FeedAddress():
            return read_feed(fetched)
        case SnapshotFile():
            return parse_snapshot(fetched.body)
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
        case FeedAddress():
            return fetched.final_url or source.slug, "url"
        case SnapshotFile(path=path):
            return str(path), "path"
        case _:
            assert_never(source.location)
