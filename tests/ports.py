"""Ports for processes that are told where to listen before they do."""

from __future__ import annotations

import itertools
import os
import socket
from pathlib import Path

_DRAWN = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST = 10_000
_WORKERS = 16


def _below_what_is_drawn() -> range:
    """The ports that the kernel gives to nobody by itself, of this worker of the tests.

    A port that was free when asked for may be drawn for any connection before the
    process listens on it; these are never drawn, and no two workers share them.
    """
    first = int(_DRAWN.read_text().split()[0]) if _DRAWN.exists() else 32_768
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    each = max(1, (first - _LOWEST) // _WORKERS)
    start = _LOWEST + worker % _WORKERS * each
    return range(start, start + each)


_PORTS = _below_what_is_drawn()
_NEXT = itertools.count(os.getpid())


def free_port() -> int:
    """A port on which nobody listens on any address, and that nobody else is given."""
    for number in itertools.islice(_NEXT, len(_PORTS)):
        port = _PORTS[number % len(_PORTS)]
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return port
    raise OSError(f"every port of {_PORTS} is taken")
