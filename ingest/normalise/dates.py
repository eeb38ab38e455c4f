"""The words of a date -> a moment in UTC and how exactly it is known.

Reads RFC 822 and RFC 3339 dates with the habits of real feeds, and the relative
wording of saved pages. What cannot be read or believed is None; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ingest.entry import Precision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No feed is older; 1970 is what a program writes that knows no date."""

FARTHEST_AHEAD = timedelta(days=2)
"""Beyond every zone and slow clock: what is later announces, or errs."""

_LONGEST = 100  # characters; real dates have under forty
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
# By hours east of UTC. Names that several countries use differently (IST, AST) are
# left out: as RFC 5322, 4.3 has it, an unknown zone counts as UTC.
_ZONE_NAMES = {
    1: "west cet met bst wat",
    2: "cest mest eet cat sast",
    3: "eest eat msk",
    9: "jst",
    10: "aest",
    11: "aedt",
    -4: "edt",
    -5: "est cdt",
    -6: "cst mdt",
    -7: "mst pdt",
    -8: "pst",
}
_ZONES = {
    name: timedelta(hours=hours)
    for hours, names in _ZONE_NAMES.items()
    for name in names.split()
}
_TIME_AND_ZONE = r"""
    (?P<hour>\d{1,2}) : (?P<minute>\d{2})
    (?: : (?P<second>\d{2}) (?: [.,]\d+ )? )?
    (?: \s?(?P<half>[ap])\.?m\b\.? )?
    \s? (?P<zone>[a-z][a-z/_]*)?
    (?: \s?(?P<sign>[+-])(?P<zone_hours>0?\d|1[0-4]) :? (?P<zone_minutes>[0-5]\d)? )?
    (?: \s?\( [^()]* \) )?  # RFC 822 puts a comment here: "+0100 (CET)"
"""
_FORMS = tuple(
    re.compile(form, re.VERBOSE | re.IGNORECASE | re.ASCII)
    for form in (
        rf"""(?P<year>\d{{4}}) [-/] (?P<month>\d{{1,2}})
             (?: [-/] (?P<day>\d{{1,2}}) (?: (?:t\s?|\s) {_TIME_AND_ZONE} )? )?""",
        rf"""(?: [^\d\s,.]+[.]? )? [,\s]* (?P<day>\d{{1,2}}) [\s.-]{{1,2}}
             (?P<month>[a-z]{{3,9}}) [\s.,-]{{1,2}} (?P<year>\d{{2,4}})
             (?: ,?\s {_TIME_AND_ZONE} )?""",
    )
)
_RELATIVE = re.compile(
    r"(?P<count>an?|\d{1,3}) (?P<unit>minute|hour|day|month|year)s? ago"
)
_JUST_NOW = frozenset({"just now", "a few seconds ago"})
_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time (aware UTC) and how exactly it is known.

    A coarse time stands at the start of its day or month.
    """

    at: datetime
    precision: Precision


def parse_date(words: str, *, now: datetime) -> Moment | None:
    """The moment that a feed's date names; None where it cannot be read or believed.

    A date without a zone, or with an unknown one, is UTC. Believed is what lies
    between 1990 and two days after `now`. The day of the week is not looked at.
    """
    if len(words) > _LONGEST:
        return None
    line = " ".join(words.split())
    for form in _FORMS:
        if found := form.fullmatch(line):
            return believed(_moment(found.groupdict()), now)
    return None


def parse_moment(words: str, *, captured_at: datetime | None) -> Moment | None:
    """The moment that a saved page's wording names, such as "7 hours ago".

    Reads the English of moment.js, counted back from the capture, and day-month-year.
    None where the words are others, or relative and nobody knows when the page was
    captured. Minutes are given the precision of an hour: pages round.
    """
    line = " ".join(words.split()).lower()
    if found := _DAY_FIRST.fullmatch(line):
        day, month, year = (int(number) for number in found.groups())
        moment = _start_of_day(year, month, day)
        return believed(moment, captured_at)
    if captured_at is None:
        return None
    return believed(_counted_back(line, captured_at.astimezone(UTC)), captured_at)


def believed(moment: Moment | None, now: datetime | None) -> Moment | None:
    """The moment if it lies between 1990 and two days after now, else None.

    Where `now` is None, only the past is judged.
    """
    if moment is None or moment.at < EARLIEST:
        return None
    if now is not None and moment.at - now > FARTHEST_AHEAD:
        return None
    return moment


def _moment(parts: dict[str, str | None]) -> Moment | None:
    """What a form's named groups say; None for a day or a time that does not exist."""
    month = _month(parts["month"] or "")
    if month is None:
        return None
    moment = _start_of_day(_year(parts["year"] or ""), month, int(parts["day"] or 1))
    if parts["day"] is None and moment is not None:
        return Moment(at=moment.at, precision=Precision.MONTH)
    if parts["hour"] is None or moment is None:
        return moment
    return _at_time(moment.at, parts)


