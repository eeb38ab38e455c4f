"""Tells the service manager how the service fares: the protocol of sd_notify(3).

One datagram for each message to the socket that the manager names in the environment;
without one nothing is told. What cannot be told is no trouble of the service.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Iterator, Mapping

_BEATS = 3  # in the time after which the manager takes a silent service for dead


class Notifier:
    """The way to the service manager at `address`; None: there is none.

    `watchdog_seconds` is after how long a silence it kills the service, None: never.
    """

    def __init__(
        self, address: str | None = None, *, watchdog_seconds: float | None = None
    ) -> None:
        self._address = address
        self._watchdog_seconds = watchdog_seconds

    def ready(self, status: str) -> None:
        """The service runs, or has taken over what was reloaded."""
        self._tell(READY="1", STATUS=status)

    def reloading(self) -> None:
        """What was configured anew is being taken over, until `ready` says it is."""
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._tell(RELOADING="1", MONOTONIC_USEC=str(now))

    def stopping(self) -> None:
        """The service is about to end."""
        self._tell(STOPPING="1")

    def waiting(self, status: str, *, seconds: float) -> None:
        """It starts up, and is to be left in peace for so long."""
        self._tell(STATUS=status, EXTEND_TIMEOUT_USEC=str(int(seconds * 1_000_000)))

    async def beat(self) -> None:
        """Say again and again that the service lives, as long as its loop turns."""
        if self._watchdog_seconds is None:
            return
        while True:
            self._tell(WATCHDOG="1")
            await asyncio.sleep(self._watchdog_seconds / _BEATS)

    @contextlib.contextmanager
    def beating(self) -> Iterator[None]:
        """Beat for the time of the block."""
        beating = asyncio.create_task(self.beat(), name="watchdog")
        try:
            yield
        finally:
            beating.cancel()

    def _tell(self, **assignments: str) -> None:
        if self._address is None:
            return
        lines = (f"{name}={_one_line(value)}" for name, value in assignments.items())
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way,
        ):
            way.setblocking(False)
            way.connect(self._address)
            way.send("\n".join(lines).encode())


def build_notifier(environ: Mapping[str, str], *, process: int) -> Notifier:
    """The way to the manager that started this process, as its environment says.

    The watchdog may be meant for another process.
    """
    return Notifier(
        _socket_address(environ.get("NOTIFY_SOCKET", "")),
        watchdog_seconds=_watchdog_seconds(environ, process),
    )


def _socket_address(written: str) -> str | None:
    """An address in the abstract namespace begins with @ (sd_notify(3))."""
    if written.startswith("@"):
        return "\0" + written[1:]
    return written if written.startswith("/") else None


def _watchdog_seconds(environ: Mapping[str, str], process: int) -> float | None:
    if environ.get("WATCHDOG_PID", str(process)) != str(process):
        return None
    microseconds = environ.get("WATCHDOG_USEC", "")
    if not microseconds.isascii() or not microseconds.isdigit():
        return None
    return int(microseconds) / 1_000_000 or None


def _one_line(value: str) -> str:
    """The value without what would begin another message."""
    return " ".join(value.split())
