"""When the next request to a host may start.

Decides from monotonic seconds; `fetch.host_gate` waits accordingly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

_LONGEST_PASS_SECONDS = 10.0  # of the half minute that an exchange has


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


def wait_to_pass(pace: HostPace, *, now: float, spacing: timedelta) -> float:
    """Seconds until a request that a redirect has led to the host may start.

    Each that waits is spaced from the one before it. Never so long that the exchange
    ends over it.
    """
    if pace.last_start is None:
        return 0.0
    seconds = pace.last_start + spacing.total_seconds() - now
    return min(max(seconds, 0.0), _LONGEST_PASS_SECONDS)
