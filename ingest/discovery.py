"""Ask a site for its feeds: the page first, then what it links to, then by custom.

Acts only: which addresses may be feeds is decided by `discover` and `well_known`,
what came of them by `found_feed`, and how else the site can be read by
`without_feed`. Asks as politely as polls do, in the turn of each host, and stops at
the first stage that finds a feed with entries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from ingest.discover import FeedLink, How, find_feed_links
from ingest.fetch.courteous import CourteousClient
from ingest.fetch.exchange import fetch
from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed, FetchOutcome
from ingest.fetch.request import SourceMemory
from ingest.fetch.turn import turn
from ingest.formats.page_selectors import ProposedSelectors
from ingest.found_feed import FoundFeed, read_found_feed, sort_found
from ingest.poll import PollTools
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.well_known import (
    robots_address,
    site_feeds,
    sitemap_addresses,
    well_known_feeds,
)
from ingest.without_feed import FoundSitemap, propose_for, read_found_sitemap

MOST_ASKED = 30
"""Requests that the search for feeds may cost, redirects aside."""

_NOTHING_REMEMBERED = SourceMemory()
# After these the host will not answer the next address any better.
_HOST_FAILURES = frozenset(
    {
        FailureKind.DNS,
        FailureKind.NOT_ALLOWED,
        FailureKind.CONNECT,
        FailureKind.TLS,
        FailureKind.TIMEOUT,
        FailureKind.RATE_LIMITED,
    }
)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What a site was found to have; the best feed first.

    `page_url` is where the address led, None where it gave no answer. `failure` is
    why the page itself could not be read. `asked` counts requests. Where no feed has
    entries, `selectors` are what the page may be read by, and `sitemaps` the site's.
    """

    page_url: str | None
    feeds: tuple[FoundFeed, ...]
    failure: FetchFailed | None
    asked: int
    selectors: tuple[ProposedSelectors, ...] = ()
    sitemaps: tuple[FoundSitemap, ...] = ()


async def discover_feeds(
    url: str,
    tools: PollTools,
    *,
    now: datetime,
    tell: Callable[[str], None],
) -> Discovery:
    """The feeds of the site, or of the page, at this address.

    `tell` hears each address before it is asked.
    """
    search = _Search(tools=tools, now=now, tell=tell)
    answer = await search.ask(url)
    failure = answer if isinstance(answer, FetchFailed) else None
    if failure is not None and failure.kind in _HOST_FAILURES:
        return Discovery(page_url=None, feeds=(), failure=failure, asked=search.asked)
    page = answer if isinstance(answer, Fetched) else None
    feeds = sort_found(await search.look_around(url, page))
    has_entries = any(feed.entries for feed in feeds)
    return Discovery(
        page_url=answer.final_url,
        feeds=feeds,
        failure=failure,
        selectors=() if has_entries else await search.propose(page),
        sitemaps=() if has_entries else await search.find_sitemaps(url, page),
        asked=search.asked,
    )


