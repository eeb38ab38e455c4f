import pytest

from ingest.normalise.dates import Moment
from tests.ingest.dates_factories import moment_of, read, spelt

NOON = "2026-11-23T12:00:00"

TIMES = {
    "RFC 3339": ("2026-11-23T12:00:00Z", NOON),
    "RFC 3339 with an offset": ("2026-11-23T13:00:00+01:00", NOON),
    "RFC 3339 with a fraction": ("2026-11-23T12:00:00.123456Z", NOON),
    "RFC 3339 with a fraction of nine digits": ("2026-11-23T12:00:00.123456789Z", NOON),
    "RFC 3339 with a comma": ("2026-11-23T12:00:00,5Z", NOON),
    "RFC 3339 in lower case": ("2026-11-23t12:00:00z", NOON),
    "RFC 3339 with a space": ("2026-11-23 12:00:00", NOON),
    "RFC 3339 with a spaced zone": ("2026-11-23 13:00:00 +0100", NOON),
    "RFC 3339 without seconds": ("2026-11-23T12:00Z", NOON),
    "RFC 3339 with a named zone": ("2026-11-23 13:00:00 CET", NOON),
    "RFC 3339 with hours of a zone": ("2026-11-23T13:00:00+01", NOON),
    "RFC 3339 west of Greenwich": ("2026-11-23T08:30:00-03:30", NOON),
    "RFC 3339 with a zone of nothing": ("2026-11-23T12:00:00-00:00", NOON),
    "RFC 3339 at the end of the day": ("2026-11-22T24:00:00Z", "2026-11-23T00:00:00"),
    "a day over the end of February": (
        "2004-02-28T18:14:55-08:00",
        "2004-02-29T02:14:55",
    ),
    "as Go writes it": ("2026-11-23 13:00:00.5 +0100 CET", NOON),
    "as Java writes it": ("2026-11-23T13:00:00+01:00[Africa/Tunis]", NOON),
    "ISO 8601 in its basic form": ("20261123T120000Z", NOON),
    "ISO 8601 in its basic form, to the minute": ("20261123T1200Z", NOON),
    "ISO 8601 by the week": ("2026-W48-1T12:00:00Z", NOON),
    "ISO 8601 by the day of the year": ("2026-327T12:00:00Z", NOON),
    "date and time in a row": ("20261123120000", NOON),
    "date and time in a row, to the minute": ("202611231200", NOON),
    "seconds since 1970": ("1795435200", NOON),
    "seconds with a fraction": ("1795435200.25", NOON),
    "milliseconds": ("1795435200000", NOON),
    "microseconds": ("1795435200000000", NOON),
    "nanoseconds": ("1795435200000000000", NOON),
    "seconds of the last century": ("800000000", "1995-05-09T06:13:20"),
    "milliseconds of the last century": ("800000000000", "1995-05-09T06:13:20"),
}


@pytest.mark.parametrize(("words", "expected"), TIMES.values(), ids=TIMES.keys())
def test_a_time_in_figures_is_known_to_the_second(words: str, expected: str) -> None:
    assert spelt(moment_of(words)) == (expected, "second")


COARSE = {
    "a day": ("2026-11-23", "2026-11-23T00:00:00", "day"),
    "a day in a row": ("20261123", "2026-11-23T00:00:00", "day"),
    "a day of a week": ("2026W481", "2026-11-23T00:00:00", "day"),
    "a day of the year": ("2026327", "2026-11-23T00:00:00", "day"),
    "the last day of a leap year": ("2024-366", "2024-12-31T00:00:00", "day"),
    "a week": ("2026-W47", "2026-11-16T00:00:00", "month"),
    "a month": ("2026-11", "2026-11-01T00:00:00", "month"),
    "a year": ("2026", "2026-01-01T00:00:00", "year"),
    "a month of last year": ("2025-06", "2025-06-01T00:00:00", "month"),
    "a week of last year": ("2025-W26", "2025-06-23T00:00:00", "month"),
    "a week in a row": ("2025W26", "2025-06-23T00:00:00", "month"),
    "a day of last year in a row": ("20250622", "2025-06-22T00:00:00", "day"),
    "a day of last year by its number": ("2025-173", "2025-06-22T00:00:00", "day"),
    "an hour": ("2026-11-23T12Z", "2026-11-23T12:00:00", "hour"),
}


@pytest.mark.parametrize(
    ("words", "expected", "precision"), COARSE.values(), ids=COARSE.keys()
)
def test_less_than_a_time_says_how_coarse_it_is(
    words: str, expected: str, precision: str
) -> None:
    assert spelt(moment_of(words)) == (expected, precision)


NO_DATES = {
    "the year nought": "0000",
    "a year too long": "22013",
    "a year too short": "013",
    "a thirteenth month": "2026-13-01T00:00:00Z",
    "month zero": "2026-00",
    "day zero": "0000-00-00 00:00:00",
    "a day that does not exist": "2026-02-30",
    "a day of the year that does not exist": "2025-366",
    "day zero of the year": "2026-000",
    "the year zero by its days": "0000-001",
    "beyond the last year by its days": "9999-999",
    "a week that does not exist": "2026-W54-1",
    "an hour that does not exist": "2026-11-23T25:00:00Z",
    "a minute that does not exist": "2026-11-23T10:61:55Z",
    "a second that does not exist": "2026-11-23T10:14:61Z",
    "a day in letters": "2013-xx-27",
    "a time in letters": "2013-01-28T09:xx:00Z",
    "a zone that does not exist": "2013-01-28T09:00:00+99:00",
    "minutes of a zone that do not exist": "2013-01-28T09:00:00+01:99",
    "a zone in letters": "2013-01-28T09:00:00+00:xx",
    "beyond the calendar by its zone": "9999-12-31T23:59:59-14:00",
    "after the calendar": "9999-12-31T24:00:00Z",
    "a row that spells no date": "20261323120000",
    "eleven digits": "17954352000",
    "seconds beyond the calendar": "9999999999999999999",
}


@pytest.mark.parametrize("words", NO_DATES.values(), ids=NO_DATES.keys())
def test_figures_that_name_no_moment_are_no_date(words: str) -> None:
    assert not isinstance(read(words), Moment)
