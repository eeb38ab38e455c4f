"""Entries -> the same with the text of the pages they link to, politely asked for.

Acts only: which pages may be asked for is `fetch.robots_rules`'s to say, what they hold
`normalise.full_text`'s. Whatever goes wrong, an entry keeps the text it has.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from ingest.entry import Entry, EntryDigest, FeedDocument
from ingest.fetch.asking import AskTools, Errand, ask_permitted
from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import (
    FailureKind,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
)
from ingest.normalise.full_text import NoFullText, extract_full_text, with_full_text


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """An entry that keeps its text, and why; `waits` where its page comes later."""

    reason: str
    waits: bool = False


async def complete_entries(
    document: FeedDocument,
    tools: PageTools,
    *,
    now: datetime,
    bounds: VisitBounds = VisitBounds(),
) -> FeedDocument:
    """The document with the text of each entry's page, as far as that can be had.

    Its `without_page` names every entry that keeps its own, and the reason.
    """
    visit = _Visit(tools, bounds, now)
    entries: list[Entry] = []
    without_page: list[str] = []
    for number, entry in enumerate(document.entries, 1):
        try:
            completed = await visit.complete(entry)
        except HostResting:
            completed = _Kept(reason="is on a host that is left alone", waits=True)
        if isinstance(completed, _Kept):
            without_page.append(f"{entry.link or f'entry {number}'} {completed.reason}")
            completed = _seen_again(entry) if completed.waits else entry
        entries.append(completed)
    return replace(document, entries=tuple(entries), without_page=tuple(without_page))


def _seen_again(entry: Entry) -> Entry:
    """The entry, so remembered that the next document's counts as changed."""
    return replace(entry, digest=EntryDigest(f"-{entry.digest[1:]}"))


def read_full_text(entry: Entry, page: Fetched) -> Entry | NoFullText:
    """The entry with the text of its page, or why it keeps its own."""
    found = extract_full_text(
        page.body, content_type=page.content_type, url=page.final_url or ""
    )
    return found if isinstance(found, NoFullText) else with_full_text(entry, found)


class _Visit:
    """The pages of one document, one after the other."""

    def __init__(self, tools: PageTools, bounds: VisitBounds, now: datetime) -> None:
        self._tools = tools
        self._bounds = bounds
        self._now = now
        self._clock = asyncio.get_running_loop().time
        self._until = self._clock() + bounds.longest.total_seconds()
        self._asked = 0

    async def complete(self, entry: Entry) -> Entry | _Kept:
        """The entry with its page's text, or why it keeps its own."""
        if entry.link is None:
            return _Kept(reason="has no link")
        if self._asked >= self._bounds.most_pages or self._clock() >= self._until:
            return _Kept(reason="is asked for at a later poll", waits=True)
        errand = Errand(url=entry.link, most_bytes=self._bounds.most_bytes)
        page = await ask_permitted(errand, self._tools, now=self._now)
        self._asked += not _is_forbidden(page)
        return await self._read(entry, page)

    async def _read(self, entry: Entry, page: FetchOutcome) -> Entry | _Kept:
        if not isinstance(page, Fetched):
            return _Kept(reason=_why_not(page))
        read = partial(read_full_text, entry, page)
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._tools.executor, read)
        except Exception as error:  # noqa: BLE001 - a page takes no feed along
            return _Kept(reason=f"cannot be read ({type(error).__name__}: {error})")
        return _Kept(reason=found.value) if isinstance(found, NoFullText) else found


def _is_forbidden(page: FetchOutcome) -> bool:
    return isinstance(page, FetchFailed) and page.kind is FailureKind.ROBOTS


def _why_not(page: FetchFailed | NotModified) -> str:
    if _is_forbidden(page):
        return "may not be asked for, by its host's robots.txt"
    kind = page.kind.value if isinstance(page, FetchFailed) else "not modified"
    return f"was not fetched ({kind})"
