from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ingest.normalise.dates import Moment
from tests.ingest.dates_factories import moment_of, read, spelt

NOON = "2026-11-23T12:00:00"

MAIL_DATES = {
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
    "a zone that nobody knows says nothing": ("23 Nov 2026 12:00:00 XYZ", NOON),
    "a zone of the tz database says nothing": ("23 Nov 2026 12:00 Africa/Tunis", NOON),
    "no zone": ("Mon, 23 Nov 2026 12:00:00", NOON),
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
    "a minute of the twenty-fifth hour": (
        "22 Nov 2026 24:04:05 +0100",
        "2026-11-22T23:04:05",
    ),
    "midnight as 24:00": ("22 Nov 2026 24:00:00 GMT", "2026-11-23T00:00:00"),
    "a leap second": ("31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00"),
    "line breaks and tabs": ("\n\t Mon, 23 Nov\t2026  12:00:00 GMT \n", NOON),
    "slashes, year first": ("2026/11/23 12:00:00", NOON),
    "an abbreviated September": ("3 Sept 2026 12:00:00 GMT", "2026-09-03T12:00:00"),
    "a year of two digits, fifty years on": (
        "1 Jan 04 12:00 GMT",
        "2004-01-01T12:00:00",
    ),
    "the month before the day": ("Mon Nov 23 2026 13:00:00 +0100", NOON),
    "asctime": ("Mon Nov 23 12:00:00 2026", NOON),
    "date of Unix": ("Mon Nov 23 13:00:00 CET 2026", NOON),
    "figures of a zone before the year": ("Mon Nov 23 13:00:00 +0100 2026", NOON),
    "a zone behind the year": ("Mon Nov 23 07:00:00 2026 EST", NOON),
    "Date of JavaScript": (
        "Mon Nov 23 2026 13:00:00 GMT+0100 (Central European Standard Time)",
        NOON,
    ),
    "a zone in a comment alone": ("23 Nov 2026 13:00:00 (CET)", NOON),
    "a zone of two figures": ("23 Nov 2026 13:00:00 +01", NOON),
    "a zone with a colon": ("23 Nov 2026 13:00:00 +01:00", NOON),
    "a zone behind its hours west": ("23 Nov 2026 10:59:00 GMT-01:01", NOON),
    "a zone with its name behind": ("23 Nov 2026 05:00:00 -0700 MST", NOON),
    "a zone with two signs": ("23 Nov 2026 05:00:00 --0700", NOON),
    "a zone with seconds": ("2026-11-23 05:00:00 -07:00:00", NOON),
    "Etc/GMT": ("Mon, 23 Nov 2026 12:00:00 Etc/GMT", NOON),
    "New York in winter": ("Nov. 23, 2026 7:00 a.m. ET", NOON),
    "New York in summer": ("July 23, 2026 8:00 AM ET", "2026-07-23T12:00:00"),
    "a time of one figure each": ("Mon, 2 Nov 2026 15:4:5 Z", "2026-11-02T15:04:05"),
    "a time with points": ("Mon, 23 Nov 2026 12.00.00 GMT", NOON),
    "the day of the week in the middle": ("23 Monday, Nov 2026 12:00", NOON),
    "Perforce": ("Mon, 2026/11/23 07:00:00 EST", NOON),
    "ODBC": ("2026-11-23 12:00:00.0", NOON),
    "EXIF": ("2026:11:23 12:00:00", NOON),
    "a month with a zero too many": ("2026-011-23T12:00:00+00:00", NOON),
    "a zone behind another colon": ("2026-11-23T05:00:00:-0700", NOON),
    "the time first": ("13:00 23.11.2026 +0100", NOON),
    "Korean is of Korea": ("2026년 11월 23일  21:00:00", NOON),
    "Korean, after noon": ("2026-11-23 오후 9:00:00", NOON),
    "Korean, with a zone": ("2026년 11월 23일 12:00 GMT", NOON),
    "Greek": ("Δευ, 23 Νοέ 2026 07:00:00 EST", NOON),
    "Hungarian": ("2026-július-13T9:15-05:00", "2026-07-13T14:15:00"),
    "French weekday and month": ("lun., 23 nov. 2026 12:00:00 +0000", NOON),
    "French month of RFC 822": (
        "Ven, 07 Août 2026 12:00:00 GMT",
        "2026-08-07T12:00:00",
    ),
    "Spanish month of RFC 822": (
        "Lun, 03 Ago 2026 12:00:00 GMT",
        "2026-08-03T12:00:00",
    ),
    "Arabic month of RFC 822": ("الإثنين, 23 نوفمبر 2026 12:00:00 +0000", NOON),
}


