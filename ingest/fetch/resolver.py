"""Names -> addresses, by the system's resolver, beside the event loop.

Judges no address; `guard` does.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import TypeAlias

from ingest.fetch.addresses import IpAddress, parse_address

Addresses: TypeAlias = tuple[IpAddress, ...]
Resolver: TypeAlias = Callable[[str], Awaitable[Addresses]]
"""All addresses of a host, the best first; OSError or ValueError where it has none."""

_MOST_LOOKUPS = 64  # at once: names whose servers are dead leave room for the others


class SystemResolver:
    """Asks as every program of this machine does: hosts file, name servers, literals.

    Each look-up has a thread that nobody waits for: the system's resolver cannot be
    interrupted, and one that hangs is to hold up neither a deadline nor our end.
    """

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(_MOST_LOOKUPS)

    async def __call__(self, host: str) -> Addresses:
        """Every address of the host.

        Raises:
            OSError: it has none, or nobody could say (socket.gaierror).
            UnicodeError: it is no name at all.
        """
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        found: Future[Addresses] = Future()
        found.set_running_or_notify_cancel()  # who asked may leave; the thread stays

        def look_up() -> None:
            try:
                found.set_result(_addresses_of(host))
            except (OSError, ValueError) as error:
                found.set_exception(error)
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._free.release)

        threading.Thread(target=look_up, name="resolver", daemon=True).start()
        return await asyncio.wrap_future(found)


def _addresses_of(host: str) -> Addresses:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(parse_address(str(entry[4][0])) for entry in found))
