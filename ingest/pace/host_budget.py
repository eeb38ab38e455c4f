"""Which hosts are to be left alone, and how many requests a day they may get.

Decides from values; who asks notes what was decided and obeys it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingest.pace.schedule import LONGEST_RETRY_AFTER

_DAY = timedelta(days=1)
_AT_ONCE = 4  # a quarter of a day's requests may come together


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is remembered of a host, or of a domain; times are aware UTC.

    `rests_until` is how long it asked to be left alone. `spent_until` is when all of
    its requests so far, evenly spread over the days, would have been made; None where
    they are not counted.
    """

    rests_until: datetime | None = None
    spent_until: datetime | None = None


UNTOUCHED = HostState()


def ready_at(
    state: HostState, *, daily_budget: int | None, now: datetime
) -> datetime | None:
    """When the host may be asked again; None where it may be asked now.

    Never further away than what a host can ask for: a clock that was set back is no
    reason to stall.
    """
    moments = [state.rests_until, _affordable_at(state, daily_budget, now)]
    waits = [moment for moment in moments if moment is not None and moment > now]
    return min(max(waits), now + LONGEST_RETRY_AFTER) if waits else None


def after_request(
    state: HostState, *, daily_budget: int | None, now: datetime
) -> HostState:
    """The state once a request has been made.

    A quarter of the budget may be spent at once, the rest comes back evenly over the
    day (a leaky bucket), so that no 24 hours ever hold more requests than the budget.
    """
    if daily_budget is None:
        return replace(state, spent_until=None)
    spent_until = min(state.spent_until or now, now + _DAY)
    return replace(state, spent_until=max(spent_until, now) + _spacing(daily_budget))


def after_retry_after(
    state: HostState, retry_after: timedelta | None, *, now: datetime
) -> HostState:
    """The state once an answer has asked to be left alone, or has not."""
    if retry_after is None:
        return state
    until = now + min(retry_after, LONGEST_RETRY_AFTER)
    return replace(state, rests_until=max(until, state.rests_until or until))


def _affordable_at(
    state: HostState, daily_budget: int | None, now: datetime
) -> datetime | None:
    if daily_budget is None or state.spent_until is None:
        return None
    spent_until = min(state.spent_until, now + _DAY)
    return spent_until - (_at_once(daily_budget) - 1) * _spacing(daily_budget)


def _at_once(daily_budget: int) -> int:
    return max(daily_budget // _AT_ONCE, 1)


def _spacing(daily_budget: int) -> timedelta:
    return _DAY / (daily_budget - _at_once(daily_budget) + 1)