def _start_of_day(year: int, month: int, day: int) -> Moment | None:
    try:
        return Moment(
            at=datetime(year, month, day, tzinfo=UTC), precision=Precision.DAY
        )
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """The number of the month, from its number or its English name or abbreviation."""
    if word.isdigit():
        return int(word)
    names = (name.startswith(word.lower()) for name in _MONTHS)
    return next((number for number, fits in enumerate(names, 1) if fits), None)


def _year(digits: str) -> int:
    """The year in full: RFC 5322, 4.3 on years of two and three digits."""
    year = int(digits)
    if len(digits) == 2 and year < 50:
        return year + 2000
    return year if len(digits) == 4 else year + 1900


def _at_time(day: datetime, parts: dict[str, str | None]) -> Moment | None:
    """The day at its time, less its zone; midnight may be 24:00, a minute have 61 s."""
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = int(parts["second"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"] in "pP" else 0)
    if minute > 59 or second > 60 or (hour, minute, second) > (24, 0, 0):
        return None
    time = timedelta(hours=hour, minutes=minute, seconds=second)
    try:
        return Moment(at=day + (time - _offset(parts)), precision=Precision.SECOND)
    except OverflowError:
        return None


def _offset(parts: dict[str, str | None]) -> timedelta:
    """How far the zone is ahead of UTC; figures win over a name, as in GMT+1."""
    if parts["sign"] is None:
        return _ZONES.get((parts["zone"] or "").lower(), timedelta(0))
    hours, minutes = int(parts["zone_hours"] or 0), int(parts["zone_minutes"] or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return offset if parts["sign"] == "+" else -offset


def _counted_back(line: str, captured_at: datetime) -> Moment | None:
    if line in _JUST_NOW:
        return _minutes_before(captured_at, 0)
    found = _RELATIVE.fullmatch(line)
    if found is None:
        return None
    count = int(found["count"]) if found["count"].isdigit() else 1
    try:
        return _BACK[found["unit"]](captured_at, count)
    except (OverflowError, ValueError):  # before the calendar
        return None


def _minutes_before(moment: datetime, count: int) -> Moment:
    at = moment.replace(second=0, microsecond=0) - timedelta(minutes=count)
    return Moment(at=at, precision=Precision.HOUR)


def _hours_before(moment: datetime, count: int) -> Moment:
    return _minutes_before(moment.replace(minute=0), count * 60)


def _days_before(moment: datetime, count: int) -> Moment:
    at = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(at=at - timedelta(days=count), precision=Precision.DAY)


def _months_before(moment: datetime, count: int) -> Moment:
    year, month = divmod(moment.year * 12 + moment.month - 1 - count, 12)
    at = datetime(year, month + 1, 1, tzinfo=UTC)
    return Moment(at=at, precision=Precision.MONTH)


def _years_before(moment: datetime, count: int) -> Moment:
    return _months_before(moment, count * 12)


_BACK = {
    "minute": _minutes_before,
    "hour": _hours_before,
    "day": _days_before,
    "month": _months_before,
    "year": _years_before,
}