LONG_FORMS = {
    "French": ("le mardi 3 novembre 2026 à 14h30", "2026-11-03T14:30:00"),
    "French, spaced": ("Mardi 3 Novembre 2026 - 14 h 30", "2026-11-03T14:30:00"),
    "French, half spaced": ("3 novembre 2026 à 14h 30", "2026-11-03T14:30:00"),
    "French, with seconds": ("3 novembre 2026 à 14h30min05", "2026-11-03T14:30:05"),
    "French, the first": ("dimanche 1er novembre 2026, 8h05", "2026-11-01T08:05:00"),
    "French, led by words": (
        "Publié le : 3 novembre 2026 à 14:30",
        "2026-11-03T14:30:00",
    ),
    "French, mended later": (
        "Publié le 03/11/2026 à 14:30 - Mis à jour le 04/11/2026 à 10:00",
        "2026-11-03T14:30:00",
    ),
    "French, only the mending is told": (
        "Mis à jour le 4 novembre 2026 à 10h00",
        "2026-11-04T10:00:00",
    ),
    "French, mar. is mardi": ("mar. 3 nov. 2026 14:30", "2026-11-03T14:30:00"),
    "French, without accents": ("1 aout 2026 a 10h00", "2026-08-01T10:00:00"),
    "English": ("Nov. 3, 2026 2:30 p.m.", "2026-11-03T14:30:00"),
    "English, in full": (
        "Tuesday, November 3rd, 2026 at 2:30 PM",
        "2026-11-03T14:30:00",
    ),
    "English, the time first": ("14:30, 3 November 2026", "2026-11-03T14:30:00"),
    "English, PM beside a whole day's clock": (
        "3 November 2026 14:30 PM",
        "2026-11-03T14:30:00",
    ),
    "Spanish": ("martes, 3 de noviembre de 2026 14:30", "2026-11-03T14:30:00"),
    "Arabic": ("الثلاثاء 3 نوفمبر 2026 - 14:30", "2026-11-03T14:30:00"),
    "Arabic, Morocco": ("الثلاثاء 3 نونبر 2026 - 14:30", "2026-11-03T14:30:00"),
    "Arabic, the Levant": ("3 تشرين الثاني 2026 14:30", "2026-11-03T14:30:00"),
    "Arabic, both": ("3 تشرين الثاني/نوفمبر 2026 14:30", "2026-11-03T14:30:00"),
    "Arabic, without the article": ("3 تشرين ثاني 2026 14:30", "2026-11-03T14:30:00"),
    "Arabic, Algeria": ("12 جويلية 2026 على الساعة 14:30", "2026-07-12T14:30:00"),
    "Arabic figures": ("٣ نوفمبر ٢٠٢٦، ١٤:٣٠", "2026-11-03T14:30:00"),
    "Arabic, before noon": ("3 نوفمبر 2026 10:15 صباحا", "2026-11-03T10:15:00"),
    "Arabic, after noon": ("3 نوفمبر 2026 10:15 مساءً", "2026-11-03T22:15:00"),
    "Arabic, after noon in short": ("3 نوفمبر 2026م 10:15 م", "2026-11-03T22:15:00"),
    "Arabic, marks of direction": (
        "\u200f3 نوفمبر 2026\u202c 14:30",
        "2026-11-03T14:30:00",
    ),
    "the day before the month": ("03/11/2026 14:30", "2026-11-03T14:30:00"),
    "no such month, so the month first": ("11/23/2026 14:30", "2026-11-23T14:30:00"),
    "a short year": ("3-11-26 14:30", "2026-11-03T14:30:00"),
    "points": ("3.11.2026 14.30", "2026-11-03T14:30:00"),
    "the year first": ("lundi 2026-11-23 à 10h15", "2026-11-23T10:15:00"),
}


