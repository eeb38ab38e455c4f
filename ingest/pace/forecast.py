"""How many articles to expect at which minute, from a source's rhythm.

The rate at a moment is the source's mean, times the habit of that hour of the day, that
day of the week and that twelfth of an hour, times how busy these days are. Each habit
is shrunk towards none, the more the fewer articles it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.pace.rhythm import MINUTES, RECENT_HALF_LIFE, Rhythm

MINUTES_A_DAY = 1440
_MONDAY = 3  # the weekday of the epoch's day is Thursday

# Articles that every source is believed to have published evenly before it was
# watched. Chosen with benchmarks/polling.py on its first part.
_PRIOR_A_DAY = 1.0
_PRIOR_HOUR = 1 / 3
_PRIOR_WEEKDAY = 10.0
_PRIOR_MINUTE = 5.0
_PRIOR_RECENT = 5.0
_NEIGHBOUR = 1 / 6  # what an hour learns of each of the two beside it
_CHANCE = 2.0  # articles come in groups: chance varies twice as much as singly
_RECENT_CELLS_MOST = 288
_RECENT_CELL = 30.0  # minutes


@dataclass(frozen=True, slots=True)
class Forecast:
    """Articles to expect per minute; moments are minutes since 1970, UTC."""

    rate: float
    hours: Sequence[float]
    weekdays: Sequence[float]
    minutes: Sequence[float]

    def at(self, minute: float) -> float:
        """Articles per minute at a moment."""
        return self.around(minute) * self.minutes[int(minute) % 60 * MINUTES // 60]

    def around(self, minute: float) -> float:
        """Articles per minute in the hour about a moment."""
        whole = int(minute)
        hour, day = whole // 60 % 24, (whole // MINUTES_A_DAY + _MONDAY) % 7
        return self.rate * self.hours[hour] * self.weekdays[day]


def forecast(rhythm: Rhythm) -> Forecast:
    """What to expect of a source in the days to come."""
    busy = (rhythm.recent + _PRIOR_RECENT) / (rhythm.expected + _PRIOR_RECENT)
    return _habits(rhythm, busy)


def expected_articles(rhythm: Rhythm, *, now: datetime) -> float:
    """How many articles habits alone let expect since the rhythm was last known.

    Each counts less the older it is, as `Rhythm.expected` does.
    """
    end = minute_of(now)
    start = min(minute_of(rhythm.known_until), end)  # a clock may have gone back
    cells = min(max(round((end - start) / _RECENT_CELL), 1), _RECENT_CELLS_MOST)
    # What is older than six half-lives no longer counts.
    cell = min((end - start) / cells, _RECENT_CELL)
    habits = _habits(rhythm, busy=1.0)
    half_life = RECENT_HALF_LIFE.total_seconds() / 60
    ages = ((number + 0.5) * cell for number in range(cells))
    return (
        float(sum(habits.around(end - age) * 0.5 ** (age / half_life) for age in ages))
        * cell
    )


def minute_of(moment: datetime) -> float:
    """The moment in minutes since 1970."""
    return moment.timestamp() / 60


def _habits(rhythm: Rhythm, busy: float) -> Forecast:
    a_day = (rhythm.articles + _PRIOR_A_DAY) / (rhythm.days + 1.0)
    return Forecast(
        rate=a_day * busy / MINUTES_A_DAY,
        hours=_shrunk(_smoothed(rhythm.hours), _PRIOR_HOUR),
        weekdays=_shrunk(rhythm.weekdays, _PRIOR_WEEKDAY),
        minutes=_beyond_chance(rhythm.minutes),
    )


def _smoothed(hours: Sequence[float]) -> list[float]:
    """Each hour with some of its neighbours: editors are no clocks."""
    own = 1 - 2 * _NEIGHBOUR
    after = (*hours[1:], hours[0])
    before = (hours[-1], *hours[:-1])
    return [
        own * hour + _NEIGHBOUR * (one + other)
        for hour, one, other in zip(hours, before, after, strict=True)
    ]


def _shrunk(counts: Sequence[float], prior: float) -> list[float]:
    """Each count against the mean count, both with the prior: 1 on average."""
    mean = sum(counts) / len(counts) + prior
    return [(count + prior) / mean for count in counts]


def _beyond_chance(counts: Sequence[float]) -> list[float]:
    """Each count against their mean, as far as they differ by more than chance.

    Most sources publish at any minute; some do when a job of theirs runs. Shrinks by
    the share of the variance that chance explains (James and Stein).
    """
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    if variance <= _CHANCE * mean:
        return [1.0] * len(counts)
    trust = 1 - _CHANCE * mean / variance
    return _shrunk([mean + trust * (count - mean) for count in counts], _PRIOR_MINUTE)
