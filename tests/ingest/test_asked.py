from datetime import UTC, datetime, timedelta

import pytest

from ingest.entry import UNASKED, AskedPace
from ingest.pace.asked import after_skips, asked_wait

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOTHING = timedelta(0)

WAITS = {
    "who asks for nothing is not waited for": (UNASKED, None, NOTHING),
    "max-age": (UNASKED, 2 * HOUR, 2 * HOUR),
    "a negative max-age is none": (UNASKED, -HOUR, NOTHING),
    "ttl": (AskedPace(ttl=3 * HOUR), None, 3 * HOUR),
    "the longer of the two": (AskedPace(ttl=3 * HOUR), 2 * HOUR, 3 * HOUR),
    "a period without a base is waited for whole": (
        AskedPace(update_period=DAY),
        None,
        DAY,
    ),
    "with a base, until the next update": (
        AskedPace(update_period=DAY, update_base="2000-01-01T18:00+00:00"),
        None,
        5.5 * HOUR,
    ),
    "a base without a zone is UTC": (
        AskedPace(update_period=DAY, update_base=" 2000-01-01T18:00 "),
        None,
        5.5 * HOUR,
    ),
    "at the very update, until the next one": (
        AskedPace(update_period=HOUR, update_base="2000-01-01T00:30Z"),
        None,
        HOUR,
    ),
    "a base to come counts back": (
        AskedPace(update_period=DAY, update_base="2030-01-01T18:00Z"),
        None,
        5.5 * HOUR,
    ),
    "a base that is no time is none": (
        AskedPace(update_period=HOUR, update_base="noon"),
        None,
        HOUR,
    ),
    "a period of nothing is none": (AskedPace(update_period=NOTHING), None, NOTHING),
}


@pytest.mark.parametrize(("asked", "max_age", "wait"), WAITS.values(), ids=WAITS.keys())
def test_asked_wait(
    asked: AskedPace, max_age: timedelta | None, wait: timedelta
) -> None:
    assert asked_wait(asked, max_age, now=NOW) == wait


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 30, tzinfo=UTC)


SKIPS = {
    "what is not skipped stays": (AskedPace(skip_hours=frozenset({11})), at(23, 12)),
    "a skipped hour is waited out": (
        AskedPace(skip_hours=frozenset({12})),
        at(23, 13),
    ),
    "several hours are": (AskedPace(skip_hours=frozenset({12, 13, 14})), at(23, 15)),
    "hours go over midnight": (
        AskedPace(skip_hours=frozenset(range(12, 24))),
        at(24, 0),
    ),
    "a skipped day is waited out": (AskedPace(skip_days=frozenset({0})), at(24, 0)),
    "days and hours together": (
        AskedPace(skip_days=frozenset({0, 1}), skip_hours=frozenset({0, 1})),
        at(25, 2),
    ),
    "who skips every hour is not heard": (
        AskedPace(skip_hours=frozenset(range(24))),
        at(23, 12),
    ),
    "who skips every day is not heard": (
        AskedPace(skip_days=frozenset(range(7))),
        at(23, 12),
    ),
}


@pytest.mark.parametrize(("asked", "due_at"), SKIPS.values(), ids=SKIPS.keys())
def test_after_skips(asked: AskedPace, due_at: datetime) -> None:
    assert after_skips(NOW, asked) == due_at
