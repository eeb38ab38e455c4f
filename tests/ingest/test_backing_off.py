from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.pace.backing_off import Failing, wait_after_failure
from ingest.pace.rhythm import Rhythm

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def make_rhythm(*, silent_for: timedelta, window: int = 0) -> Rhythm:
    """A source with an article an hour for a month, heard of last so long ago."""
    known_until = NOW - silent_for
    return Rhythm(
        hours=(30.0,) * 24,
        weekdays=(720 / 7,) * 7,
        minutes=(60.0,) * 12,
        days=30.0,
        recent=24.0,
        expected=24.0,
        known_until=known_until,
        window=window,
    )


def make_failing(failures: int, rhythm: Rhythm | None = None) -> Failing:
    return Failing(failures=failures, patience=HOUR, longest=DAY, rhythm=rhythm)


WAITS = {
    "the first failure waits as long as one is patient": (make_failing(1), HOUR),
    "the next one twice as long": (make_failing(2), 2 * HOUR),
    "and the next again": (make_failing(3), 4 * HOUR),
    "none waits longer than the longest": (make_failing(30), DAY),
    "none waits longer than all of them together took": (
        make_failing(6, make_rhythm(silent_for=3 * HOUR)),
        3 * HOUR,
    ),
    "but as long as one is patient": (
        make_failing(6, make_rhythm(silent_for=MINUTE)),
        HOUR,
    ),
    "a clock that was set back changes nothing of it": (
        make_failing(6, make_rhythm(silent_for=-HOUR)),
        HOUR,
    ),
    "where articles are gone there is no hurry": (
        make_failing(9, make_rhythm(silent_for=3 * DAY, window=20)),
        DAY,
    ),
}


@pytest.mark.parametrize(("failing", "wait"), WAITS.values(), ids=WAITS.keys())
def test_a_failure_waits(failing: Failing, wait: timedelta) -> None:
    assert wait_after_failure(failing, now=NOW) == wait


def test_a_source_is_asked_before_its_articles_leave_its_document() -> None:
    # Twenty articles, one an hour, ten hours ago: ten hours are left.
    failing = make_failing(5, make_rhythm(silent_for=10 * HOUR, window=20))

    assert wait_after_failure(failing, now=NOW) == pytest.approx(5 * HOUR, rel=0.1)


def test_a_server_that_wants_fewer_requests_is_not_hurried() -> None:
    failing = make_failing(5, make_rhythm(silent_for=10 * HOUR, window=20))

    assert wait_after_failure(replace(failing, is_unwelcome=True), now=NOW) == 10 * HOUR


@pytest.mark.parametrize("outage", [HOUR, 6 * HOUR, 12 * HOUR, 18 * HOUR])
def test_an_outage_shorter_than_the_document_costs_no_article(
    outage: timedelta,
) -> None:
    now, failures = NOW, 0
    rhythm = make_rhythm(silent_for=HOUR, window=20)
    while now <= NOW + outage:
        failures += 1
        now += wait_after_failure(make_failing(failures, rhythm), now=now)

    assert now - rhythm.known_until < 20 * HOUR
    assert failures < 12
