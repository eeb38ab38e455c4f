"""One source, examined: polled once as it always is, and asked a second time.

Acts only, and records nothing; what the facts come to is decided by `checks`.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from config.values import RobotsScope
from ingest.candidates import bare
from ingest.doctor.document import describe_document
from ingest.doctor.facts import DocumentFacts, SourceFacts
from ingest.doctor.way import way_from
from ingest.entry import EntryDigest
from ingest.fetch.asking import Errand, ask, ask_permitted
from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import Fetched, FetchFailed, FetchOutcome
from ingest.fetch.redirects import target_of
from ingest.fetch.request import NOTHING_REMEMBERED, SourceMemory
from ingest.fetch.robots import LONGEST_ANSWER
from ingest.fetch.robots_rules import RobotsRules
from ingest.fetch.witness import WitnessingClient
from ingest.poll import Polled, PollTools
from ingest.poll_candidates import poll_addresses
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.source import FeedAddress, SnapshotFile, Source
from ingest.unreadable import too_complex, unread


async def examine_source(source: Source, tools: PollTools) -> SourceFacts:
    """What the source is like now, as a value whatever goes wrong.

    The pages of its entries are not asked for.
    """
    witness = WitnessingClient(tools.client, monotonic=asyncio.get_running_loop().time)
    tools = replace(tools, client=witness)
    examination = _Examination(source=source, tools=tools)
    try:
        facts = await examination.poll()
    except HostResting as resting:
        return SourceFacts(url=examination.url, resting_until=resting.until)
    asked = facts.candidate or facts.url
    facts = replace(facts, hops=way_from(tuple(witness.seen), asked))
    if not facts.hops:
        return facts  # a file, or a host that does not answer: it is asked no more
    with suppress(HostResting):
        facts = replace(facts, again=await examination.ask_again(facts))
        facts = replace(facts, robots=await examination.robots())
    return facts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Examination:
    """What stays the same while one source is examined."""

    source: Source
    tools: PollTools

    @property
    def _configured(self) -> str | None:
        location = self.source.location
        return None if isinstance(location, SnapshotFile) else location.url

    @property
    def url(self) -> str | None:
        """The configured address without credentials; None for a file."""
        return self._configured and target_of(self._configured).url

    async def poll(self) -> SourceFacts:
        """What a poll by the real machinery brings, as if nothing were known."""
        source = replace(self.source, full_text=False)
        polled = await poll_addresses(
            source, NOTHING_REMEMBERED, self.tools, _nothing_known
        )
        facts = SourceFacts(
            url=self.url,
            obeys_robots=self.tools.robots.are_obeyed_by(source.location),
            takes_pages=self.source.full_text,
        )
        if not isinstance(polled, Polled):
            return replace(facts, first=polled)
        described = await self._describe(polled)
        if isinstance(described, FetchFailed):
            return replace(facts, first=described)
        return replace(
            facts,
            first=polled.fetched,
            candidate=polled.in_use.url if polled.in_use else None,
            asked=polled.asked,
            document=described,
        )

    async def _describe(self, polled: Polled) -> DocumentFacts | FetchFailed:
        loop, fetched = asyncio.get_running_loop(), polled.fetched
        job = partial(describe_document, self.source, fetched, polled.document)
        try:
            return await loop.run_in_executor(self.tools.executor, job)
        except TooComplexError as error:
            return too_complex(self.source, fetched, error)
        except NoWorkerError as error:
            return unread(self.source, fetched, error)

    async def ask_again(self, facts: SourceFacts) -> FetchOutcome | None:
        """What a second request brings that names the version of the first."""
        url, first = self._written(facts.candidate), facts.first
        if url is None or not isinstance(first, Fetched):
            return None
        memory = SourceMemory(
            validators=first.validators,
            validators_url=first.final_url,
            body_digest=first.body_digest,
            max_age=first.max_age,
        )
        asks = ask_permitted if facts.obeys_robots else ask
        return await asks(Errand(url=url, memory=memory), self.tools)

    def _written(self, candidate: str | None) -> str | None:
        """The address that answered as it is configured, credentials and all."""
        location = self.source.location
        if candidate is None or not isinstance(location, FeedAddress):
            return self._configured
        return next(url for url in location.candidates if bare(url) == candidate)

    async def robots(self) -> RobotsRules | None:
        """The rules of the source's host; None for a file, or if none are looked at."""
        robots, url = self.tools.robots, self.url
        if url is None or robots.scope is RobotsScope.NONE:
            return None
        return await robots.rules_for(url, self._ask_for_rules, now=self.tools.clock())

    async def _ask_for_rules(self, url: str) -> FetchOutcome:
        errand = Errand(url=url, most_bytes=LONGEST_ANSWER)
        return await ask(errand, self.tools)


async def _nothing_known(_slug: str, /) -> frozenset[EntryDigest]:
    """Every entry is read, whatever is stored."""
    return frozenset()
