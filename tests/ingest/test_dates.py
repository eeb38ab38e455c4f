from datetime import UTC, datetime, timedelta

import pytest

from ingest.entry import Precision
from ingest.normalise.dates import EARLIEST, parse_date, parse_moment
from tests.ingest.normalise_factories import NOW

CAPTURED = datetime(2025, 6, 22, 12, 34, 56, 7, tzinfo=UTC)
NOON = "2026-11-23T12:00:00"

FULL_DATES = {
    "RFC 822 as feeds write it": ("Mon, 23 Nov 2026 12:00:00 +0000", NOON),
    "a zone east of Greenwich": ("Mon, 23 Nov 2026 13:00:00 +0100", NOON),
    "a zone west of Greenwich": ("Mon, 23 Nov 2026 08:30:00 -0330", NOON),
    "GMT": ("Mon, 23 Nov 2026 12:00:00 GMT", NOON),
    "UT": ("Mon, 23 Nov 2026 12:00:00 UT", NOON),
    "Z": ("Mon, 23 Nov 2026 12:00:00 Z", NOON),
    "eastern standard time": ("Mon, 23 Nov 2026 07:00:00 EST", NOON),
    "pacific daylight time": ("Mon, 23 Nov 2026 05:00:00 PDT", NOON),
    "central european time": ("Mon, 23 Nov 2026 13:00:00 CET", NOON),
    "central european summer time": ("Mon, 23 Nov 2026 14:00:00 CEST", NOON),
    "western european time": ("Mon, 23 Nov 2026 12:00:00 WET", NOON),
    "western european summer time": ("Mon, 23 Nov 2026 13:00:00 WEST", NOON),
    "a zone in lower case": ("mon, 23 nov 2026 14:00:00 cest", NOON),
    "a zone that nobody knows is UTC": ("23 Nov 2026 12:00:00 XYZ", NOON),
    "a zone of the tz database is UTC": ("23 Nov 2026 12:00 Africa/Tunis", NOON),
    "no zone is UTC": ("Mon, 23 Nov 2026 12:00:00", NOON),
    "a zone in words and figures": ("23 Nov 2026 13:00:00 GMT+0100", NOON),
    "a zone of one figure": ("23 Nov 2026 13:00:00 UTC+1", NOON),
    "a zone of three figures": ("23 Nov 2026 17:30:00 +530", NOON),
    "a zone with its name in a comment": ("23 Nov 2026 13:00:00 +0100 (CET)", NOON),
    "no seconds": ("Mon, 23 Nov 2026 12:00 GMT", NOON),
    "no day of the week": ("23 Nov 2026 12:00:00 GMT", NOON),
    "the wrong day of the week": ("Fri, 23 Nov 2026 12:00:00 GMT", NOON),
    "a day of the week in French": ("Lun, 23 Nov 2026 12:00:00 GMT", NOON),
    "a day of the week in Arabic": ("الاثنين, 23 Nov 2026 12:00:00 GMT", NOON),
    "a day of the week without comma": ("Mon 23 Nov 2026 12:00:00 GMT", NOON),
    "a comma without a day of the week": (", 23 Nov 2026 12:00:00 GMT", NOON),
    "a comma without a space": ("Mon,23 Nov 2026 12:00:00 GMT", NOON),
    "a comma after the year": ("Mon, 23 Nov 2026, 12:00:00 GMT", NOON),
    "RFC 850": ("Monday, 23-Nov-26 12:00:00 GMT", NOON),
    "a month in full": ("Monday, 23 November 2026 12:00:00 GMT", NOON),
    "a month with a point": ("23 nov. 2026 12:00:00 GMT", NOON),
    "a year of two digits": ("23 Nov 26 12:00:00 GMT", NOON),
    "a year of the last century": ("23 Nov 96 12:00 GMT", "1996-11-23T12:00:00"),
    "a year counted from 1900": ("Mon, 23 Nov 126 12:00:00 GMT", NOON),
    "a day of one digit": ("3 Nov 2026 12:00:00 GMT", "2026-11-03T12:00:00"),
    "an hour of one digit": ("23 Nov 2026 9:05:00 GMT", "2026-11-23T09:05:00"),
    "an afternoon": ("23 Nov 2026 01:05 PM", "2026-11-23T13:05:00"),
    "noon by the half-day clock": ("23 Nov 2026 12:00 pm GMT", NOON),
    "midnight by the half-day clock": ("23 Nov 2026 12:00am", "2026-11-23T00:00:00"),
    "midnight as 24:00": ("22 Nov 2026 24:00:00 GMT", "2026-11-23T00:00:00"),
    "a leap second": ("31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00"),
    "line breaks and tabs": ("\n\t Mon, 23 Nov\t2026  12:00:00 GMT \n", NOON),
    "RFC 3339": ("2026-11-23T12:00:00Z", NOON),
    "RFC 3339 with an offset": ("2026-11-23T13:00:00+01:00", NOON),
    "RFC 3339 with a fraction": ("2026-11-23T12:00:00.123456Z", NOON),
    "RFC 3339 in lower case": ("2026-11-23t12:00:00z", NOON),
    "RFC 3339 with a space": ("2026-11-23 12:00:00", NOON),
    "RFC 3339 with a spaced zone": ("2026-11-23 13:00:00 +0100", NOON),
    "RFC 3339 without seconds": ("2026-11-23T12:00Z", NOON),
    "RFC 3339 with a named zone": ("2026-11-23 13:00:00 CET", NOON),
    "slashes, year first": ("2026/11/23 12:00:00", NOON),
}