@pytest.mark.parametrize(
    ("words", "expected"),
    (MAIL_DATES | LONG_FORMS).values(),
    ids=(MAIL_DATES | LONG_FORMS).keys(),
)
def test_a_whole_date_is_known_to_the_second(words: str, expected: str) -> None:
    assert spelt(moment_of(words)) == (expected, "second")


ARABIC_MONTHS = {
    1: "يناير كانون_الثاني جانفي",
    2: "فبراير شباط فيفري",
    3: "مارس آذار",
    4: "أبريل ابريل إبريل نيسان أفريل",
    5: "مايو أيار ماي",
    6: "يونيو يونيه حزيران جوان",
    7: "يوليو يوليه تموز جويلية يوليوز",
    8: "أغسطس آب أوت غشت",
    9: "سبتمبر أيلول شتنبر",
    10: "أكتوبر تشرين_الأول",
    11: "نوفمبر تشرين_الثاني نونبر",
    12: "ديسمبر كانون_الأول دجنبر",
}
FRENCH_MONTHS = {
    1: "janvier janv. janv jan",
    2: "février fevrier févr. fév.",
    3: "mars mar.",
    4: "avril avr.",
    5: "mai Mai",
    6: "juin juin. JUIN",
    7: "juillet juil. juill.",
    8: "août aout",
    9: "septembre sept. sep.",
    10: "octobre oct.",
    11: "novembre nov.",
    12: "décembre déc. dec",
}
SPANISH_MONTHS = {1: "enero ene", 4: "abril", 8: "agosto", 12: "diciembre dic."}


@pytest.mark.parametrize("months", [ARABIC_MONTHS, FRENCH_MONTHS, SPANISH_MONTHS])
def test_every_name_of_a_month_is_known(months: dict[int, str]) -> None:
    for number, names in months.items():
        for name in names.split():
            moment = moment_of(f"5 {name.replace('_', ' ')} 2025")

            assert spelt(moment) == (f"2025-{number:02}-05T00:00:00", "day")


COARSE_DATES = {
    "RFC 822 without a time": ("Mon, 23 Nov 2026", "2026-11-23", "day"),
    "a French day": ("1er novembre 2026", "2026-11-01", "day"),
    "an Arabic day": ("22 تشرين الثاني 2026", "2026-11-22", "day"),
    "a day in figures": ("03/11/2026", "2026-11-03", "day"),
    "a day with a zone": ("02.11.2026 -0700", "2026-11-02", "day"),
    "a month": ("novembre 2026", "2026-11-01", "month"),
    "a month of a short year": ("Nov 126", "2026-11-01", "month"),
}


@pytest.mark.parametrize(
    ("words", "day", "precision"), COARSE_DATES.values(), ids=COARSE_DATES.keys()
)
def test_a_date_without_a_time_says_how_coarse_it_is(
    words: str, day: str, precision: str
) -> None:
    assert spelt(moment_of(words)) == (f"{day}T00:00:00", precision)


HOURS = {
    "French": "3 novembre 2026 à 14h",
    "French, in full": "3 novembre 2026 à 14 heures",
    "English": "Nov 3, 2026 at 2 pm",
    "English, with points": "Nov 3, 2026, 2 p.m.",
}


