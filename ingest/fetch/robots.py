"""The robots.txt of every host we ask for pages: asked for once a day, and obeyed.

Acts only; what the rules mean is `robots_rules`. Feeds are published to be polled and
need no permission; the pages they link to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from ingest.fetch.outcome import FetchOutcome
from ingest.fetch.robots_rules import RobotsRules, robots_url, rules_of

MOST_HOSTS = 2_000
"""Hosts whose rules are kept; beyond them, those asked first are forgotten."""

LONGEST_ANSWER = 2 * 1024 * 1024
"""Bytes of an answer; only the beginning of so long a robots.txt is read."""

Ask = Callable[[str], Awaitable[FetchOutcome]]
"""Asks the network for an address, politely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """Rules, and until when they hold."""

    rules: RobotsRules
    until: datetime


@dataclass(slots=True)
class _Host:
    """What one host said when it was last asked; None before."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    kept: _Kept | None = None


class RobotsFiles:
    """The rules of the hosts we ask for pages, kept for a day."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    async def rules_for(self, url: str, ask: Ask, *, now: datetime) -> RobotsRules:
        """The rules that hold for the address now, asked for where we have none."""
        address = robots_url(url)
        host = self._hosts.setdefault(address, _Host())
        while len(self._hosts) > MOST_HOSTS:
            del self._hosts[next(iter(self._hosts))]
        async with host.turn:  # who comes second finds what the first one asked for
            if host.kept is None or host.kept.until <= now:
                rules = rules_of(await ask(address))
                host.kept = _Kept(rules=rules, until=now + rules.kept_for)
            return host.kept.rules
