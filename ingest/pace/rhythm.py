"""When a source publishes, learnt from what its polls showed; decisions only.

A `Rhythm` is small enough to be kept beside each source: it remembers counts that fade,
never single articles. What is to be expected of it is `forecast`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log
from typing import Any, TypeAlias

HOURS, WEEKDAYS, MINUTES = 24, 7, 12
"""Hours of a day, days of a week, and twelfths of an hour, all in UTC."""

# Chosen with benchmarks/polling.py on its first part; the second confirmed them.
_HALF_LIFE = timedelta(days=21)  # of habits
RECENT_HALF_LIFE = timedelta(days=1)  # of how busy these days are
_KNOWN_AFTER_DAYS = 1.0
_OUTLIERS = 10  # one article in so many of a first document is kept for years
_DIGITS = 4  # kept in the store; a ten-thousandth of an article says nothing

Moments: TypeAlias = Sequence[datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Counts of a source's articles, each worth half after three weeks.

    `hours`, `weekdays` (0 is Monday) and `minutes` (twelfths of an hour) count the
    same articles in three ways, by UTC. `days` is for how long the source has been
    watched, faded as the counts are. `recent` counts the articles of these days and
    `expected` how many the habits let expect in the same time; both halve in a day.
    `known_until` (aware UTC) is up to when all of this is known. `window` is how many
    entries the source's document holds, 0 where nobody knows.
    """

    hours: tuple[float, ...]
    weekdays: tuple[float, ...]
    minutes: tuple[float, ...]
    days: float
    recent: float
    expected: float
    known_until: datetime
    window: int = 0

    @property
    def articles(self) -> float:
        """How many articles the habits rest on, faded."""
        return sum(self.weekdays)

    @property
    def is_known(self) -> bool:
        """Whether it rests on a time long enough to poll by."""
        return self.days >= _KNOWN_AFTER_DAYS


def begin(since: datetime) -> Rhythm:
    """The rhythm of a source that nobody has watched before `since`."""
    return Rhythm(
        hours=(0.0,) * HOURS,
        weekdays=(0.0,) * WEEKDAYS,
        minutes=(0.0,) * MINUTES,
        days=0.0,
        recent=0.0,
        expected=0.0,
        known_until=since,
    )


def add_articles(
    rhythm: Rhythm, published: Iterable[datetime], *, now: datetime, expected: float
) -> Rhythm:
    """The rhythm once everything up to now is known; articles lie since it last was.

    `expected` is how many articles were to be expected meanwhile, faded as recent
    ones are. A clock that went back teaches nothing.
    """
    passed = now - rhythm.known_until
    if passed <= timedelta(0):
        return rhythm
    moments = [moment.astimezone(UTC) for moment in published]
    weights = [_fade(now - moment, _HALF_LIFE) for moment in moments]
    recent = sum(_fade(now - moment, RECENT_HALF_LIFE) for moment in moments)
    fade, fade_recent = _fade(passed, _HALF_LIFE), _fade(passed, RECENT_HALF_LIFE)
    hours = [moment.hour for moment in moments]
    weekdays = [moment.weekday() for moment in moments]
    minutes = [moment.minute * MINUTES // 60 for moment in moments]
    return Rhythm(
        hours=_count(rhythm.hours, fade, hours, weights),
        weekdays=_count(rhythm.weekdays, fade, weekdays, weights),
        minutes=_count(rhythm.minutes, fade, minutes, weights),
        days=rhythm.days * fade + _faded_days(fade),
        recent=rhythm.recent * fade_recent + recent,
        expected=rhythm.expected * fade_recent + expected,
        known_until=now,
        window=rhythm.window,
    )


def pack(rhythm: Rhythm) -> dict[str, Any]:
    """The rhythm as JSON keeps it."""
    return {
        "hours": _rounded(rhythm.hours),
        "weekdays": _rounded(rhythm.weekdays),
        "minutes": _rounded(rhythm.minutes),
        "numbers": _rounded((rhythm.days, rhythm.recent, rhythm.expected)),
        "known_until": rhythm.known_until.isoformat(),
        "window": rhythm.window,
    }


def unpack(packed: dict[str, Any]) -> Rhythm:
    """The rhythm that was packed."""
    days, recent, expected = packed["numbers"]
    return Rhythm(
        hours=tuple(packed["hours"]),
        weekdays=tuple(packed["weekdays"]),
        minutes=tuple(packed["minutes"]),
        days=days,
        recent=recent,
        expected=expected,
        known_until=datetime.fromisoformat(packed["known_until"]),
        window=packed["window"],
    )


def _fade(age: timedelta, half_life: timedelta) -> float:
    return float(0.5 ** max(age / half_life, 0.0))


def _faded_days(fade: float) -> float:
    """The days of a time at whose end its beginning is worth `fade`."""
    return _HALF_LIFE / timedelta(days=1) * (1 - fade) / log(2)


def _count(
    counts: Sequence[float],
    fade: float,
    places: Iterable[int],
    weights: Iterable[float],
) -> tuple[float, ...]:
    counted = [count * fade for count in counts]
    for place, weight in zip(places, weights, strict=True):
        counted[place] += weight
    return tuple(counted)


def _rounded(numbers: Iterable[float]) -> list[float]:
    return [round(number, _DIGITS) for number in numbers]
