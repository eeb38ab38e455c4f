from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ingest.normalise.dates import DateFault, Moment, UnusableDate
from tests.ingest.dates_factories import moment_of, read, spelt

CAPTURED = datetime(2025, 6, 22, 12, 34, 56, 7, tzinfo=UTC)

COUNTED = {
    "seconds": ("a few seconds ago", "2025-06-22T12:34", "hour"),
    "just now": ("just now", "2025-06-22T12:34", "hour"),
    "a minute": ("a minute ago", "2025-06-22T12:33", "hour"),
    "minutes": ("35 minutes ago", "2025-06-22T11:59", "hour"),
    "an hour": ("an hour ago", "2025-06-22T11:00", "hour"),
    "hours": ("7 hours ago", "2025-06-22T05:00", "hour"),
    "a day": ("a day ago", "2025-06-21T00:00", "day"),
    "two days": ("2 days ago", "2025-06-20T00:00", "day"),
    "a day in letters": ("three days ago", "2025-06-19T00:00", "day"),
    "weeks are not known by the day": ("2 weeks ago", "2025-06-08T00:00", "month"),
    "a month": ("a month ago", "2025-05-01T00:00", "month"),
    "months over new year": ("7 months ago", "2024-11-01T00:00", "month"),
    "back to January": ("5 months ago", "2025-01-01T00:00", "month"),
    "back to December": ("6 months ago", "2024-12-01T00:00", "month"),
    "a year": ("a year ago", "2024-06-01T00:00", "month"),
    "years": ("3 years ago", "2022-06-01T00:00", "month"),
    "capitals and spaces": (" 2  Days Ago ", "2025-06-20T00:00", "day"),
    "in short": ("5h ago", "2025-06-22T07:00", "hour"),
    "led by a word": ("Posted 2 hrs. ago", "2025-06-22T10:00", "hour"),
    "hours and minutes": ("2 hours 5 min ago", "2025-06-22T10:29", "hour"),
    "days and hours": ("1 day and 2 hours ago", "2025-06-21T10:00", "hour"),
    "years and months": ("1 year 2 months ago", "2024-04-01T00:00", "month"),
    "about": ("about 3 hours ago", "2025-06-22T09:00", "hour"),
    "yesterday": ("yesterday", "2025-06-21T00:00", "day"),
    "today": ("Today", "2025-06-22T00:00", "day"),
    "yesterday at": ("Yesterday at 10:15 PM", "2025-06-21T22:15", "second"),
    "French hours": ("il y a 2 heures", "2025-06-22T10:00", "hour"),
    "a French hour": ("il y a une heure", "2025-06-22T11:00", "hour"),
    "French hours and minutes": ("il y a 1h30", "2025-06-22T11:04", "hour"),
    "French days": ("Publié il y a 3 jours", "2025-06-19T00:00", "day"),
    "French days in short": ("il y a 3 j", "2025-06-19T00:00", "day"),
    "a French week": ("il y a une semaine", "2025-06-15T00:00", "month"),
    "French months": ("il y a deux mois", "2025-04-01T00:00", "month"),
    "a French year": ("il y a un an", "2024-06-01T00:00", "month"),
    "more than a French year": ("il y a plus d'un an", "2024-06-01T00:00", "month"),
    "French just now": ("à l'instant", "2025-06-22T12:34", "hour"),
    "French just now, typeset": ("À l’instant", "2025-06-22T12:34", "hour"),
    "French yesterday": ("hier", "2025-06-21T00:00", "day"),
    "French yesterday at": ("hier à 10:15", "2025-06-21T10:15", "second"),
    "French yesterday at an hour": ("Hier, 10h", "2025-06-21T10:00", "hour"),
    "the day before yesterday": ("avant-hier à 9h05", "2025-06-20T09:05", "second"),
    "French today": ("Publié aujourd'hui à 14h30", "2025-06-22T14:30", "second"),
    "an Arabic hour": ("منذ ساعة", "2025-06-22T11:00", "hour"),
    "two Arabic hours": ("منذ ساعتين", "2025-06-22T10:00", "hour"),
    "Arabic hours": ("قبل 3 ساعات", "2025-06-22T09:00", "hour"),
    "Arabic minutes": ("منذ ٢٠ دقيقة", "2025-06-22T12:14", "hour"),
    "Arabic hours and minutes": ("منذ ساعة و20 دقيقة", "2025-06-22T11:14", "hour"),
    "Arabic days": ("قبل 3 أيام", "2025-06-19T00:00", "day"),
    "Arabic days in letters": ("منذ ثلاثة أيام", "2025-06-19T00:00", "day"),
    "two Arabic days": ("منذ يومين", "2025-06-20T00:00", "day"),
    "eleven Arabic days": ("منذ 11 يوماً", "2025-06-11T00:00", "day"),
    "one Arabic day": ("منذ يوم واحد", "2025-06-21T00:00", "day"),
    "an Arabic week": ("منذ أسبوع", "2025-06-15T00:00", "month"),
    "two Arabic months": ("منذ شهرين", "2025-04-01T00:00", "month"),
    "an Arabic year": ("قبل سنة", "2024-06-01T00:00", "month"),
    "Arabic moments": ("منذ لحظات", "2025-06-22T12:34", "hour"),
    "Arabic now": ("الآن", "2025-06-22T12:34", "hour"),
    "Arabic yesterday": ("أمس", "2025-06-21T00:00", "day"),
    "Arabic yesterday at": ("أمس 10:15 مساءً", "2025-06-21T22:15", "second"),
    "Arabic today": ("اليوم على الساعة 10:15", "2025-06-22T10:15", "second"),
    "two days ago in Arabic": ("أول أمس", "2025-06-20T00:00", "day"),
    "Spanish hours": ("hace 2 horas", "2025-06-22T10:00", "hour"),
    "a Spanish day": ("hace un día", "2025-06-21T00:00", "day"),
    "Spanish yesterday": ("ayer a las 10:15", "2025-06-21T10:15", "second"),
}


