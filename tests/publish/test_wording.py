"""How pages say dates, languages and quotations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from publish.web.wording import (
    Quote,
    quote,
    say_date,
    say_language,
    say_time,
    text_direction,
)
from store.article import Precision

MORNING = datetime(2025, 6, 22, 5, 7, 9, tzinfo=UTC)
SEEN_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)

DATES = {
    "to the minute where the second is known": (
        (MORNING, Precision.SECOND),
        "22 June 2025, 05:07 UTC",
    ),
    "to the minute where nobody says how exact": (
        (MORNING, None),
        "22 June 2025, 05:07 UTC",
    ),
    "the hour": (
        (MORNING.replace(minute=0), Precision.HOUR),
        "22 June 2025, 05:00 UTC",
    ),
    "the day": ((MORNING, Precision.DAY), "22 June 2025"),
    "the year": ((MORNING, Precision.YEAR), "2025"),
    "the month": ((MORNING, Precision.MONTH), "June 2025"),
    "no date": (
        (None, None),
        "No date given by the publisher; first seen 23 November 2026, 08:30 UTC",
    ),
}


@pytest.mark.parametrize(("date", "expected"), DATES.values(), ids=DATES)
def test_dates_are_said_as_exactly_as_they_are_known(
    date: tuple[datetime | None, Precision | None], expected: str
) -> None:
    assert say_date(*date, first_seen_at=SEEN_AT) == expected


def test_times_are_said_in_utc() -> None:
    in_rabat = datetime(2025, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))

    assert say_time(in_rabat) == "30 June 2025, 23:30 UTC"


@pytest.mark.parametrize(
    ("code", "name"),
    [("ar", "Arabic"), ("fr-MA", "French"), ("EN", "English"), ("xx", "xx")],
)
def test_languages_have_names(code: str, name: str) -> None:
    assert say_language(code) == name


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("ar-MA", "rtl"), ("fr", "ltr"), ("zgh", "ltr"), (None, "auto")],
)
def test_a_text_runs_as_its_language_does(language: str | None, direction: str) -> None:
    assert text_direction(language) == direction


def test_a_quotation_of_a_short_text_is_the_text() -> None:
    assert quote("In Mali now", 3, 7) == Quote(before="In ", hit="Mali", after=" now")


def test_a_quotation_of_a_long_text_has_whole_words_around_it() -> None:
    words = "one two three four five six seven eight nine ten "
    text = f"{words}Mali {words}"

    found = quote(text, 49, 53)

    assert found == Quote(
        before="…three four five six seven eight nine ten ",
        hit="Mali",
        after=" one two three four five six seven eight…",
    )


def test_a_quotation_beyond_the_text_is_empty() -> None:
    assert quote("short", 90, 94).hit == ""
