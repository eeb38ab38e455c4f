"""Messages to the operator's webhook: queued, tried again, never in anyone's way.

`notice` says what is told. Messages that wait are kept in memory only; the health feed
has what a webhook missed of sources.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from publish.websub.courier import Reply
from rekkas.poller import PollReport
from rekkas.seeing.notice import (
    Notice,
    tell_configuration,
    tell_health,
    tell_store,
    write_notice,
)

MOST_WAITING = 100
"""Messages kept while a webhook is slow; later ones are dropped, and counted."""

WAITS = (1.0, 10.0, 60.0)
"""Seconds before each further try."""

_log = structlog.get_logger(__name__)


class Courier(Protocol):
    """Carries a message within ten seconds, or not."""

    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> Reply | None:
        """What the address answers; None where it does not."""

    async def close(self) -> None:
        """Close every connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Where messages go, how, and who they say that they come from."""

    url: str
    courier: Courier
    service: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Notices:
    """Tells the webhook of changes of state, as long as there is one.

    `tally` counts what becomes of each message: delivered, failed or dropped.
    """

    def __init__(
        self,
        tally: Callable[[str], None],
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._tally = tally
        self._clock = clock
        self._sleep = sleep
        self._receiver: Receiver | None = None
        self._waiting: asyncio.Queue[Notice] = asyncio.Queue(MOST_WAITING)
        self._in_hand: Notice | None = None  # until it is delivered, or given up
        self._sending: asyncio.Task[None] | None = None
        self._is_store_well = True
        self._is_configuration_whole = True

    def polled(self, report: PollReport) -> None:
        """What a poll brought is kept; the health feed may have news of the source."""
        if not self._is_store_well:
            self._is_store_well = True
            self._tell(tell_store(None, now=self._clock()))
        if report.record.told is not None:
            self._tell(tell_health(report.record.told))

    def postponed(self) -> None:
        """A host that is left alone is no trouble."""

    def lost(self, problem: str) -> None:
        """The store is in trouble; told once until it is well."""
        if self._is_store_well:
            self._is_store_well = False
            self._tell(tell_store(problem, now=self._clock()))

    def configuration_read(self, problems: Sequence[str]) -> None:
        """A configuration was read; each broken one is told, and the next whole one."""
        if problems or not self._is_configuration_whole:
            self._tell(tell_configuration(problems, now=self._clock()))
        self._is_configuration_whole = not problems

    @property
    def is_busy(self) -> bool:
        """Whether any message is neither delivered nor given up."""
        return self._in_hand is not None or not self._waiting.empty()

    async def replace(self, receiver: Receiver | None) -> None:
        """Tell this receiver from now on, what waits included; None: nobody."""
        await self.end()
        self._receiver = receiver
        if receiver is not None:
            self._sending = asyncio.create_task(self._send_all(receiver), name="notify")

    async def end(self) -> None:
        """Send nothing more."""
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.wait([self._sending])
        if self._receiver is not None:
            await self._receiver.courier.close()
        self._sending = self._receiver = None

    def _tell(self, notice: Notice) -> None:
        if self._receiver is None:
            return
        try:
            self._waiting.put_nowait(notice)
        except asyncio.QueueFull:
            self._tally("dropped")

    async def _send_all(self, receiver: Receiver) -> None:
        while True:
            notice = self._in_hand = self._in_hand or await self._waiting.get()
            is_delivered = await self._deliver(notice, receiver)
            self._in_hand = None
            self._tally("delivered" if is_delivered else "failed")
            if not is_delivered:
                # The path of a webhook is often its secret.
                host = urlsplit(receiver.url).hostname
                _log.warning("notice_failed", receiver=host, about=notice["event"])

    async def _deliver(self, notice: Notice, receiver: Receiver) -> bool:
        body = write_notice(notice, service=receiver.service)
        headers = {"Content-Type": "application/json", **receiver.headers}
        for wait in (0.0, *WAITS):
            if wait:
                await self._sleep(wait)
            reply = await receiver.courier.post(receiver.url, headers, body)
            if reply is not None and 200 <= reply.status < 300:
                return True
        return False
