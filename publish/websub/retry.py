"""When somebody who could not be told is told again."""

from __future__ import annotations

from datetime import datetime, timedelta

MOST_FAILURES = 10
"""In a row; the last attempt comes nine hours after the first."""

LONGEST_WAIT = timedelta(hours=6)
"""Who was given up is tried again with a later change, but no sooner than this."""

_FIRST_WAIT = timedelta(seconds=30)


def retry_at(failures: int, *, now: datetime) -> datetime | None:
    """When to try next after so many failures in a row; None is to give up.

    Each wait is twice the one before, up to the longest.
    """
    if failures >= MOST_FAILURES:
        return None
    return now + min(_FIRST_WAIT * (1 << failures - 1), LONGEST_WAIT)
