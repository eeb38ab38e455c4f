"""How many requests a client of the hub may make, in a burst and over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

_BURST = 200  # a reader service that subscribes to everything at once
_PER_SECOND = 2.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many requests were left to a client at a moment."""

    left: float
    at: datetime


def fresh_allowance(now: datetime) -> Allowance:
    """What a client has that was not seen for a while."""
    return Allowance(float(_BURST), now)


def spend_one(allowance: Allowance, *, now: datetime) -> Allowance | None:
    """What is left after one more request; None where there is to be none now."""
    seconds = max((now - allowance.at).total_seconds(), 0.0)
    left = min(allowance.left + seconds * _PER_SECOND, float(_BURST))
    return Allowance(left - 1, now) if left >= 1 else None
