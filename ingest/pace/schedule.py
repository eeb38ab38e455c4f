"""When to poll a source again: adaptive or fixed, polite to its server.

Decides from values; the store keeps the state and the dispatcher obeys it. Nothing
here reads a clock.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.entry import UNASKED, AskedPace

LONGEST_RETRY_AFTER = timedelta(days=7)  # a server that says "in a year" errs
_LONGEST_WAIT = timedelta(days=366)  # keeps every due time inside the calendar
_FASTER = 0.75
_SLOWER = 1.25
_JITTER = 0.1  # of the wait
_MOST_DOUBLINGS = 20  # beyond every cap; keeps the arithmetic small


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceState:
    """How a source is being polled.

    `interval` is the present time between polls while all goes well, `failures` the
    number of failed polls in a row, `due_at` (aware UTC) when it is polled next.
    """

    interval: timedelta
    failures: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PollPolicy:
    """How often a source may be polled; `every` None means as often as it publishes.

    `first` is the interval before anything is known. `unreached` is the wait after a
    first failure that never reached the publisher. `longest` also bounds what a
    server's max-age, a feed's ttl and failures can add.
    """

    every: timedelta | None = None
    first: timedelta = timedelta(hours=1)
    shortest: timedelta = timedelta(hours=1)  # publishers block who asks more often
    unreached: timedelta = timedelta(minutes=1)  # our own network came up late
    longest: timedelta = timedelta(hours=24)  # a feed's window rarely spans less


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSummary:
    """What of a poll matters for the next: its success, its news, its server's wishes.

    `has_news` is True where a new article came. `max_age` is how long the answer
    stays fresh, `retry_after` how long to stay away; None where unsaid. `asked` is
    what the document itself asks for.
    `was_reached` is False where no request got to the publisher at all.
    """

    succeeded: bool
    has_news: bool = False
    was_reached: bool = True
    max_age: timedelta | None = None
    asked: AskedPace = UNASKED
    retry_after: timedelta | None = None


def pace_after(
    state: PaceState | None,
    summary: PollSummary,
    *,
    slug: str,
    now: datetime,
    policy: PollPolicy,
) -> PaceState:
    """The pace after a poll; `state` is the pace before it, None at the first poll.

    The next poll is always later than now. News shortens an adaptive interval,
    silence lengthens it. What the server or the feed asks for is the least wait, up
    to `policy.longest`; a Retry-After (RFC 9110, 10.2.3) that is longer wins, up to
    seven days. The first failure waits the ordinary interval, or a minute where the
    publisher was not even reached; each further one twice as long as the one before.
    Jitter depends on the slug, so runs repeat exactly, and only adds: at most a tenth.
    """
    interval = _interval(state, summary, policy)
    failures = 0 if summary.succeeded else (state.failures if state else 0) + 1
    wait = max(
        _backed_off(_patience(interval, summary, policy), failures, policy),
        min(_freshness(summary), policy.longest),
        min(summary.retry_after or timedelta(0), LONGEST_RETRY_AFTER),
        timedelta(seconds=1),  # whatever a policy says, not now
    )
    wait = min(wait, _LONGEST_WAIT)
    due_at = now + wait + wait * _jitter(slug)
    return PaceState(interval=interval, failures=failures, due_at=due_at)


def is_due(state: PaceState | None, now: datetime) -> bool:
    """Whether the source is to be polled now; one never polled always is."""
    return state is None or state.due_at <= now


def _interval(
    state: PaceState | None, summary: PollSummary, policy: PollPolicy
) -> timedelta:
    if policy.every is not None:
        return min(policy.every, _LONGEST_WAIT)
    interval = state.interval if state else policy.first
    # At the first poll everything is new, which says nothing of the rhythm.
    if state and summary.succeeded:
        interval *= _FASTER if summary.has_news else _SLOWER
    return max(policy.shortest, min(interval, policy.longest))


def _patience(
    interval: timedelta, summary: PollSummary, policy: PollPolicy
) -> timedelta:
    """The wait after a success or a first failure."""
    return interval if summary.was_reached else min(interval, policy.unreached)


def _backed_off(interval: timedelta, failures: int, policy: PollPolicy) -> timedelta:
    """The interval, doubled for each failure after the first, up to the longest."""
    doublings = min(max(failures - 1, 0), _MOST_DOUBLINGS)
    return min(interval * (1 << doublings), max(policy.longest, interval))


def _freshness(summary: PollSummary) -> timedelta:
    return max(summary.max_age or timedelta(0), summary.asked.ttl or timedelta(0))


def _jitter(slug: str) -> float:
    """A tenth at most, evenly spread over slugs, the same for a slug for ever."""
    number = int.from_bytes(hashlib.sha256(slug.encode()).digest()[:8], "big")
    return number / 2**64 * _JITTER
