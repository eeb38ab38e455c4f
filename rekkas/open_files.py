"""How many files the process may have open, connections included."""

from __future__ import annotations

import resource

_PLENTY = 65_536


def allow_open_files() -> None:
    """Let the process open plenty of files, as far as its user may.

    The usual limit of 1,024 is there for programs that use select(2), which we do not:
    readers and sources would take each other's connections.
    """
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _PLENTY if most == resource.RLIM_INFINITY else min(most, _PLENTY)
    if now not in (resource.RLIM_INFINITY, wanted):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))
