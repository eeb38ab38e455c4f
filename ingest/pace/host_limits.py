"""When the next request to a host may start.

Decides from monotonic seconds; `fetch.host_gate` waits accordingly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPace:
    """When the last request to a host started, in monotonic seconds; None before it."""

    last_start: float | None = None


def wait_before_start(pace: HostPace, *, now: float, spacing: timedelta) -> float:
    """Seconds until the next request may start; 0 where it may start now.

    Counted from the start of the last one, so a slow answer costs no further wait.
    Never longer than the spacing.
    """
    if pace.last_start is None:
        return 0.0
    seconds = spacing.total_seconds()
    return min(max(pace.last_start + seconds - now, 0.0), seconds)
