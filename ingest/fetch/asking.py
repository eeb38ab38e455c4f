"""One address, asked as everything is asked: in its host's turn, by its host's rules.

Acts only: whose turn it is is `turn`'s to say, what may be asked for `robots_rules`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from ingest.fetch import failures
from ingest.fetch.courteous import CourteousClient
from ingest.fetch.exchange import fetch
from ingest.fetch.host_book import HostBook
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import FetchFailed, FetchOutcome
from ingest.fetch.permitted import Asker, Client, PermittedClient
from ingest.fetch.redirects import target_of
from ingest.fetch.request import NOTHING_REMEMBERED, ExchangeBounds, SourceMemory
from ingest.fetch.robots import LONGEST_ANSWER, RobotsFiles
from ingest.fetch.robots_rules import forbidden
from ingest.fetch.turn import turn

_NO_WISH = timedelta(0)


class AskTools(Protocol):
    """What asking works with: tools that polling has."""

    @property
    def client(self) -> Client:
        """What asks."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """What says which time it is (aware UTC)."""

    @property
    def bounds(self) -> ExchangeBounds:
        """What one exchange may cost."""

    @property
    def limits(self) -> HostLimits:
        """The gate before every exchange."""

    @property
    def hosts(self) -> HostBook:
        """Which hosts are to be left alone."""

    @property
    def robots(self) -> RobotsFiles:
        """What hosts allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """An address to ask, what is remembered of it, and the most its answer may have."""

    url: str
    memory: SourceMemory = NOTHING_REMEMBERED
    most_bytes: int | None = None


async def ask(errand: Errand, tools: AskTools) -> FetchOutcome:
    """What the address answers, when its host's turn has come.

    Raises:
        HostResting: the host is to be left alone, or one that it redirects to.
    """
    client = CourteousClient(
        tools.client, tools, errand.memory.adopted_url or errand.url
    )
    return await _ask(errand, tools, client, _NO_WISH)


async def ask_permitted(errand: Errand, tools: AskTools) -> FetchOutcome:
    """The same where robots.txt allows it: that of the host, and of those it names.

    Wherever a redirect leads, that host's rules decide. Requests are as far apart as
    the first host wants.

    Raises:
        HostResting: the host is to be left alone, or one that it redirects to.
    """
    try:
        url = target_of(errand.memory.adopted_url or errand.url).url
    except ValueError:
        return failures.no_address()
    courteous = CourteousClient(tools.client, tools, url)
    permits = _Permits(tools, courteous)
    rules = await tools.robots.rules_for(url, permits.ask_for_rules, now=tools.clock())
    if not rules.allow(url):
        return forbidden(url, rules)
    client = PermittedClient(courteous, permits.refusal)
    return await _ask(errand, tools, client, rules.delay)


class _Permits:
    """What the hosts of one exchange allow."""

    def __init__(self, tools: AskTools, client: Asker) -> None:
        self._tools = tools
        self._client = client

    async def ask_for_rules(self, url: str) -> FetchOutcome:
        """The robots.txt at the address, in its host's turn."""
        errand = Errand(url=url, most_bytes=LONGEST_ANSWER)
        return await ask(errand, self._tools)

    async def refusal(self, url: str) -> FetchFailed | None:
        """Why the address may not be asked for, None where it may."""
        rules = await self._tools.robots.rules_at_once(
            url, self._ask_on_the_way, now=self._tools.clock()
        )
        return None if rules.allow(url) else forbidden(url, rules)

    async def _ask_on_the_way(self, url: str) -> FetchOutcome:
        # Like the redirect itself: two hosts' turns, each waited for in the other's,
        # would wait for ever.
        tools = self._tools
        bounds = _bounds(tools, LONGEST_ANSWER)
        return await fetch(
            self._client, url, NOTHING_REMEMBERED, bounds, now=tools.clock()
        )


async def _ask(
    errand: Errand, tools: AskTools, client: Asker, asked_spacing: timedelta
) -> FetchOutcome:
    bounds = _bounds(tools, errand.most_bytes)
    place = errand.memory.adopted_url or errand.url
    async with turn(place, tools, asked_spacing=asked_spacing) as note:
        # The time of now: the turn may have been waited for for hours.
        now = tools.clock()
        return note(await fetch(client, errand.url, errand.memory, bounds, now=now))


def _bounds(tools: AskTools, most_bytes: int | None) -> ExchangeBounds:
    least = min(most_bytes or tools.bounds.max_body_bytes, tools.bounds.max_body_bytes)
    return replace(tools.bounds, max_body_bytes=least)
