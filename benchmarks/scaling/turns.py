"""Who waits for the one writer, and how long: polls simulated event by event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What those who wait for the writer saw; seconds.

    `used` is the share of the time in which it was held.
    """

    waits: Sequence[float]
    used: float

    def percentile(self, share: float) -> float:
        """The wait that so great a share of them stayed under."""
        return self.waits[min(int(len(self.waits) * share), len(self.waits) - 1)]

    @property
    def mean(self) -> float:
        """The mean wait."""
        return sum(self.waits) / len(self.waits)


def simulate_turns(
    rate: float, holds: Sequence[tuple[float, float]], *, count: int, seed: int
) -> Turns:
    """So many polls, at `rate` a second, taking their turns one behind the other.

    `holds` are seconds for which the writer may be held, each with how common it is.
    Polls come as they come from many sources, independent of each other.
    """
    dice = Random(seed)  # noqa: S311 - a simulation, the same at every run
    kinds = [seconds for seconds, _ in holds]
    weights = [weight for _, weight in holds]
    now, free_at, held = 0.0, 0.0, 0.0
    waits = []
    for seconds in dice.choices(kinds, weights, k=count):
        now += dice.expovariate(rate)
        starts = max(now, free_at)
        waits.append(starts - now)
        free_at = starts + seconds
        held += seconds
    return Turns(waits=sorted(waits), used=held / max(free_at, now))
