"""Dates in figures alone: ISO 8601 in its many forms, and seconds since 1970.

Dates with slashes, or with words, are `written`'s.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from ingest.entry import Precision
from ingest.normalise.dates.clock import Clock, at_time
from ingest.normalise.dates.moment import (
    Moment,
    start_of_day,
    start_of_month,
    start_of_year,
)
from ingest.normalise.dates.zones import zone_of_figures

# RFC 3339 allows "t", "_" or a space; the zone may be followed by its name, as Go and
# Java write it: "+0100 CET", "+01:00[Africa/Tunis]".
_ISO = re.compile(
    r"""
    (?P<year>\d{4}) (?:
        -? w (?P<week>\d\d) (?: -? (?P<weekday>[1-7]) )?
      | -? (?P<ordinal>\d{3}) (?!\d)
      | - (?P<month>\d{1,2}) (?: - (?P<day>\d{1,2}) )?
      | (?P<plain_month>\d\d) (?P<plain_day>\d\d)
    )
    (?: [t_\s] (?P<hour>\d\d)
        (?: :? (?P<minute>\d\d) (?: :? (?P<second>\d\d) (?: [.,]\d+ )? )? )?
        (?: \s? (?P<zone> z | [+-](?:0\d|1[0-4]) (?: :? [0-5]\d )? )
            (?: \s [a-z]+ | \[ [a-z/_]+ \] )? )?
    )?
    """,
    re.VERBOSE | re.ASCII,
)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_TIMESTAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?", re.ASCII)
_EPOCH = re.compile(r"(\d{9,19})(?:\.\d+)?", re.ASCII)
# Digits by which a count since 1970 tells its unit, and the unit in seconds.
_UNITS = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}
_LATEST_EPOCH = 253_402_300_799  # the last second of the year 9999


def read_figures(line: str, zone: tzinfo) -> Moment | None:
    """The moment that a folded line of figures names; None for other lines.

    Without a zone of its own a time is of `zone`. Ten digits are seconds since 1970,
    thirteen milliseconds, sixteen microseconds; twelve or fourteen that spell a date
    and a time are one.
    """
    if found := _ISO.fullmatch(line):
        return _iso(found, zone)
    if _YEAR.fullmatch(line):
        return start_of_year(int(line))
    if found := _TIMESTAMP.fullmatch(line):
        moment = _timestamp([int(part or 0) for part in found.groups()], zone)
        if moment is not None:
            return moment
    if found := _EPOCH.fullmatch(line):
        return _since_1970(found[1])
    return None


def _iso(found: re.Match[str], zone: tzinfo) -> Moment | None:
    day = _iso_day(found)
    if day is None or found["hour"] is None:
        return day
    clock = Clock(
        hour=int(found["hour"]),
        minute=None if found["minute"] is None else int(found["minute"]),
        second=int(found["second"] or 0),
    )
    return at_time(day, clock, _zone(found["zone"], zone))


def _iso_day(found: re.Match[str]) -> Moment | None:
    year = int(found["year"])
    if found["week"]:
        return _day_of_week(year, int(found["week"]), found["weekday"])
    if found["ordinal"]:
        return _day_of_year(year, int(found["ordinal"]))
    month = int(found["month"] or found["plain_month"])
    day = found["day"] or found["plain_day"]
    if day is None:
        return start_of_month(year, month)
    return start_of_day(year, month, int(day))


def _day_of_week(year: int, week: int, weekday: str | None) -> Moment | None:
    """The day of an ISO week; a week alone stands at its Monday, known by the month."""
    try:
        day = date.fromisocalendar(year, week, int(weekday or 1))
    except ValueError:
        return None
    precision = Precision.DAY if weekday else Precision.MONTH
    return Moment(
        at=datetime(day.year, day.month, day.day, tzinfo=UTC), precision=precision
    )


def _day_of_year(year: int, ordinal: int) -> Moment | None:
    first = start_of_day(year, 1, 1)
    if first is None or ordinal == 0:
        return None
    try:
        at = first.at + timedelta(days=ordinal - 1)
    except OverflowError:
        return None
    is_there = at.year == year  # the 366th day of most years is not
    return Moment(at=at, precision=Precision.DAY) if is_there else None


def _timestamp(parts: list[int], zone: tzinfo) -> Moment | None:
    year, month, day, hour, minute, second = parts
    date = start_of_day(year, month, day)
    return date and at_time(date, Clock(hour=hour, minute=minute, second=second), zone)


def _since_1970(digits: str) -> Moment | None:
    unit = _UNITS.get(len(digits))
    if unit is None or int(digits) // unit > _LATEST_EPOCH:
        return None
    at = datetime.fromtimestamp(int(digits) // unit, tz=UTC)
    return Moment(at=at, precision=Precision.SECOND)


def _zone(words: str | None, default: tzinfo) -> tzinfo:
    if words is None:
        return default
    if words == "z":
        return UTC
    return zone_of_figures(words[0], words[1:3], words[3:].removeprefix(":"))
