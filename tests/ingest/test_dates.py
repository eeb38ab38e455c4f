from datetime import UTC, datetime, timedelta

import pytest

from ingest.entry import Precision
from ingest.normalise.dates import (
    EARLIEST,
    FARTHEST_AHEAD,
    DateFault,
    Moment,
    UnusableDate,
)
from tests.ingest.dates_factories import read
from tests.ingest.normalise_factories import NOW

CAPTURED = datetime(2025, 6, 22, 12, 0, tzinfo=UTC)

FAULTS = {
    "words": ("soon", DateFault.UNREADABLE),
    "nothing": ("", DateFault.UNREADABLE),
    "the epoch": ("Thu, 01 Jan 1970 00:00:00 GMT", DateFault.TOO_EARLY),
    "the epoch in seconds": ("000000000", DateFault.TOO_EARLY),
    "before feeds": ("31 Dec 1989 23:59:59 GMT", DateFault.TOO_EARLY),
    "the year one": ("0001-01-01T00:00:00Z", DateFault.TOO_EARLY),
    "before the calendar, by its zone": (
        "0001-01-01T00:00:00+01:00",
        DateFault.UNREADABLE,
    ),
    "a week ahead": ("Mon, 30 Nov 2026 12:00:00 GMT", DateFault.FUTURE),
    "a day of next year": ("3 novembre 2027", DateFault.FUTURE),
    "seconds of the future": ("2900000000", DateFault.FUTURE),
}


@pytest.mark.parametrize(("words", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_date_of_no_use_says_why(words: str, fault: DateFault) -> None:
    written = read(words)

    assert isinstance(written, UnusableDate)
    assert (written.words, written.fault) == (words, fault)


def test_a_date_ahead_is_believed_when_it_is_a_day_away() -> None:
    ahead = NOW + timedelta(days=7)

    written = read(ahead.isoformat())

    assert isinstance(written, UnusableDate)
    assert written.believed_from == ahead - FARTHEST_AHEAD
    then = read(
        ahead.isoformat(),
        now=written.believed_from,
        written_at=written.believed_from,
    )
    assert then == Moment(at=ahead, precision=Precision.SECOND)


def test_dates_are_believed_from_1990_to_a_day_ahead() -> None:
    last = NOW + FARTHEST_AHEAD

    assert read(EARLIEST.isoformat()) == _second(EARLIEST)
    assert read(last.isoformat()) == _second(last)
    assert not isinstance(read((last + timedelta(seconds=1)).isoformat()), Moment)


def test_a_saved_page_knows_nothing_later_than_its_capture() -> None:
    written = read("28-05-2026", written_at=CAPTURED)

    assert written == UnusableDate(words="28-05-2026", fault=DateFault.FUTURE)


def test_a_capture_in_the_future_is_not_believed_either() -> None:
    ahead = NOW + timedelta(days=30)

    written = read("2 hours ago", written_at=ahead)

    assert isinstance(written, UnusableDate)
    assert written.fault is DateFault.FUTURE


def test_an_absolute_day_needs_no_moment_of_writing() -> None:
    assert isinstance(read("28-05-2025", written_at=None), Moment)


def test_white_space_counts_for_nothing() -> None:
    words = f"\n{' ' * 400}Mon,\t23 Nov 2026{' ' * 400}12:00:00 GMT\n"

    assert read(words) == _second(NOW)


@pytest.mark.parametrize(
    "words",
    ["Mon, 23 Nov 2026 12:00:00 GMT" + " " * 1_000, "1" * 121, "a " * 400, "ﷺ" * 900],
    ids=["blanks", "figures", "words", "ligatures"],
)
def test_endless_words_are_no_date(words: str) -> None:
    assert read(words) == UnusableDate(words=words, fault=DateFault.UNREADABLE)


def _second(moment: datetime) -> Moment:
    found = read(f"{moment:%Y-%m-%dT%H:%M:%SZ}")
    assert isinstance(found, Moment)
    assert found.at == moment
    return found
