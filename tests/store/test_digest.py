from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from store.digest import Candidate, Rhythm, arrange, last_periods

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
PERIODS = {
    "days, at midnight": (Rhythm.DAILY, MONDAY, ["2026-11-21", "2026-11-22"]),
    "days, a moment before": (
        Rhythm.DAILY,
        MONDAY - timedelta(microseconds=1),
        ["2026-11-20", "2026-11-21"],
    ),
    "days by UTC, whatever the clock's zone": (
        Rhythm.DAILY,
        MONDAY.astimezone(timezone(timedelta(hours=-5))),
        ["2026-11-21", "2026-11-22"],
    ),
    "weeks, on their first day": (Rhythm.WEEKLY, MONDAY, ["2026-W46", "2026-W47"]),
    "weeks, on their last": (
        Rhythm.WEEKLY,
        MONDAY - timedelta(seconds=1),
        ["2026-W45", "2026-W46"],
    ),
    "the week around new year": (
        Rhythm.WEEKLY,
        datetime(2027, 1, 4, tzinfo=UTC),
        ["2026-W52", "2026-W53"],
    ),
}


@pytest.mark.parametrize("case", PERIODS.values(), ids=PERIODS.keys())
def test_the_last_periods_are(case: tuple[Rhythm, datetime, list[str]]) -> None:
    rhythm, now, names = case

    periods = list(last_periods(rhythm, now, count=2))

    assert [period.name for period in periods] == names
    assert periods[0].ends_at == periods[1].starts_at
    assert periods[1].ends_at <= now < periods[1].ends_at + rhythm.span
    assert all(each.ends_at - each.starts_at == rhythm.span for each in periods)


def make_candidate(article: int, **changes: Any) -> Candidate:
    values: dict[str, Any] = {
        "article": article,
        "position": article,
        "title": f"Article {article}",
        "link": None,
        "source": "one",
        "language": None,
        "original": article,
        "story": None,
    }
    return Candidate(**(values | changes))


ARRANGED = {
    "nothing": ([], []),
    "in the order of the log": ([make_candidate(2), make_candidate(1)], [1, 2]),
    "stories of most sources first, and together": (
        [
            make_candidate(1),
            make_candidate(2, story=2),
            make_candidate(3),
            make_candidate(4, story=2, source="two"),
        ],
        [2, 4, 1, 3],
    ),
    "a source that tells twice counts once": (
        [make_candidate(1), make_candidate(2, story=2), make_candidate(3, story=2)],
        [1, 2, 3],
    ),
    "copies once, the original": (
        [make_candidate(1, original=2), make_candidate(2), make_candidate(3)],
        [2, 3],
    ),
    "copies of what is not there once, the first": (
        [make_candidate(4, original=1), make_candidate(5, original=1)],
        [4],
    ),
    "a copy counts for its story": (
        [
            make_candidate(1),
            make_candidate(2, story=2),
            make_candidate(3, story=2, original=2, source="two"),
        ],
        [2, 1],
    ),
}


@pytest.mark.parametrize("case", ARRANGED.values(), ids=ARRANGED.keys())
def test_a_digest_tells(case: tuple[list[Candidate], list[int]]) -> None:
    candidates, expected = case

    assert [one.article for one in arrange(candidates)] == expected
