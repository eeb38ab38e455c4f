"""How many bytes of documents are worked on at a time, from being read to being kept.

Waits only. What a document is read into takes many times its size, here and in the
process that reads it: several large ones at once, which hostile sources can bring
about, would take what the machine has.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

SMALL_BYTES = 64 * 1024
"""Documents up to this wait for nobody; nearly all are."""

ROOM_BYTES = 1024 * 1024
"""What the others may be together; one that is larger is worked on alone."""


class Admission:
    """Of what one poll brings; a free one waits for nobody."""

    def __init__(self, room: Room | None = None) -> None:
        self._room = room
        self._taken = 0

    async def admit(self, size: int) -> None:
        """Wait until a document of so many bytes may be read."""
        if self._room and size > SMALL_BYTES and not self._taken:
            self._taken = await self._room.take(size)

    def leave(self) -> None:
        """Let the next documents in."""
        if self._room:
            self._room.give_back(self._taken)
            self._taken = 0


FREE = Admission()


class Room:
    """Where documents wait for those before them, in the order in which they came."""

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        self._whole = room_bytes
        self._left = room_bytes
        self._turn = asyncio.Lock()
        self._has_grown = asyncio.Event()

    @asynccontextmanager
    async def admission(self) -> AsyncIterator[Admission]:
        """What one poll is to ask before it reads; it ends with the block."""
        admission = Admission(self)
        try:
            yield admission
        finally:
            admission.leave()

    async def take(self, size: int) -> int:
        """Wait for so much room, or for all there is; how much was taken."""
        share = min(size, self._whole)
        async with self._turn:
            while self._left < share:
                self._has_grown.clear()
                await self._has_grown.wait()
            self._left -= share
        return share

    def give_back(self, share: int) -> None:
        """Leave so much room to others."""
        self._left += share
        self._has_grown.set()
