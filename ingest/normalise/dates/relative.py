"""Dates that count back from the moment they were written.

"3 hours ago", "il y a 2 jours", "منذ ساعتين", "hace 5 minutos", "hier à 10:15",
"just now": English, French, Arabic, Spanish. None is taken to be more exact than its
words.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from ingest.entry import Precision
from ingest.normalise.dates.clock import at_time
from ingest.normalise.dates.counting import Distance, distance_back
from ingest.normalise.dates.letters import words_of
from ingest.normalise.dates.moment import Moment, start_of_day, start_of_month
from ingest.normalise.dates.relative_words import DAYS_AGO, Unit
from ingest.normalise.dates.written import read_time_of_day

_DAY = re.compile(
    r"(?<!\w)(?:{})(?!\w)".format(
        "|".join(
            phrase.replace(" ", r"[^\w.]")
            for phrase in sorted(DAYS_AGO, key=len, reverse=True)
        )
    )
)
_MINUTES = {Unit.SECOND: 0, Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 24 * 60}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


def is_relative(line: str) -> bool:
    """Whether the folded line counts back from the moment it was written."""
    return _DAY.search(line) is not None or distance_back(words_of(line)) is not None


def count_back(line: str, written_at: datetime, zone: tzinfo) -> Moment | None:
    """The moment that the folded relative line names; None before the calendar.

    Days are those of `zone`. Minutes are known by the hour, for pages round.
    """
    try:
        if found := _DAY.search(line):
            days = DAYS_AGO[" ".join(words_of(found[0]))]
            rest = f"{line[: found.start()]} {line[found.end() :]}"
            return _on_day(_days_before(written_at.astimezone(zone), days), rest, zone)
        distance = distance_back(words_of(line))
        return None if distance is None else _before(written_at, distance, zone)
    except (OverflowError, ValueError):
        return None


def _on_day(day: Moment | None, rest: str, zone: tzinfo) -> Moment | None:
    time = read_time_of_day(rest, zone)
    if day is None or time is None:
        return None
    clock, its_zone = time
    return day if clock is None else at_time(day, clock, its_zone)


def _before(written_at: datetime, distance: Distance, zone: tzinfo) -> Moment | None:
    """The moment so far back, as exactly as the finest of its units."""
    finest = min((unit for _, unit in distance), key=lambda unit: unit.value)
    if finest.value <= Unit.HOUR.value:
        return _minutes_before(written_at, distance, finest)
    local = written_at.astimezone(zone)
    if any(unit in _MONTHS for _, unit in distance):
        return _months_before(local, _sum(distance, _MONTHS))
    day = _days_before(local, _sum(distance, _DAYS))
    if day is None or finest is Unit.DAY:
        return day
    return Moment(at=day.at, precision=Precision.MONTH)


def _sum(distance: Distance, units: dict[Unit, int]) -> int:
    return sum(count * units.get(unit, 0) for count, unit in distance)


def _minutes_before(written_at: datetime, distance: Distance, finest: Unit) -> Moment:
    moment = written_at.astimezone(UTC).replace(second=0, microsecond=0)
    if finest is Unit.HOUR:
        moment = moment.replace(minute=0)
    at = moment - timedelta(minutes=_sum(distance, _MINUTES))
    return Moment(at=at, precision=Precision.HOUR)


def _days_before(local: datetime, count: int) -> Moment | None:
    day = local.date() - timedelta(days=count)
    return start_of_day(day.year, day.month, day.day)


def _months_before(local: datetime, count: int) -> Moment | None:
    year, month = divmod(local.year * 12 + local.month - 1 - count, 12)
    return start_of_month(year, month + 1)