@dataclass(slots=True, kw_only=True)
class _Search:
    """One search: what it works with, and what it has asked so far.

    `is_over` once the host is in trouble: then it is left in peace.
    """

    tools: PollTools
    now: datetime
    tell: Callable[[str], None]
    asked: int = 0
    is_over: bool = False
    seen: set[str] = field(default_factory=set)

    async def look_around(self, url: str, page: Fetched | None) -> list[FoundFeed]:
        """What is found at the page, else behind its links, else by custom."""
        page_url = (page and page.final_url) or url
        if page is not None:
            own = await self._read(FeedLink(url=url, how=How.DOCUMENT), page)
            if own is not None:
                return [own]
        links = await self._links_of(page) if page is not None else ()
        stages = (
            [link for link in links if link.how is How.LINK],
            [link for link in links if link.how is How.ANCHOR],
            site_feeds(page_url),
        )
        found: list[FoundFeed] = []
        for stage in stages:
            found += await self._ask_together(stage)
            if any(feed.entries for feed in found):
                return found
        return found + await self._ask_in_turn(well_known_feeds(page_url))

    async def propose(self, page: Fetched | None) -> tuple[ProposedSelectors, ...]:
        """By which selectors the page may be read."""
        if page is None:
            return ()
        return await self._beside(partial(propose_for, page), otherwise=())

    async def find_sitemaps(
        self, url: str, page: Fetched | None
    ) -> tuple[FoundSitemap, ...]:
        """The address itself if it is a sitemap, else those that the site names."""
        own = await self._sitemap(url, page)
        if own is not None or self.is_over:
            return () if own is None else (own,)
        page_url = (page and page.final_url) or url
        robots = await self.ask(robots_address(page_url))
        body = robots.content.read() if isinstance(robots, Fetched) else None
        found = [
            await self._sitemap(place, await self.ask(place))
            for place in sitemap_addresses(body, page_url)
        ]
        return tuple(sitemap for sitemap in found if sitemap is not None)

    async def _sitemap(
        self, url: str, answer: FetchOutcome | None
    ) -> FoundSitemap | None:
        if not isinstance(answer, Fetched):
            return None
        return await self._beside(
            partial(read_found_sitemap, url, answer), otherwise=None
        )

    async def ask(self, url: str) -> FetchOutcome:
        """What the address answers, in the host's turn."""
        tools = self.tools
        self.seen.add(url)
        try:
            async with turn(url, tools) as note:
                self.tell(url)
                self.asked += 1
                answer = await fetch(
                    CourteousClient(tools.client, tools, url),
                    url,
                    _NOTHING_REMEMBERED,
                    tools.bounds,
                    now=tools.clock(),
                )
                return note(answer)
        except HostResting as resting:
            return _not_asked(url, resting, now=self.now)

    async def _ask_together(self, links: Sequence[FeedLink]) -> list[FoundFeed]:
        """The feeds behind links that name them: all of them are wanted."""
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._feed_at(link), name=f"discover {link.url}")
                for link in self._unasked(links)
            ]
        feeds = (task.result() for task in tasks)
        return [feed for feed in feeds if isinstance(feed, FoundFeed)]

    async def _ask_in_turn(self, links: Sequence[FeedLink]) -> list[FoundFeed]:
        """The first feed at guessed addresses; a host in trouble is left in peace."""
        for link in self._unasked(links):
            feed = await self._feed_at(link)
            if isinstance(feed, FoundFeed):
                return [feed]
            if feed in _HOST_FAILURES:
                self.is_over = True
                break
        return []

    def _unasked(self, links: Sequence[FeedLink]) -> list[FeedLink]:
        fresh = [link for link in links if link.url not in self.seen]
        return fresh[: MOST_ASKED - self.asked]

    async def _feed_at(self, link: FeedLink) -> FoundFeed | FailureKind | None:
        """The feed behind the link, or how asking failed; None for anything else."""
        answer = await self.ask(link.url)
        if not isinstance(answer, Fetched):
            return answer.kind if isinstance(answer, FetchFailed) else None
        return await self._read(link, answer)

    async def _read(self, link: FeedLink, fetched: Fetched) -> FoundFeed | None:
        return await self._beside(
            partial(read_found_feed, link, fetched, now=self.now), otherwise=None
        )

    async def _links_of(self, page: Fetched) -> tuple[FeedLink, ...]:
        return await self._beside(
            partial(
                find_feed_links,
                page.content.read(),
                content_type=page.content_type,
                base_url=page.final_url,
            ),
            otherwise=(),
        )

    async def _beside(
        self, work: Callable[[], _Result], *, otherwise: _Result
    ) -> _Result:
        """The result of work on a document; another where it cannot be read."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self.tools.executor, work)
        except (TooComplexError, NoWorkerError):
            return otherwise


def _not_asked(url: str, resting: HostResting, *, now: datetime) -> FetchFailed:
    """The answer of an address whose host is to be left alone."""
    return FetchFailed(
        kind=FailureKind.RATE_LIMITED,
        detail=f"{url} was not asked: {resting}. Try again then.",
        final_url=url,
        retry_after=resting.until - now,
    )
