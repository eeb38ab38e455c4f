"""Sees which feeds have changed, and lets those who follow them become due."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from publish.documents import FeedIn
from publish.rendered import Rendered
from publish.websub.retry import LONGEST_WAIT

_REST_FOR_LOOK = 4  # times as long as a look took: it has a fifth of a core at most


class Feeds(Protocol):
    """What is asked of rendering; raises StoreError when it cannot answer."""

    def change_number(self) -> int:
        """Grows whenever anything that is shown may have changed."""

    def at_hand(self, document: FeedIn) -> Rendered | None:
        """The feed if it is here and known to be current."""

    def render(self, document: FeedIn) -> Rendered | None:
        """The feed as it is now."""


class Versions(Protocol):
    """Who knows which version of what; raises StoreError when it cannot answer."""

    def topics(self) -> frozenset[str]:
        """The feeds that anybody follows."""

    def note_versions(
        self, versions: Mapping[str, str], *, now: datetime, doubtful_wait: timedelta
    ) -> None:
        """Make those due who do not know the present versions of these feeds."""


class Lookout:
    """Renders what is followed once per change, and notes what came of it.

    `feeds` are those that may be followed, by address.
    """

    def __init__(
        self, renderer: Feeds, feeds: Mapping[str, FeedIn], followers: Versions
    ) -> None:
        self._renderer = renderer
        self._feeds = feeds
        self._followers = followers
        self._versions: dict[str, str] = {}
        self._seen: int | None = None
        self._rests_until = 0.0

    async def look(self, now: datetime) -> None:
        """Note what has changed since the last look, if anything may have.

        Raises:
            StoreError: something is left to be noted by the next look.
        """
        clock = asyncio.get_running_loop().time
        started = clock()
        if started < self._rests_until:
            return
        number = await asyncio.to_thread(self._renderer.change_number)
        if number == self._seen:
            return
        await self._note(now)
        self._seen = number
        self._rests_until = clock() + _REST_FOR_LOOK * (clock() - started)

    async def current(self, topic: str) -> Rendered | None:
        """A feed as it is now, None if there is none at this address."""
        document = self._feeds.get(topic)
        if document is None:
            return None
        at_hand = self._renderer.at_hand(document)
        return at_hand or await asyncio.to_thread(self._renderer.render, document)

    def newest(self, topic: str, otherwise: str) -> str:
        """The version of a feed that was seen last."""
        return self._versions.get(topic, otherwise)

    async def _note(self, now: datetime) -> None:
        followed = await asyncio.to_thread(self._followers.topics)
        seen = {topic: await self.current(topic) for topic in sorted(followed)}
        versions = {topic: feed.etag for topic, feed in seen.items() if feed}
        self._versions = versions
        await asyncio.to_thread(
            self._followers.note_versions,
            versions,
            now=now,
            doubtful_wait=LONGEST_WAIT,
        )
