"""When to poll a source again: as it publishes, polite to its server.

Decides from values; the store keeps the state and the dispatcher obeys it. Nothing
here reads a clock.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import inf

from ingest.entry import UNASKED, AskedPace
from ingest.pace.asked import after_skips, asked_wait
from ingest.pace.backing_off import Failing, wait_after_failure
from ingest.pace.forecast import forecast, minute_of
from ingest.pace.learning import NO_NEWS, News, learn, misses_articles
from ingest.pace.placement import Bounds, place_poll
from ingest.pace.rhythm import Rhythm

LONGEST_RETRY_AFTER = timedelta(days=7)  # a server that says "in a year" errs
# Seen: a server that said two days, and blocked who came after one. What says a year
# means pictures, and was put on feeds too.
LONGEST_ASKED = timedelta(days=2)
_LONGEST_WAIT = timedelta(days=366)  # keeps every due time inside the calendar
_JITTER = 0.1  # of the wait
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceState:
    """How a source is being polled.

    `interval` is the present time between polls while all goes well, `failures` the
    number of failed polls in a row, `due_at` (aware UTC) when it is polled next.
    `rhythm` is None until a poll succeeds. `asked` is what the last document asks for;
    an answer that nothing has changed leaves it. `windows_missed` counts the polls
    before which articles may have come and gone.
    """

    interval: timedelta
    failures: int
    due_at: datetime
    rhythm: Rhythm | None = None
    asked: AskedPace = UNASKED
    windows_missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PollPolicy:
    """How often a source may be polled; `every` None means as often as it publishes.

    `patience` is how long one article may wait to save one request. `first` is the
    interval before the rhythm is known. `shortest` bounds the adaptive interval, and
    `quickest` does where a poll without news costs the publisher next to nothing
    (it sent validators) and the rhythm is known. `unreached` is the wait after a
    first failure that never reached the publisher. `longest` also bounds what
    failures can add.
    """

    every: timedelta | None = None
    patience: timedelta = timedelta(hours=1)
    first: timedelta = timedelta(hours=1)
    shortest: timedelta = timedelta(hours=1)  # publishers block who asks more often
    quickest: timedelta = timedelta(minutes=15)
    unreached: timedelta = timedelta(minutes=1)  # our own network came up late
    longest: timedelta = timedelta(hours=24)  # a feed's window rarely spans less


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSummary:
    """What of a poll matters for the next: its success, its news, its server's wishes.

    `has_validators` is True where the next poll can be a conditional one. `max_age`
    is how long the answer stays fresh, `retry_after` how long to stay away; None
    where unsaid. `asked` is what the document itself asks for, None where no document
    came. `was_reached` is False where no request got to the publisher at all,
    `is_unwelcome` True where the server wants fewer of them.
    """

    succeeded: bool
    news: News = NO_NEWS
    was_reached: bool = True
    is_unwelcome: bool = False
    has_validators: bool = False
    max_age: timedelta | None = None
    asked: AskedPace | None = None
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

    The next poll is always later than now. Where nothing is fixed it comes when the
    articles to be expected are worth a request. What the server or the document asks
    for is the least wait, up to two days; a Retry-After (RFC 9110, 10.2.3) that is
    longer wins, up to seven; hours and days that the document skips are waited out on
    top. The first failure waits the ordinary interval, or a minute where the publisher
    was not even reached; how long further ones do, `backing_off` says. Jitter depends
    on the slug, so runs repeat exactly, and only adds: at most a tenth. A wait that the
    rhythm chose has none, for rhythms differ as it is.
    """
    before = state or _unknown(now, policy)
    if summary.succeeded:
        pace, wait = _succeeded(before, summary, now, policy)
    else:
        pace, wait = _failed(before, summary, now, policy)
    wait = min(max(wait, timedelta(seconds=1)), _LONGEST_WAIT)
    if not _is_chosen(wait, pace, policy):
        wait += wait * _jitter(slug)
    return replace(pace, due_at=after_skips(now + wait, pace.asked))