@pytest.mark.parametrize(
    ("words", "expected"), FULL_DATES.values(), ids=FULL_DATES.keys()
)
def test_a_full_date_is_known_to_the_second(words: str, expected: str) -> None:
    moment = parse_date(words, now=NOW)

    assert moment is not None
    assert moment.at == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert moment.at.tzinfo is UTC
    assert moment.precision is Precision.SECOND


COARSE_DATES = {
    "RFC 3339 without a time": ("2026-11-23", "2026-11-23", Precision.DAY),
    "RFC 822 without a time": ("Mon, 23 Nov 2026", "2026-11-23", Precision.DAY),
    "a month alone": ("2026-11", "2026-11-01", Precision.MONTH),
}


@pytest.mark.parametrize(
    ("words", "day", "precision"), COARSE_DATES.values(), ids=COARSE_DATES.keys()
)
def test_a_date_without_a_time_says_how_coarse_it_is(
    words: str, day: str, precision: Precision
) -> None:
    moment = parse_date(words, now=NOW)

    assert moment is not None
    assert moment.at == datetime.fromisoformat(day).replace(tzinfo=UTC)
    assert moment.precision is precision


NO_DATES = {
    "nothing": "",
    "words": "yesterday",
    "a month that does not exist": "23 Nox 2026 12:00:00 GMT",
    "a thirteenth month": "2026-13-01T00:00:00Z",
    "month zero": "2026-00",
    "a day that does not exist": "30 Feb 2026 12:00:00 GMT",
    "an hour that does not exist": "23 Nov 2026 25:00:00 GMT",
    "later than midnight at the end": "23 Nov 2026 24:00:01 GMT",
    "a minute that does not exist": "23 Nov 2026 12:60:00 GMT",
    "a second that does not exist": "23 Nov 2026 12:00:61 GMT",
    "a zone that does not exist": "23 Nov 2026 12:00:00 +2500",
    "the epoch": "Thu, 01 Jan 1970 00:00:00 GMT",
    "before feeds": "31 Dec 1989 23:59:59 GMT",
    "year zero": "0000-01-01",
    "before the calendar, by its zone": "0001-01-01T00:00:00+01:00",
    "after the calendar": "9999-12-31T24:00:00Z",
    "far ahead": "Mon, 30 Nov 2026 12:00:00 GMT",
    "day first in figures is ambiguous": "03/11/2026",
    "something behind the date": "23 Nov 2026 12:00:00 GMT and more",
    "endless words": "Mon, 23 Nov 2026 12:00:00 GMT" + " " * 100,
}


