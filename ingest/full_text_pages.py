"""Entries -> the same with the text of the pages they link to, politely asked for.

Acts only: which pages may be asked for is `fetch.robots_rules`'s to say, what they hold
`normalise.full_text`'s. Whatever goes wrong, an entry keeps the text it has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from typing import Protocol

from ingest.entry import CanonicalUrl, Entry, EntryDigest, FeedDocument
from ingest.fetch.asking import AskTools, Errand, ask_permitted
from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import (
    FailureKind,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
)
from ingest.normalise.entry_digest import MOST_FAILURES, failures_of, owed
from ingest.normalise.full_text import (
    FullText,
    NoFullText,
    extract_full_text,
    with_full_text,
    with_page_url,
)


class PageTools(AskTools, Protocol):
    """What asking for pages works with: tools that polling has."""

    @property
    def executor(self) -> Executor:
        """Where pages are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitBounds:
    """What one document's pages may cost.

    A feed may come with ten thousand entries at once: the rest waits for later polls.
    """

    most_pages: int = 20
    longest: timedelta = timedelta(minutes=2)
    most_bytes: int = 5 * 1024 * 1024


class _Again(Enum):
    """When the page of an entry that keeps its text is asked for again."""

    NEVER = "never"  # it would say the same
    LATER = "later"  # it has not been asked for
    AFTER_FAILURE = "after a failure"  # a few times


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """Why an entry keeps its text, and whether its page is asked for again.

    `page_url` is the address that the page declares all the same.
    """

    reason: str
    again: _Again = _Again.NEVER
    page_url: CanonicalUrl | None = None

    def failures(self, entry: Entry, known: Container[EntryDigest]) -> int:
        """How often the entry's page could not be had by now."""
        is_another = self.again is _Again.AFTER_FAILURE
        return failures_of(entry.digest, known) + is_another

    def is_owed(self, entry: Entry, known: Container[EntryDigest]) -> bool:
        """Whether the page is asked for again."""
        is_patient = self.failures(entry, known) < MOST_FAILURES
        return self.again is not _Again.NEVER and is_patient


async def complete_entries(
    document: FeedDocument,
    tools: PageTools,
    known: Container[EntryDigest] = frozenset(),
    *,
    now: datetime,
    bounds: VisitBounds = VisitBounds(),
) -> FeedDocument:
    """The document with the text of each entry's page, as far as that can be had.

    Its `without_page` names every entry that keeps its own, and the reason. Where the
    page may come yet, the document is to be read again; `known` are the entries of the
    document before, which say how often it failed.
    """
    visit = _Visit(tools, bounds)
    completed = [await visit.complete(entry) for entry in document.entries]
    entries = [
        _with_own_text(entry, found, known) if isinstance(found, _Kept) else found
        for entry, found in zip(document.entries, completed, strict=True)
    ]
    is_owed = any(
        isinstance(found, _Kept) and found.is_owed(entry, known)
        for entry, found in zip(document.entries, completed, strict=True)
    )
    return replace(
        document,
        entries=tuple(entries),
        without_page=tuple(_reasons(document.entries, completed)),
        read_again_at=now if is_owed else document.read_again_at,
    )


def _reasons(
    entries: Iterable[Entry], completed: Iterable[Entry | _Kept]
) -> Iterator[str]:
    for number, (entry, found) in enumerate(zip(entries, completed, strict=True), 1):
        if isinstance(found, _Kept):
            yield f"{entry.link or f'entry {number}'} {found.reason}"


def _with_own_text(entry: Entry, kept: _Kept, known: Container[EntryDigest]) -> Entry:
    """The entry, so remembered that its page is asked for again where it is owed."""
    digest = entry.digest
    if kept.is_owed(entry, known):
        digest = owed(digest, failures=kept.failures(entry, known))
    return replace(entry, digest=digest, is_without_page=True, page_url=kept.page_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """An entry after its page was read; `lack` is why it keeps its own text."""

    entry: Entry
    lack: NoFullText | None


def read_full_text(entry: Entry, page: Fetched) -> PageRead:
    """The entry with the text of its page, and the address that the page declares."""
    url = page.final_url or ""
    body, content_type = page.content.read(), page.content_type
    entry = with_page_url(entry, body, content_type=content_type, url=url)
    found = extract_full_text(body, content_type=content_type, url=url)
    if isinstance(found, FullText):
        completed = with_full_text(entry, found)
        if isinstance(completed, Entry):
            return PageRead(entry=completed, lack=None)
        found = completed
    return PageRead(entry=entry, lack=found)


class _Visit:
    """The pages of one document, one after the other."""

    def __init__(self, tools: PageTools, bounds: VisitBounds) -> None:
        self._tools = tools
        self._bounds = bounds
        self._clock = asyncio.get_running_loop().time
        self._until = self._clock() + bounds.longest.total_seconds()
        self._asked = 0

    async def complete(self, entry: Entry) -> Entry | _Kept:
        """The entry with its page's text, or why it keeps its own."""
        try:
            return await self._complete(entry)
        except HostResting:
            reason = "is on a host that is left alone"
            return _Kept(reason=reason, again=_Again.LATER)

    async def _complete(self, entry: Entry) -> Entry | _Kept:
        if entry.link is None:
            return _Kept(reason="has no link")
        if self._asked >= self._bounds.most_pages or self._clock() >= self._until:
            return _Kept(reason="is asked for at a later poll", again=_Again.LATER)
        errand = Errand(url=entry.link, most_bytes=self._bounds.most_bytes)
        page = await ask_permitted(errand, self._tools)
        self._asked += not _is_forbidden(page)
        return await self._read(entry, page)

    async def _read(self, entry: Entry, page: FetchOutcome) -> Entry | _Kept:
        if not isinstance(page, Fetched):
            return _kept_without(page)
        read = partial(read_full_text, entry, page)
        loop = asyncio.get_running_loop()
        try:
            result = await loop.run_in_executor(self._tools.executor, read)
        except Exception as error:  # noqa: BLE001 - a page takes no feed along
            return _Kept(reason=f"cannot be read ({type(error).__name__}: {error})")
        if result.lack is None:
            return result.entry
        return _Kept(reason=result.lack.value, page_url=result.entry.page_url)


def _is_forbidden(page: FetchOutcome) -> bool:
    return isinstance(page, FetchFailed) and page.kind is FailureKind.ROBOTS


def _kept_without(page: FetchFailed | NotModified) -> _Kept:
    if _is_forbidden(page):
        return _Kept(reason="may not be asked for, by its host's robots.txt")
    kind = page.kind.value if isinstance(page, FetchFailed) else "not modified"
    return _Kept(reason=f"was not fetched ({kind})", again=_Again.AFTER_FAILURE)
