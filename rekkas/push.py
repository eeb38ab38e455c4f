"""WebSub in the service: started with it, replaced when it is configured anew."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from publish.documents import FeedIn
from publish.web.hub_route import HubDesk
from publish.websub.herald import Herald
from publish.websub.hub import Hub
from rekkas.courier import GuardedCourier
from store.followers import Followers


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedHub:
    """The hub, and the desk at which it is spoken to."""

    hub: Hub
    desk: HubDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What tells others of changes; `embedded` is our own hub, if there is one.

    `feeds` are those that may be followed, by address; `hubs` those of others.
    """

    feeds: Mapping[str, FeedIn]
    hubs: tuple[str, ...]
    followers: Followers
    courier: GuardedCourier
    herald: Herald
    embedded: EmbeddedHub | None


class Messengers:
    """Those who tell others of changes now: one `Push` at a time, or none."""

    def __init__(self) -> None:
        self._push: Push | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def replace(self, push: Push | None, *, tells: bool = True) -> HubDesk | None:
        """Let this push take the place of the last; the desk of its own hub.

        Where it `tells` nobody, another process does, and the desk alone is ours.

        Raises:
            StoreError: who follows what cannot be read or written.
        """
        await self.end()
        if push is None:
            return None
        self._push, embedded = push, push.embedded
        if not tells:
            return embedded.desk if embedded else None
        gone = await asyncio.to_thread(
            push.followers.expect,
            push.feeds.keys(),
            push.hubs,
            has_subscribers=embedded is not None,
        )
        self._start(push.herald.run(), "herald")
        if embedded is None:
            return None
        self._start(embedded.hub.dismiss(gone), "dismiss subscribers")
        return embedded.desk

    async def end(self) -> None:
        """Tell nobody anything more; what is due is told when they start again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        push, self._push = self._push, None
        if push is None:
            return
        if push.embedded is not None:
            await push.embedded.hub.close()
        await push.courier.close()

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.append(asyncio.create_task(work, name=name))