@pytest.mark.parametrize("words", NO_DATES.values(), ids=NO_DATES.keys())
def test_what_cannot_be_read_or_believed_is_no_date(words: str) -> None:
    assert parse_date(words, now=NOW) is None


def test_dates_are_believed_from_1990_to_two_days_ahead() -> None:
    last = NOW.replace(microsecond=0) + timedelta(days=2)

    assert parse_date(EARLIEST.isoformat(), now=NOW) is not None
    assert parse_date(last.isoformat(), now=NOW) is not None
    assert parse_date((last + timedelta(seconds=1)).isoformat(), now=NOW) is None


WORDINGS = {
    "seconds": ("a few seconds ago", "2025-06-22T12:34", Precision.HOUR),
    "just now": ("just now", "2025-06-22T12:34", Precision.HOUR),
    "a minute": ("a minute ago", "2025-06-22T12:33", Precision.HOUR),
    "minutes": ("35 minutes ago", "2025-06-22T11:59", Precision.HOUR),
    "an hour": ("an hour ago", "2025-06-22T11:00", Precision.HOUR),
    "hours": ("7 hours ago", "2025-06-22T05:00", Precision.HOUR),
    "a day": ("a day ago", "2025-06-21T00:00", Precision.DAY),
    "two days": ("2 days ago", "2025-06-20T00:00", Precision.DAY),
    "three days": ("3 days ago", "2025-06-19T00:00", Precision.DAY),
    "a month": ("a month ago", "2025-05-01T00:00", Precision.MONTH),
    "months over new year": ("7 months ago", "2024-11-01T00:00", Precision.MONTH),
    "back to January": ("5 months ago", "2025-01-01T00:00", Precision.MONTH),
    "back to December": ("6 months ago", "2024-12-01T00:00", Precision.MONTH),
    "a year": ("a year ago", "2024-06-01T00:00", Precision.MONTH),
    "years": ("3 years ago", "2022-06-01T00:00", Precision.MONTH),
    "capitals and spaces": (" 2  Days Ago ", "2025-06-20T00:00", Precision.DAY),
    "day, month and year": ("28-05-2025", "2025-05-28T00:00", Precision.DAY),
}


@pytest.mark.parametrize(
    ("words", "expected", "precision"), WORDINGS.values(), ids=WORDINGS.keys()
)
def test_the_wording_of_a_saved_page(
    words: str, expected: str, precision: Precision
) -> None:
    moment = parse_moment(words, captured_at=CAPTURED)

    assert moment is not None
    assert moment.at == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert moment.precision is precision


def test_a_relative_time_without_a_capture_is_none() -> None:
    assert parse_moment("7 hours ago", captured_at=None) is None


def test_an_absolute_day_needs_no_capture() -> None:
    moment = parse_moment("28-05-2025", captured_at=None)

    assert moment is not None
    assert moment.at == datetime(2025, 5, 28, tzinfo=UTC)
    assert moment.precision is Precision.DAY


NO_WORDINGS = {
    "other words": "in a while",
    "the future": "in 2 hours",
    "a day that does not exist": "31-02-2025",
    "a day after the capture": "28-05-2026",
    "before feeds": "40 years ago",
    "a day before feeds": "28-05-1970",
}


@pytest.mark.parametrize("words", NO_WORDINGS.values(), ids=NO_WORDINGS.keys())
def test_other_wording_is_no_moment(words: str) -> None:
    assert parse_moment(words, captured_at=CAPTURED) is None


def test_counting_back_past_the_calendar_is_no_moment() -> None:
    first_day = datetime(1, 1, 1, tzinfo=UTC)

    assert parse_moment("2 days ago", captured_at=first_day) is None
    assert parse_moment("999 years ago", captured_at=first_day) is None