@pytest.mark.parametrize(
    ("words", "expected", "precision"), COUNTED.values(), ids=COUNTED.keys()
)
def test_words_count_back_from_when_they_were_written(
    words: str, expected: str, precision: str
) -> None:
    moment = moment_of(words, written_at=CAPTURED)

    assert spelt(moment) == (f"{expected}:00", precision)


@pytest.mark.parametrize("words", ["7 hours ago", "hier à 10:15", "منذ لحظات"])
def test_relative_words_without_their_moment_are_told_apart(words: str) -> None:
    expected = UnusableDate(words=words, fault=DateFault.UNANCHORED)

    assert read(words, written_at=None) == expected


def test_days_are_those_of_the_zone() -> None:
    late = datetime(2025, 6, 22, 23, 30, tzinfo=UTC)
    tunis = ZoneInfo("Africa/Tunis")

    moments = [
        moment_of(words, written_at=late, zone=tunis)
        for words in ("hier", "2 days ago", "aujourd'hui à 00:15")
    ]

    assert [spelt(moment)[0] for moment in moments] == [
        "2025-06-22T00:00:00",
        "2025-06-21T00:00:00",
        "2025-06-22T23:15:00",
    ]


NOT_RELATIVE = {
    "other words": "in a while",
    "the future": "in 2 hours",
    "tomorrow": "demain à 10:15",
    "nothing that is counted": "ago",
    "nothing that it counts": "3 ago",
    "a number that lacks its unit": "2 days 7 ago",
    "a count without a number": "days ago",
    "two numbers": "3 4 days ago",
    "a count too long": "1000 days ago",
    "another word": "2 blue days ago",
    "a day spelt with a point": "aujourd.hui",
    "a day and another word": "hier soir",
    "a day and a date": "hier 3 novembre 2026",
    "a time that no day has": "hier à 25:15",
    "before feeds": "40 years ago",
    "before a date": "قبل 3 نوفمبر 2026",
}


@pytest.mark.parametrize("words", NOT_RELATIVE.values(), ids=NOT_RELATIVE.keys())
def test_other_words_count_nothing_back(words: str) -> None:
    assert not isinstance(read(words, written_at=CAPTURED), Moment)


@pytest.mark.parametrize(
    "words", ["2 days ago", "999 years ago", "hier", "3 weeks ago"]
)
def test_counting_back_past_the_calendar_is_no_moment(words: str) -> None:
    first_day = datetime(1, 1, 1, tzinfo=UTC)

    assert not isinstance(read(words, written_at=first_day), Moment)
