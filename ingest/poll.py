"""One source, once: fetch or read it, parse it, normalise it.

Walks the way through ingest and decides nothing: documents are read by `read`, in a
process of their own where the executor has such; recording the outcome is `store`'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar, assert_never

from ingest.entry import UNASKED, AskedPace, EntryDigest, FeedDocument
from ingest.fetch.asking import Errand, ask, ask_permitted
from ingest.fetch.host_book import HostBook
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import (
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
)
from ingest.fetch.permitted import Client
from ingest.fetch.request import NOTHING_REMEMBERED, ExchangeBounds, SourceMemory
from ingest.fetch.robots import RobotsFiles
from ingest.fetch.snapshot_file import read_snapshot
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.formats.sitemap_choice import choose_wanted
from ingest.full_text_pages import complete_entries
from ingest.large_documents import FREE, Admission
from ingest.normalise.language_guess import guess_languages, lacks_language
from ingest.read import normalise_raw, read_document, read_raw
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.reading_rules import ReadingRules, reading_rules
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
from ingest.unreadable import not_a_feed, too_complex, unread


class KnownEntries(Protocol):
    """Knows what the entries of a source's last document read like."""

    async def __call__(self, slug: str, /) -> frozenset[EntryDigest]:
        """The entries that need not be cleaned again, by the source's slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollTools:
    """What polling works with: one of each for the whole process.

    Documents are read in `executor`, so that a large or hostile one holds up nothing
    else. Large ones wait for each other where an `admission` other than the free one
    is given. `clock` gives the present, aware UTC.
    """

    client: Client
    bounds: ExchangeBounds
    limits: HostLimits
    hosts: HostBook
    executor: Executor
    clock: Callable[[], datetime]
    admission: Admission = FREE
    robots: RobotsFiles = field(default_factory=RobotsFiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A poll that brought a document; `asked` is when the feed asks to be polled.

    `read_by` are the rules by which the document was read.
    `in_use` is the candidate that it came from, None for the source's own address.
    """

    fetched: Fetched
    document: FeedDocument
    asked: AskedPace
    read_by: ReadingRules
    in_use: AddressInUse | None = None


_Result = TypeVar("_Result")

PollOutcome: TypeAlias = Polled | NotModified | FetchFailed


async def poll_source(
    source: Source,
    memory: SourceMemory,
    tools: PollTools,
    known_entries: KnownEntries,
) -> PollOutcome:
    """What the source returns now, as a value whatever goes wrong.

    Waits for the host's turn first; that wait is no part of the exchange's deadline,
    and what was published meanwhile is not of the future.
    A document that is unchanged since `memory` is not parsed, and an entry that is
    known is not cleaned.

    Raises:
        HostResting: the source's host is to be left alone, or one it redirects to.
    """
    outcome = await _ask(source, memory, tools)
    if not isinstance(outcome, Fetched):
        return outcome
    known = await known_entries(source.slug)
    visit = _Visit(
        source=source, memory=memory, known=known, tools=tools, now=tools.clock()
    )
    return await _complete(visit, outcome)


async def read_delivered(
    source: Source,
    fetched: Fetched,
    tools: PollTools,
    known_entries: KnownEntries,
    *,
    now: datetime,
) -> PollOutcome:
    """What the source's hub brought, read as if it had been fetched."""
    visit = _Visit(
        source=source,
        memory=NOTHING_REMEMBERED,
        known=await known_entries(source.slug),
        tools=tools,
        now=now,
    )
    return await _complete(visit, fetched)


async def _complete(visit: _Visit, fetched: Fetched) -> PollOutcome:
    outcome, source = await _take(visit, fetched), visit.source
    if isinstance(outcome, Polled) and lacks_language(outcome.document):
        # Not in the executor: what guesses takes more memory than a reader may.
        document = await asyncio.to_thread(
            guess_languages, outcome.document, source.languages
        )
        return replace(outcome, document=document)
    return outcome


async def _take(visit: _Visit, fetched: Fetched) -> PollOutcome:
    source, tools = visit.source, visit.tools
    try:
        polled = await _read(visit, fetched)
    except NotAFeedError as error:
        return not_a_feed(source, fetched, error)
    except TooComplexError as error:
        return too_complex(source, fetched, error)
    except NoWorkerError as error:
        return unread(source, fetched, error)
    if isinstance(polled, Polled) and source.full_text:
        tools.admission.leave()  # many pages may be asked for: others are not to wait
        document = await complete_entries(
            polled.document, tools, visit.known, now=visit.now
        )
        return replace(polled, document=document)
    return polled


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """What stays the same once a source has answered; `now` is when it did."""

    source: Source
    memory: SourceMemory
    known: frozenset[EntryDigest]
    tools: PollTools
    now: datetime

    def polled(
        self, fetched: Fetched, document: FeedDocument, asked: AskedPace
    ) -> Polled:
        """The document, and by what it was read."""
        rules = reading_rules(self.source)
        return Polled(fetched=fetched, document=document, asked=asked, read_by=rules)

    async def ask(self, url: str) -> FetchOutcome:
        """What another address of the source answers; nothing is remembered of it."""
        return await _get(url, self.source, self.tools, NOTHING_REMEMBERED)

    async def read(self, fetched: Fetched) -> RawDocument:
        """The document in the bytes, read beside the event loop."""
        await self.tools.admission.admit(fetched.content.size)
        try:
            return await self.beside(read_raw, self.source, fetched)
        finally:
            self.tools.admission.leave()

    async def beside(self, job: Callable[..., _Result], *arguments: object) -> _Result:
        """What the job comes to, done where documents are read."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.tools.executor, job, *arguments)


async def _read(visit: _Visit, fetched: Fetched) -> PollOutcome:
    location = visit.source.location
    if isinstance(location, SitemapAddress):
        return await _read_sitemap(visit, fetched, location.bounds)
    await visit.tools.admission.admit(fetched.content.size)
    document, asked = await visit.beside(
        read_document, visit.source, fetched, visit.now, visit.known
    )
    return visit.polled(fetched, document, asked)


async def _read_sitemap(
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
    document = await visit.beside(
        normalise_raw, wanted, visit.source, fetched, visit.now, visit.known
    )
    return visit.polled(gathered.fetched, gathered.complete(document), UNASKED)


async def _ask(source: Source, memory: SourceMemory, tools: PollTools) -> FetchOutcome:
    match source.location:
        case FeedAddress(url=url) | PageAddress(url=url) | SitemapAddress(url=url):
            return await _get(url, source, tools, memory)
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
    url: str, source: Source, tools: PollTools, memory: SourceMemory
) -> FetchOutcome:
    errand = Errand(url=url, memory=memory)
    asks = ask_permitted if tools.robots.are_obeyed_by(source.location) else ask
    return await asks(errand, tools)
