"""An exchange in its host's turn: never sooner, more often, or while the host rests.

Everything a source makes us ask goes this way; waits only, and decides nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Protocol, TypeAlias
from urllib.parse import urlsplit

from ingest.fetch.host_book import HostBook
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import FetchFailed, FetchOutcome

Note: TypeAlias = Callable[[FetchOutcome], FetchOutcome]
"""Remembers what the host asks for with its answer, which is handed on."""


class TurnTools(Protocol):
    """What knows whose turn it is."""

    @property
    def limits(self) -> HostLimits:
        """How many ask at a time."""

    @property
    def hosts(self) -> HostBook:
        """Who may be asked at all."""


@asynccontextmanager
async def turn(
    url: str, tools: TurnTools, *, asked_spacing: timedelta = timedelta(0)
) -> AsyncIterator[Note]:
    """The turn of the address's host, for one exchange whose outcome is to be noted.

    `asked_spacing` is the wait between two starts that the host asks for.

    Raises:
        HostResting: the host is to be left alone; nothing may be asked.
    """
    tools.hosts.check(url)  # who may not ask takes no turn from the others
    host = urlsplit(url).hostname or ""
    async with tools.limits.slot(host, asked_spacing=asked_spacing):
        tools.hosts.claim(url)
        yield partial(_note, url, tools.hosts)


def _note(url: str, hosts: HostBook, outcome: FetchOutcome) -> FetchOutcome:
    if isinstance(outcome, FetchFailed):
        hosts.note_retry_after(outcome.final_url or url, outcome.retry_after)
    return outcome