@pytest.mark.parametrize("words", HOURS.values(), ids=HOURS.keys())
def test_an_hour_alone_is_known_by_the_hour(words: str) -> None:
    assert spelt(moment_of(words)) == ("2026-11-03T14:00:00", "hour")


ZONES = {
    "none": ("23 Nov 2026 12:00", 11),
    "one that nobody knows": ("23 Nov 2026 12:00 XYZ", 11),
    "one that many countries use": ("23 Nov 2026 12:00 IST", 11),
    "its own": ("23 Nov 2026 12:00 GMT", 12),
    "none in figures": ("23/11/2026 12:00", 11),
    "none in RFC 3339": ("2026-11-23T12:00:00", 11),
    "its own in RFC 3339": ("2026-11-23T12:00:00Z", 12),
    "none in a row of figures": ("20261123120000", 11),
}


@pytest.mark.parametrize(("words", "hour"), ZONES.values(), ids=ZONES.keys())
def test_a_time_without_a_zone_is_of_the_reader_s(words: str, hour: int) -> None:
    moment = moment_of(words, zone=ZoneInfo("Africa/Algiers"))

    assert moment.at == datetime(2026, 11, 23, hour, tzinfo=UTC)


def test_a_day_is_the_day_that_was_written_whatever_the_zone() -> None:
    moment = moment_of("23/11/2026", zone=ZoneInfo("Asia/Dubai"))

    assert spelt(moment) == ("2026-11-23T00:00:00", "day")


def test_summer_time_is_the_zone_s() -> None:
    paris = ZoneInfo("Europe/Paris")

    assert moment_of("1 août 2026 à 10h00", zone=paris).at.hour == 8
    assert moment_of("1 février 2026 à 10h00", zone=paris).at.hour == 9


NO_DATES = {
    "nothing": "",
    "words": "soon after the match",
    "a month that does not exist": "23 Nox 2026 12:00:00 GMT",
    "two months": "23 Nov Dec 2026 12:00:00 GMT",
    "a month beside a day in figures": "23/11/2026 Nov",
    "a number beside a day in figures": "23/11/2026 7",
    "a year of too many digits": "Nov 99999999999999",
    "figures that count nothing": "፩ Nov 2026",
    "no year": "23 novembre à 14h30",
    "no month": "23, 2026",
    "two years": "2025 Nov 2026",
    "too many numbers": "23 Nov 2026 7 12:00:00",
    "no day of a month with a time": "novembre 2026 14:30",
    "a day that does not exist": "30 Feb 2026 12:00:00 GMT",
    "a day in figures that does not exist": "31/02/2026",
    "no month in figures whichever is first": "13/13/2025",
    "an hour that does not exist": "23 Nov 2026 25:00:00 GMT",
    "later than the last hour": "23 Nov 2026 25:00:00 GMT",
    "a minute that does not exist": "23 Nov 2026 12:60:00 GMT",
    "a second that does not exist": "23 Nov 2026 12:00:61 GMT",
    "a time of four parts": "Sun, 16 Dec 2012 1:2:3:4 GMT",
    "a zone that does not exist": "23 Nov 2026 12:00:00 +2500",
    "a zone of letters": "Sun, 16 Dec 2012 11:47:32 +zz:00",
    "minutes of a zone in letters": "Sun, 16 Dec 2012 11:47:32 +00:zz",
    "a year of letters": "Sun, 16 Dec zz 11:47:32 GMT",
    "too many parts": "2013-01-27-01",
    "letters behind": "2013-01-28T11:30:00-06:00Textra",
    "something behind the date": "23 Nov 2026 12:00:00 GMT and more",
    "something before the date": "until 23 Nov 2026 12:00:00 GMT",
    "another calendar": "14 جمادى الأولى 1448 هـ",
}


@pytest.mark.parametrize("words", NO_DATES.values(), ids=NO_DATES.keys())
def test_what_is_not_understood_is_no_date(words: str) -> None:
    assert not isinstance(read(words), Moment)
