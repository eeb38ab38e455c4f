"""Tells everybody who follows a feed that it has changed, hubs and subscribers alike.

Carries messages; what has changed is seen by `lookout`. Whose turn it is, what is
written and what follows from an answer are decided in `turns`, `message`, `settling`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from publish.websub.courier import Courier
from publish.websub.lookout import Lookout
from publish.websub.message import write_message
from publish.websub.settling import is_over, settle
from publish.websub.turns import choose_next
from store.errors import StoreError
from store.follower import Follower, FollowerKind, Told

_BEAT_SECONDS = 1.0
_CLEAN_EVERY = timedelta(minutes=1)

_log = structlog.get_logger(__name__)


class FollowerBook(Protocol):
    """Who is to be told; raises StoreError when it cannot answer."""

    def due(self, now: datetime) -> Sequence[Follower]:
        """Who is to be told by now, the longest due first."""

    def settle(self, told: Collection[Told], gone: Collection[Follower]) -> None:
        """Keep how it went with followers, and forget those that are gone."""

    def remove_expired(self, now: datetime) -> int:
        """Forget the subscribers whose lease is over; how many they were."""


class Herald:
    """Carries messages side by side, so that who is slow delays nobody else.

    What is due is kept by the followers' book: after a kill it is told again, and
    nothing is forgotten.
    """

    def __init__(
        self,
        lookout: Lookout,
        followers: FollowerBook,
        courier: Courier,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._lookout = lookout
        self._followers = followers
        self._courier = courier
        self._clock = clock
        self._under_way: dict[asyncio.Task[None], Follower] = {}
        self._settled: dict[Follower, Told | None] = {}  # None: it is gone
        self._news = asyncio.Event()
        self._clean_at: datetime | None = None

    async def run(self) -> None:
        """Tell whoever is to be told, until cancelled."""
        try:
            while True:
                await self._beat()
                await self._rest()
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _beat(self) -> None:
        try:
            await self._begin_due()
        except StoreError as error:  # told by whoever writes; tried again soon
            _log.debug("herald_waits", problem=str(error))
        except Exception:  # noqa: BLE001 - the outermost loop
            _log.error("herald_crashed", exc_info=True)

    async def _begin_due(self) -> None:
        now = self._clock()
        await self._keep_settled()
        await self._lookout.look(now)
        await self._clean(now)
        running = [*self._under_way.values(), *self._settled]
        due = await asyncio.to_thread(self._followers.due, now)
        for follower in choose_next(due, running):
            task = asyncio.create_task(self._carry(follower), name="tell follower")
            self._under_way[task] = follower
            task.add_done_callback(self._end)

    async def _rest(self) -> None:
        """Until a message has been carried, or for a moment."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_BEAT_SECONDS):
                await self._news.wait()
        self._news.clear()

    async def _keep_settled(self) -> None:
        settled = dict(self._settled)
        if not settled:
            return
        told = [one for one in settled.values() if one is not None]
        gone = [follower for follower, one in settled.items() if one is None]
        await asyncio.to_thread(self._followers.settle, told, gone)
        for follower in settled:
            del self._settled[follower]

    async def _clean(self, now: datetime) -> None:
        if self._clean_at is not None and now < self._clean_at:
            return
        removed = await asyncio.to_thread(self._followers.remove_expired, now)
        self._clean_at = now + _CLEAN_EVERY
        if removed:
            _log.info("subscriptions_expired", count=removed)

    def _end(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._news.set()

    async def _carry(self, follower: Follower) -> None:
        try:
            await self._tell(follower)
        except StoreError as error:
            _log.debug("herald_waits", problem=str(error))

    async def _tell(self, follower: Follower) -> None:
        feed = await self._lookout.current(follower.topic)
        if feed is None:
            self._settled[follower] = None
            return
        message = write_message(follower, feed)
        reply = await self._courier.post(
            follower.receiver, message.headers, message.body
        )
        if is_over(follower, reply):
            self._settled[follower] = None
            _report("subscription_ended", follower)
            return
        newest = self._lookout.newest(follower.topic, feed.etag)
        told = settle(follower, reply, feed.etag, newest=newest, now=self._clock())
        self._settled[follower] = told
        _report_outcome(told)


def _report_outcome(told: Told) -> None:
    if not told.failures:
        _report("follower_told", told.follower)
    elif told.due_at is None:
        _report("follower_given_up", told.follower, failures=told.failures)
    else:
        again_at = told.due_at.isoformat(timespec="seconds")
        _report("follower_not_told", told.follower, again_at=again_at)


def _report(event: str, follower: Follower, **facts: object) -> None:
    """Of a callback only where it is: its path may be what keeps it from strangers."""
    is_hub = follower.kind is FollowerKind.HUB
    receiver = follower.receiver if is_hub else follower.origin
    tell = _log.warning if event == "follower_given_up" else _log.info
    tell(event, topic=follower.topic, receiver=receiver, **facts)
