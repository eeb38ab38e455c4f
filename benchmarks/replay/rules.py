"""Rules that say when to poll next: those known from elsewhere, and ours.

Times are minutes since 1970, UTC. Each rule is made from one number, its scale: twice
the scale asks about half as often, so that any rule can be held to any budget.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt
from typing import TypeAlias

from ingest.entry import UNASKED
from ingest.pace.learning import News
from ingest.pace.schedule import PaceState, PollPolicy, PollSummary, pace_after

SHORTEST, LONGEST = 5.0, 1440.0
"""Minutes: the bounds that every rule keeps to."""

DAY = 1440.0
WEEK = 7 * DAY
_MINUTE = timedelta(minutes=1)
_AT_FIRST = 60.0  # before a rule knows anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a poll shows: the new articles, and all that the document holds."""

    now: float
    new: Sequence[float]
    window: Sequence[float]


Rule: TypeAlias = Callable[[Seen], float]
"""Minutes until the next poll."""

MakeRule: TypeAlias = Callable[[float], Rule]
"""A rule for one source, from its scale."""


def fixed(scale: float) -> Rule:
    """The same interval for ever."""
    return lambda _: scale * 60


def miniflux(scale: float) -> Rule:
    """Entry frequency, as Miniflux does: a week divided by the entries of the last."""
    last_week: deque[float] = deque()

    def wait(seen: Seen) -> float:
        last_week.extend(seen.new)
        while last_week and last_week[0] <= seen.now - WEEK:
            last_week.popleft()
        return scale * WEEK / len(last_week) if last_week else LONGEST

    return wait


def moving_average(scale: float) -> Rule:
    """MAV: the mean interval between the articles of the window."""

    def wait(seen: Seen) -> float:
        if len(seen.window) < 2:
            return scale * _AT_FIRST
        span = seen.window[-1] - seen.window[0]
        return scale * span / (len(seen.window) - 1)

    return wait


def lru_2(scale: float) -> Rule:
    """LRU-2: the interval between the two newest articles."""

    def wait(seen: Seen) -> float:
        if len(seen.window) < 2:
            return scale * _AT_FIRST
        return scale * (seen.window[-1] - seen.window[-2])

    return wait


def square_root(scale: float) -> Rule:
    """Sia and Cho: the density of polls follows the root of the rate of each hour.

    The rates are those of the last four weeks.
    """
    articles: deque[float] = deque()
    begun: list[float] = []

    def wait(seen: Seen) -> float:
        begun.append(seen.now)
        articles.extend(seen.new)
        while articles and articles[0] <= seen.now - 4 * WEEK:
            articles.popleft()
        days = min(max((seen.now - begun[0]) / DAY, 1.0), 28.0)
        rates = [0.5 / 24] * 24  # half an article a day, to begin with
        for article in articles:
            rates[int(article) // 60 % 24] += 1 / days
        return _walk(seen.now, [sqrt(rate) / scale for rate in rates])

    return wait


def _walk(now: float, polls_an_hour: Sequence[float]) -> float:
    """Minutes until the density of polls has added up to one."""
    minutes, part = 0.0, 0.0
    while part < 1 and minutes < LONGEST:
        part += polls_an_hour[int(now + minutes) // 60 % 24] / 60
        minutes += 1
    return minutes


def rekkas(scale: float) -> Rule:
    """Ours, as the service runs it: `pace_after` on what the polls reveal."""
    bound = SHORTEST * _MINUTE
    policy = PollPolicy(
        # Polls grow with the inverse root of the patience.
        patience=scale**2 * timedelta(hours=1),
        shortest=bound,
        quickest=bound,
        longest=LONGEST * _MINUTE,
    )
    state: PaceState | None = None

    def wait(seen: Seen) -> float:
        nonlocal state
        now = _moment(seen.now)
        state = pace_after(state, _summary(seen), slug="radio", now=now, policy=policy)
        return (state.due_at - now) / _MINUTE

    return wait


def _summary(seen: Seen) -> PollSummary:
    if not seen.new:
        return PollSummary(succeeded=True, has_validators=True)
    published = tuple(_moment(article) for article in seen.new)
    news = News(published=published, window=len(seen.window))
    return PollSummary(succeeded=True, has_validators=True, news=news, asked=UNASKED)


def _moment(minutes: float) -> datetime:
    return datetime.fromtimestamp(minutes * 60, UTC)


RULES: dict[str, MakeRule] = {
    "fixed interval": fixed,
    "Miniflux": miniflux,
    "MAV": moving_average,
    "LRU-2": lru_2,
    "square root": square_root,
    "rekkas": rekkas,
}
