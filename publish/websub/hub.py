"""The embedded hub: takes intents, asks whether they are meant, and obeys them.

What a request asks is read by `intent`; telling subscribers is the work of `herald`.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Protocol

import structlog

from publish.websub.courier import Courier
from publish.websub.intent import Intent, Mode
from publish.websub.lookout import Lookout
from publish.websub.turns import choose_next
from publish.websub.verification import denial_url, is_confirmed, verification_url
from store.errors import StoreError
from store.follower import Follower, FollowerKind

_MOST_WAITING = 1_000  # a page of memory each at most
_NO_ROOM = "this hub has no room for more subscriptions of this host"
_NO_FEED = "there is no such feed any more"

_log = structlog.get_logger(__name__)


class Subscribers(Protocol):
    """Where the hub keeps subscriptions; raises StoreError when it cannot."""

    def keep_subscriber(self, follower: Follower, lease_until: datetime) -> bool:
        """Keep a subscriber or renew it; False where there is no room for it."""

    def remove(self, gone: Collection[Follower]) -> None:
        """Forget subscribers, whether or not they are known."""


class Hub:
    """Makes subscriptions of intents that are confirmed, and ends them likewise.

    A new subscriber is taken to know the feed as it is. `challenge` makes a text that
    nobody can guess.
    """

    def __init__(
        self,
        subscribers: Subscribers,
        courier: Courier,
        lookout: Lookout,
        *,
        clock: Callable[[], datetime],
        challenge: Callable[[], str] = secrets.token_urlsafe,
    ) -> None:
        self._subscribers = subscribers
        self._courier = courier
        self._lookout = lookout
        self._clock = clock
        self._challenge = challenge
        self._waiting: dict[tuple[str, str], Intent] = {}
        self._running: dict[asyncio.Task[None], Intent] = {}

    def accept(self, intent: Intent) -> bool:
        """Take the intent up, in place of an earlier one; False where too many wait."""
        is_new = intent.name not in self._waiting
        if is_new and len(self._waiting) >= _MOST_WAITING:
            return False
        self._waiting[intent.name] = intent
        self._begin()
        return True

    async def dismiss(self, followers: Iterable[Follower]) -> None:
        """Tell former subscribers that they will hear no more."""
        for one in followers:
            await self._courier.get(denial_url(one.receiver, one.topic, _NO_FEED))

    async def close(self) -> None:
        """Let go of every intent; subscribers ask again that hear nothing."""
        self._waiting.clear()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _begin(self) -> None:
        for intent in tuple(
            choose_next(self._waiting.values(), self._running.values())
        ):
            del self._waiting[intent.name]
            task = asyncio.create_task(self._verify(intent), name="verify intent")
            self._running[task] = intent
            task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        if not task.cancelled():
            self._begin()

    async def _verify(self, intent: Intent) -> None:
        challenge = self._challenge()
        reply = await self._courier.get(verification_url(intent, challenge))
        if not is_confirmed(reply, challenge):
            _tell("intent_not_confirmed", intent)
            return
        try:
            is_done = await self._obey(intent)
        except StoreError as error:
            _log.error("intent_not_kept", topic=intent.topic, problem=str(error))
            return
        if is_done:
            _tell("intent_confirmed", intent)
        else:
            _tell("intent_denied", intent)
            await self._courier.get(denial_url(intent.callback, intent.topic, _NO_ROOM))

    async def _obey(self, intent: Intent) -> bool:
        """Do what was confirmed; False where there is no room for it."""
        feed = await self._lookout.current(intent.topic)
        follower = Follower(
            kind=FollowerKind.SUBSCRIBER,
            topic=intent.topic,
            receiver=intent.callback,
            secret=intent.secret,
            known=feed.etag if feed else None,
        )
        if intent.mode is Mode.UNSUBSCRIBE:
            await asyncio.to_thread(self._subscribers.remove, [follower])
            return True
        return await asyncio.to_thread(
            self._subscribers.keep_subscriber,
            follower,
            self._clock() + intent.lease,
        )


def _tell(event: str, intent: Intent) -> None:
    """Of a callback only where it is: its path may be what keeps it from strangers."""
    _log.info(event, mode=intent.mode.value, topic=intent.topic, callback=intent.origin)