def is_due(state: PaceState | None, now: datetime) -> bool:
    """Whether the source is to be polled now; one never polled always is."""
    return state is None or state.due_at <= now


def _unknown(now: datetime, policy: PollPolicy) -> PaceState:
    return PaceState(interval=_usual(policy.first, policy), failures=0, due_at=now)


def _succeeded(
    state: PaceState, summary: PollSummary, now: datetime, policy: PollPolicy
) -> tuple[PaceState, timedelta]:
    """The pace after a success, and the wait until the next poll."""
    rhythm = learn(state.rhythm, summary.news, now=now)
    pace = replace(
        state,
        interval=_interval(state, rhythm, summary, policy, now),
        failures=0,
        rhythm=rhythm,
        asked=summary.asked or state.asked,
        windows_missed=state.windows_missed + _has_missed(state, summary),
    )
    asked = asked_wait(pace.asked, summary.max_age, now=now)
    return pace, max(pace.interval, min(asked, LONGEST_ASKED))


def _failed(
    state: PaceState, summary: PollSummary, now: datetime, policy: PollPolicy
) -> tuple[PaceState, timedelta]:
    """The pace after a failure, and the wait until the next attempt."""
    pace = replace(
        state, failures=state.failures + 1, interval=_usual(state.interval, policy)
    )
    patience = pace.interval
    if not summary.was_reached:
        patience = min(patience, policy.unreached)
    failing = Failing(
        failures=pace.failures,
        patience=patience,
        longest=max(policy.longest, patience),
        rhythm=pace.rhythm,
        is_unwelcome=summary.is_unwelcome,
    )
    retry_after = min(summary.retry_after or timedelta(0), LONGEST_RETRY_AFTER)
    return pace, max(wait_after_failure(failing, now=now), retry_after)


def _interval(
    state: PaceState,
    rhythm: Rhythm,
    summary: PollSummary,
    policy: PollPolicy,
    now: datetime,
) -> timedelta:
    """The time to the next poll, by the policy or else by the rhythm."""
    if policy.every is not None or not rhythm.is_known:
        return _usual(policy.first, policy)
    shortest = policy.quickest if summary.has_validators else policy.shortest
    interval = _best_wait(rhythm, shortest, policy, now)
    if _has_missed(state, summary):
        interval = max(shortest, min(interval, state.interval / 2))
    return interval


def _best_wait(
    rhythm: Rhythm, shortest: timedelta, policy: PollPolicy, now: datetime
) -> timedelta:
    """The wait after which the articles to be expected are worth a request."""
    expected, start = forecast(rhythm), minute_of(now)
    bounds = Bounds(
        patience=policy.patience / _MINUTE,
        shortest=shortest / _MINUTE,
        longest=max(policy.longest, shortest) / _MINUTE,
        most_articles=rhythm.window / 2 if rhythm.window else inf,
    )
    minutes = place_poll(expected, start, bounds)
    return max(shortest, min(timedelta(minutes=minutes), policy.longest))


def _has_missed(state: PaceState, summary: PollSummary) -> bool:
    return misses_articles(state.rhythm, summary.news)


def _is_chosen(wait: timedelta, pace: PaceState, policy: PollPolicy) -> bool:
    """Whether the rhythm chose the wait."""
    is_known = pace.rhythm is not None and pace.rhythm.is_known
    is_adaptive = policy.every is None and is_known and not pace.failures
    return is_adaptive and wait == pace.interval


def _usual(interval: timedelta, policy: PollPolicy) -> timedelta:
    """The interval within the policy's bounds."""
    if policy.every is not None:
        return min(policy.every, _LONGEST_WAIT)
    return max(min(policy.shortest, policy.quickest), min(interval, policy.longest))


def _jitter(slug: str) -> float:
    """A tenth at most, evenly spread over slugs, the same for a slug for ever."""
    number = int.from_bytes(hashlib.sha256(slug.encode()).digest()[:8], "big")
    return number / 2**64 * _JITTER
