"""The robots.txt of every host we ask for pages: asked for once a day, and obeyed.

Acts only; what the rules mean, and how long they hold, is `robots_rules`'s to say.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from config.values import RobotsScope
from ingest.fetch.outcome import FetchOutcome
from ingest.fetch.robots_rules import (
    EVERYTHING,
    KnownRules,
    RobotsRules,
    robots_url,
    rules_after,
)
from ingest.source import FeedAddress, Location

MOST_HOSTS = 2_000
"""Hosts whose rules are kept; beyond them, those asked first are forgotten."""

LONGEST_ANSWER = 2 * 1024 * 1024
"""Bytes of an answer; only the beginning of so long a robots.txt is read."""

Ask = Callable[[str], Awaitable[FetchOutcome]]
"""Asks the network for an address, politely."""


@dataclass(slots=True)
class _Host:
    """What is known of one host; None before it was asked."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    known: KnownRules | None = None


class RobotsFiles:
    """The rules of the hosts we ask for pages, kept for a day.

    `scope` says what of ours they are obeyed for. Feeds are published to be polled and
    need no permission by default; pages, and the pages that feeds link to, do.
    """

    def __init__(self, scope: RobotsScope = RobotsScope.PAGES) -> None:
        self.scope = scope
        self._hosts: dict[str, _Host] = {}

    def are_obeyed_by(self, location: Location) -> bool:
        """Whether a source that is polled there asks for what it polls by the rules."""
        is_feed = isinstance(location, FeedAddress)
        return self.scope is RobotsScope.ALL or not is_feed

    async def rules_for(self, url: str, ask: Ask, *, now: datetime) -> RobotsRules:
        """The rules that hold for the address now, asked for where we have none."""
        async with self._host(url).turn:  # who comes second finds what the first got
            return await self.rules_at_once(url, ask, now=now)

    async def rules_at_once(self, url: str, ask: Ask, *, now: datetime) -> RobotsRules:
        """The same for who waits for nobody, as he holds the turn of another host."""
        if self.scope is RobotsScope.NONE:
            return EVERYTHING
        host = self._host(url)
        if host.known is None or host.known.until <= now:
            answer = await ask(robots_url(url))
            host.known = rules_after(host.known, answer, now=now)
        return host.known.rules

    def _host(self, url: str) -> _Host:
        host = self._hosts.setdefault(robots_url(url), _Host())
        while len(self._hosts) > MOST_HOSTS:
            del self._hosts[next(iter(self._hosts))]
        return host
