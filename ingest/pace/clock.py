"""What clocks that jump do to due times, and long absences: no storm and no stall."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime, timedelta
from heapq import nsmallest

from ingest.pace.moves import NEVER

RETRY_AFTER_TROUBLE = timedelta(minutes=1)
"""How long a source waits that was not polled, or whose answer was not kept."""

_LONGEST_TROUBLE = timedelta(hours=1)
_MOST_DOUBLINGS = 10
_TOLERATED = timedelta(minutes=1)  # clocks are set right by seconds all the time


def choose_due(
    due: Mapping[str, datetime], running: Container[str], *, now: datetime, most: int
) -> list[str]:
    """The slugs to poll now, those that wait longest first, and at most so many.

    After a clock has jumped ahead, or a long absence, all sources are due at once:
    each is polled once, some at every beat.
    """
    ready = (
        slug for slug, due_at in due.items() if due_at <= now and slug not in running
    )
    return nsmallest(most, ready, key=due.__getitem__)


def after_setback(
    due: Mapping[str, datetime], *, before: datetime, now: datetime
) -> Mapping[str, datetime]:
    """The due times once a clock that showed `before` shows now.

    Where it was set back all move with it, so that none waits longer than it would
    have. Where it was set ahead they stay.
    """
    if before - now <= _TOLERATED:
        return due
    return {
        slug: due_at if due_at <= now or due_at == NEVER else due_at - (before - now)
        for slug, due_at in due.items()
    }


def is_out_of_reach(beat: datetime, *, every: timedelta, now: datetime) -> bool:
    """Whether a clock that was set back let the next beat lie further off than two."""
    return beat - now > 2 * every


def due_as_recorded(
    due_at: datetime, *, polled_at: datetime | None, now: datetime
) -> datetime:
    """When a source is due whose last poll was recorded a while ago.

    As it was recorded; but a source that was polled in what is now the future, since
    the clock was set back meanwhile, waits from now on as long as it was to wait.
    """
    if polled_at is None or polled_at <= now or due_at == NEVER:
        return due_at
    return now + (due_at - polled_at)


def wait_after_loss(times: int) -> timedelta:
    """How long a source waits whose answers were not kept, so many times in a row.

    Twice as long each time, up to an hour: each is a request that brought nothing.
    """
    doublings = min(max(times - 1, 0), _MOST_DOUBLINGS)
    return min(RETRY_AFTER_TROUBLE * (1 << doublings), _LONGEST_TROUBLE)
