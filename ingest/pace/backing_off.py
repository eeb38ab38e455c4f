"""How long to wait after a failure: longer each time, but not until news is lost.

Decides from values and a `now` that it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.pace.forecast import forecast
from ingest.pace.rhythm import Rhythm

_MOST_DOUBLINGS = 20  # beyond every cap; keeps the arithmetic small


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A source after the last of so many `failures` in a row.

    `patience` is what the first failure waits, `longest` the most that any does.
    `rhythm` is None where no poll ever succeeded. `is_unwelcome` is True where the
    server itself wants fewer requests.
    """

    failures: int
    patience: timedelta
    longest: timedelta
    rhythm: Rhythm | None = None
    is_unwelcome: bool = False


def wait_after_failure(failing: Failing, *, now: datetime) -> timedelta:
    """The wait before the source is asked again.

    The first failure waits `patience`, each further one twice as long as the one
    before, but none longer than the source has been failing: an hour without network
    and a slow answer after it are no reason to stay away for a day. While what the
    source published meanwhile may still stand in its document, at most half the time
    that it still stands there, so that an outage costs requests before it costs
    articles; where these are gone, nothing is left to hurry for.
    """
    doublings = min(max(failing.failures - 1, 0), _MOST_DOUBLINGS)
    wait = min(failing.patience * (1 << doublings), failing.longest)
    if failing.rhythm is not None:
        wait = min(wait, now - failing.rhythm.known_until)
        if not failing.is_unwelcome:
            wait = _before_loss(wait, failing.rhythm, now)
    return max(wait, failing.patience)


def _before_loss(wait: timedelta, rhythm: Rhythm, now: datetime) -> timedelta:
    """The wait, cut where articles could come and go within it."""
    if not rhythm.window:
        return wait
    minutes = rhythm.window / forecast(rhythm).rate
    left = timedelta(minutes=minutes) - (now - rhythm.known_until)
    return min(wait, left / 2) if left > timedelta(0) else wait
