"""Dates as people and mail programs write them, in any order of their parts.

RFC 822 and its habits, `date` and asctime, "mardi 3 novembre 2026 à 14h30",
"3 تشرين الثاني 2026", "Nov. 3, 2026 2:30 p.m. ET", 03/11/2026. A word that is not
understood makes the line unreadable: nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import tzinfo

from ingest.entry import Precision
from ingest.normalise.dates.clock import Clock, at_time
from ingest.normalise.dates.moment import Moment, start_of_day
from ingest.normalise.dates.parts import TIME_WAS, Parts, day_of, take_words, year_of
from ingest.normalise.dates.spelling import respelt
from ingest.normalise.dates.zones import zone_of_figures

_YEAR_FIRST = re.compile(
    r"(?<![\d:])(?P<year>\d{4})\s?([-/.:])\s?0?(?P<month>\d{1,2})\s?\2\s?"
    r"(?P<day>\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d:])(?P<day>\d{1,2})\s?([-/.])\s?(?P<month>\d{1,2})\s?\2\s?"
    r"(?P<year>\d{4}|(?<!\.)\d\d)(?![\d:])"  # 19.48.21 is a time
)
_TIME = re.compile(
    r"""
    (?<![\d:.]) (?P<hour>\d{1,2}) (?:
        (?: \s?:\s? | h | \sh\s? ) (?P<minute>\d{1,2})
            (?: (?: : | \s?mi?n?\s? ) (?P<second>\d{1,2}) (?: [.,]\d+ )? )?
            (?: \s?mi?n )?
      | h\s (?P<apart>\d\d) (?! \s[^\W\d_]{3} )  # no day of a month
      | \. (?P<pointed>\d\d) (?: \.(?P<pointed_second>\d\d) )?
      | \s?h (?: eures? | rs | s )? (?![^\W_])
      | (?= \s? (?: [ap]\.?m | صباحا | مسا ) (?!\w) )
    ) (?! \d | :\d )
    """,
    re.VERBOSE,
)
_OFFSET = re.compile(
    r"""[:-]? (?P<sign>[+-]) (?P<hours>0?\d|1[0-4])
        (?: :?(?P<minutes>[0-5]\d) (?: :[0-5]\d )? )? (?![\w:])""",
    re.VERBOSE,
)
_OFFSET_OF_A_DAY = re.compile(
    r"(?<!\w)(?P<sign>[+-])(?P<hours>0\d|1[0-4]):?(?P<minutes>[0-5]\d)(?!\w)"
)


def read_written(line: str, zone: tzinfo) -> Moment | None:
    """The moment that the folded line names, of `zone` unless it names another.

    Of figures with slashes, points or hyphens the first is the day, as all sources of
    the beat write; the month only where there is no such day. None where a word is
    not understood or a part is missing.
    """
    parts = Parts()
    line = _take_clock(_take_day(respelt(line), parts), parts)
    if not take_words(line, parts):
        return None
    day = day_of(parts)
    if day is None or parts.clock is None:
        return day
    if day.precision is not Precision.DAY:
        return None  # a time of a month that lacks its day
    return at_time(day, parts.clock.by_half(parts.after_noon), parts.zone or zone)


def read_time_of_day(line: str, zone: tzinfo) -> tuple[Clock | None, tzinfo] | None:
    """The time of day in a folded line and its zone; None where it names more.

    No clock for words that name none, such as "posted".
    """
    parts = Parts()
    is_understood = take_words(_take_clock(respelt(line), parts), parts)
    if not is_understood or parts.numbers or parts.months:
        return None
    clock = parts.clock and parts.clock.by_half(parts.after_noon)
    return clock, parts.zone or zone


def _take_day(line: str, parts: Parts) -> str:
    """The line without a day in figures."""
    found = _YEAR_FIRST.search(line) or _DAY_FIRST.search(line)
    if found is None:
        return line
    month, day = int(found["month"]), int(found["day"])
    if month > 12 >= day and found.re is _DAY_FIRST:
        month, day = day, month
    parts.day = start_of_day(year_of(found["year"]), month, day)
    return f"{line[: found.start()]} {line[found.end() :]}"


def _take_clock(line: str, parts: Parts) -> str:
    """The line without its time of day and the figures of a zone."""
    found = _TIME.search(line)
    if found is None:
        return _take_offset(line, _OFFSET_OF_A_DAY, parts)
    minute = found["minute"] or found["apart"] or found["pointed"]
    parts.clock = Clock(
        hour=int(found["hour"]),
        minute=None if minute is None else int(minute),
        second=int(found["second"] or found["pointed_second"] or 0),
    )
    behind = _take_offset(line[found.end() :], _OFFSET, parts)
    return f"{line[: found.start()]}{TIME_WAS}{behind}"


def _take_offset(line: str, form: re.Pattern[str], parts: Parts) -> str:
    found = form.search(line)
    if found is None:
        return line
    parts.zone = zone_of_figures(found["sign"], found["hours"], found["minutes"])
    return f"{line[: found.start()]} {line[found.end() :]}"
