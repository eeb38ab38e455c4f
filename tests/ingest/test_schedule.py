from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.entry import AskedPace
from ingest.pace.schedule import (
    PaceState,
    PollPolicy,
    PollSummary,
    is_due,
    pace_after,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ADAPTIVE = PollPolicy()
OFTEN = PollPolicy(every=timedelta(minutes=5))
SELDOM = PollPolicy(every=2 * DAY)

NEWS = PollSummary(succeeded=True, has_news=True)
SILENCE = PollSummary(succeeded=True)
FAILURE = PollSummary(succeeded=False)


def make_state(interval: timedelta = 4 * HOUR, failures: int = 0) -> PaceState:
    return PaceState(interval=interval, failures=failures, due_at=NOW)


def pace(
    state: PaceState | None, summary: PollSummary, policy: PollPolicy = ADAPTIVE
) -> PaceState:
    return pace_after(state, summary, slug="yabiladi", now=NOW, policy=policy)


INTERVALS = {
    "the first poll says nothing of the rhythm": (None, NEWS, ADAPTIVE, HOUR),
    "news shortens": (make_state(), NEWS, ADAPTIVE, 3 * HOUR),
    "silence lengthens": (make_state(), SILENCE, ADAPTIVE, 5 * HOUR),
    "a failure changes nothing": (make_state(), FAILURE, ADAPTIVE, 4 * HOUR),
    "news never under the shortest": (make_state(HOUR), NEWS, ADAPTIVE, HOUR),
    "silence never over the longest": (make_state(DAY), SILENCE, ADAPTIVE, DAY),
    "a fixed interval stays": (make_state(), NEWS, OFTEN, timedelta(minutes=5)),
    "a fixed interval may be long": (None, SILENCE, SELDOM, 2 * DAY),
    "once fixed, then adaptive": (make_state(2 * DAY), FAILURE, ADAPTIVE, DAY),
}


@pytest.mark.parametrize(
    ("state", "summary", "policy", "interval"), INTERVALS.values(), ids=INTERVALS.keys()
)
def test_interval(
    state: PaceState | None,
    summary: PollSummary,
    policy: PollPolicy,
    interval: timedelta,
) -> None:
    assert pace(state, summary, policy).interval == interval


def succeeded(**wishes: Any) -> PollSummary:
    return replace(SILENCE, **wishes)


def failed(**wishes: Any) -> PollSummary:
    return replace(FAILURE, **wishes)


def make_failing(failures: int) -> PaceState:
    return make_state(HOUR, failures)


YEAR = timedelta(days=365)
WAITS = {
    "the interval": (None, SILENCE, ADAPTIVE, HOUR),
    "max-age beats a shorter interval": (
        None,
        succeeded(max_age=3 * HOUR),
        ADAPTIVE,
        3 * HOUR,
    ),
    "a shorter max-age changes nothing": (
        None,
        succeeded(max_age=timedelta(minutes=1)),
        ADAPTIVE,
        HOUR,
    ),
    "max-age beats a fixed interval too": (
        None,
        succeeded(max_age=3 * HOUR),
        OFTEN,
        3 * HOUR,
    ),
    "a silly max-age counts up to the longest": (
        None,
        succeeded(max_age=YEAR),
        ADAPTIVE,
        DAY,
    ),
    "max-age never shortens a long fixed interval": (
        None,
        succeeded(max_age=YEAR),
        SELDOM,
        2 * DAY,
    ),
    "ttl counts as max-age does": (
        None,
        succeeded(asked=AskedPace(ttl=2 * HOUR)),
        ADAPTIVE,
        2 * HOUR,
    ),
    "the longer of ttl and max-age counts": (
        None,
        succeeded(asked=AskedPace(ttl=2 * HOUR), max_age=3 * HOUR),
        ADAPTIVE,
        3 * HOUR,
    ),
    "retry-after beats the interval": (
        None,
        failed(retry_after=2 * DAY),
        ADAPTIVE,
        2 * DAY,
    ),
    "a shorter retry-after changes nothing": (
        None,
        failed(retry_after=timedelta(seconds=9)),
        ADAPTIVE,
        HOUR,
    ),
    "a silly retry-after counts up to seven days": (
        None,
        failed(retry_after=YEAR),
        ADAPTIVE,
        7 * DAY,
    ),
    "the first failure waits the interval": (None, FAILURE, ADAPTIVE, HOUR),
    "the second failure doubles it": (make_failing(1), FAILURE, ADAPTIVE, 2 * HOUR),
    "the third doubles it again": (make_failing(2), FAILURE, ADAPTIVE, 4 * HOUR),
    "failures never wait beyond the longest": (
        make_failing(9_999),
        FAILURE,
        ADAPTIVE,
        DAY,
    ),
    "failures never come sooner than successes": (
        make_failing(3),
        FAILURE,
        SELDOM,
        2 * DAY,
    ),
    "a policy of no wait at all waits a second": (
        None,
        SILENCE,
        PollPolicy(every=timedelta(0)),
        timedelta(seconds=1),
    ),
    "a policy beyond the calendar waits a year": (
        None,
        SILENCE,
        PollPolicy(every=timedelta.max),
        timedelta(days=366),
    ),
}


@pytest.mark.parametrize(
    ("state", "summary", "policy", "wait"), WAITS.values(), ids=WAITS.keys()
)
def test_wait_before_jitter(
    state: PaceState | None,
    summary: PollSummary,
    policy: PollPolicy,
    wait: timedelta,
) -> None:
    due_at = pace(state, summary, policy).due_at

    assert NOW + wait <= due_at <= NOW + wait * 1.1


def test_failures_are_counted_in_a_row() -> None:
    first = pace(None, FAILURE)
    second = pace(first, FAILURE)

    assert (first.failures, second.failures) == (1, 2)


def test_a_success_forgets_failures() -> None:
    assert pace(make_failing(5), SILENCE).failures == 0


def test_jitter_is_the_same_for_a_slug_and_differs_between_slugs() -> None:
    def due_at(slug: str) -> datetime:
        return pace_after(None, SILENCE, slug=slug, now=NOW, policy=ADAPTIVE).due_at

    assert due_at("yabiladi") == due_at("yabiladi")
    assert len({due_at(f"source-{number}") for number in range(100)}) == 100


def test_a_source_never_polled_is_due() -> None:
    assert is_due(None, NOW)


def test_a_source_is_due_from_its_time_on() -> None:
    state = make_state()

    assert not is_due(state, NOW - timedelta(seconds=1))
    assert is_due(state, NOW)
    assert is_due(state, NOW + DAY)


def test_a_publisher_that_was_not_reached_is_tried_again_within_minutes() -> None:
    unreached = PollSummary(succeeded=False, was_reached=False)

    first = pace_after(None, unreached, slug="a", now=NOW, policy=PollPolicy())
    second = pace_after(first, unreached, slug="a", now=NOW, policy=PollPolicy())

    assert first.due_at - NOW < timedelta(minutes=2)
    assert first.due_at < second.due_at
