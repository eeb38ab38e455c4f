from __future__ import annotations

from datetime import timedelta

import pytest

from ingest.entry import UNASKED, AskedPace
from ingest.formats.asked_pace import PaceWords, read_pace, skipped_times

DAY = timedelta(days=1)
PACES = {
    "nothing is asked": (PaceWords(), UNASKED),
    "minutes between polls": (
        PaceWords(ttl=" 90 "),
        AskedPace(ttl=timedelta(minutes=90)),
    ),
    "minutes beyond a year": (PaceWords(ttl="999999999"), AskedPace(ttl=366 * DAY)),
    "words for minutes": (PaceWords(ttl="often"), UNASKED),
    "hours and days to skip": (
        PaceWords(hours=("0", " 7"), days=("Sunday", " monday ")),
        AskedPace(skip_hours=frozenset({0, 7}), skip_days=frozenset({0, 6})),
    ),
    "the last hour of RSS 0.91": (
        PaceWords(hours=("24", "23")),
        AskedPace(skip_hours=frozenset({0, 23})),
    ),
    "hours and days that are none": (
        PaceWords(hours=("25", "noon", "-1"), days=("Someday",)),
        UNASKED,
    ),
    "twice a day": (
        PaceWords(period="daily", frequency="2"),
        AskedPace(update_period=DAY / 2),
    ),
    "a period alone": (PaceWords(period=" Weekly"), AskedPace(update_period=7 * DAY)),
    "a frequency alone is of a day": (
        PaceWords(frequency="4"),
        AskedPace(update_period=DAY / 4),
    ),
    "no time at all counts as once": (
        PaceWords(period="hourly", frequency="0"),
        AskedPace(update_period=DAY / 24),
    ),
    "a period that is none": (PaceWords(period="fortnightly"), UNASKED),
    "the date from which is counted": (
        PaceWords(base=" 2000-01-01T12:00+00:00 "),
        AskedPace(update_base="2000-01-01T12:00+00:00"),
    ),
}


@pytest.mark.parametrize(("words", "pace"), PACES.values(), ids=PACES.keys())
def test_words_ask_for_a_pace(words: PaceWords, pace: AskedPace) -> None:
    assert read_pace(words) == pace


HOUR = "<skipHours><hour>3</hour></skipHours>"
ITEM = "<item><title>T</title><description>{}</description></item>"
SKIPPED = {
    "in front of the entries": (HOUR + ITEM, (("3",), ())),
    "behind the entries": (ITEM + HOUR, (("3",), ())),
    "without any entry": (HOUR, (("3",), ())),
    "hours and days": (
        "<day>Sunday</day><HOUR>4</HOUR><hour>5</hour>",
        (("4", "5"), ("Sunday",)),
    ),
    "an article about skipping": (ITEM.format(HOUR), ((), ())),
    "an article about it that is cut": (f"<item><title>{HOUR}", ((), ())),
}


@pytest.mark.parametrize(("text", "times"), SKIPPED.values(), ids=SKIPPED.keys())
def test_times_to_skip_are_looked_for_outside_the_entries(
    text: str, times: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert skipped_times(text) == times
