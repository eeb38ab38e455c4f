from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.entry import UNASKED, AskedPace
from ingest.pace.forecast import expected_articles
from ingest.pace.learning import News
from ingest.pace.rhythm import add_articles, begin
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
MINUTE = timedelta(minutes=1)
ADAPTIVE = PollPolicy()
OFTEN = PollPolicy(every=timedelta(minutes=5))
SELDOM = PollPolicy(every=3 * DAY)

NEWS = PollSummary(succeeded=True, news=News(published=(None,), window=20))
SILENCE = PollSummary(succeeded=True)
FAILURE = PollSummary(succeeded=False)


def make_state(interval: timedelta = 4 * HOUR, failures: int = 0) -> PaceState:
    return PaceState(interval=interval, failures=failures, due_at=NOW)


def pace(
    state: PaceState | None, summary: PollSummary, policy: PollPolicy = ADAPTIVE
) -> PaceState:
    return pace_after(state, summary, slug="yabiladi", now=NOW, policy=policy)


INTERVALS = {
    "before the rhythm is known it is the first": (None, NEWS, ADAPTIVE, HOUR),
    "without a rhythm the first stays": (make_state(), SILENCE, ADAPTIVE, HOUR),
    "a failure changes nothing": (make_state(), FAILURE, ADAPTIVE, 4 * HOUR),
    "a fixed interval stays": (make_state(), NEWS, OFTEN, timedelta(minutes=5)),
    "a fixed interval may be long": (None, SILENCE, SELDOM, 3 * DAY),
    "once fixed, then adaptive": (make_state(2 * DAY), FAILURE, ADAPTIVE, DAY),
    "never under the shortest": (make_state(MINUTE), FAILURE, ADAPTIVE, 15 * MINUTE),
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
    "a max-age of two days is kept to": (
        None,
        succeeded(max_age=2 * DAY),
        ADAPTIVE,
        2 * DAY,
    ),
    "a silly max-age counts up to two days": (
        None,
        succeeded(max_age=YEAR),
        ADAPTIVE,
        2 * DAY,
    ),
    "max-age never shortens a long fixed interval": (
        None,
        succeeded(max_age=YEAR),
        SELDOM,
        3 * DAY,
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
        3 * DAY,
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


def watched(
    *,
    a_day: int,
    days: int = 28,
    window: int = 20,
    hours: range = range(24),
    **changes: Any,
) -> PaceState:
    """A source that was watched until now and published evenly within these hours."""
    rhythm = begin(NOW - days * DAY)
    for day in range(days, 0, -1):
        midnight = (NOW - day * DAY).replace(hour=0)
        step = len(hours) * HOUR / a_day
        moments = [midnight + hours[0] * HOUR + n * step for n in range(a_day)]
        end = min(midnight + DAY, NOW)
        expected = expected_articles(rhythm, now=end)
        rhythm = add_articles(rhythm, moments, now=end, expected=expected)
    rhythm = replace(rhythm, window=window)
    return replace(make_state(HOUR), rhythm=rhythm, **changes)


CHEAP = PollSummary(succeeded=True, has_validators=True)


def wait_after(state: PaceState, summary: PollSummary, **policy: Any) -> timedelta:
    return pace(state, summary, PollPolicy(**policy)).due_at - NOW


def test_the_busier_a_source_the_sooner_it_is_polled() -> None:
    rare, daily, busy = (
        wait_after(watched(a_day=number), CHEAP) for number in (1, 24, 200)
    )

    assert rare > daily > busy


def test_four_times_the_patience_is_half_the_polls() -> None:
    state = watched(a_day=24)

    once = wait_after(state, CHEAP, patience=HOUR)
    four_times = wait_after(state, CHEAP, patience=4 * HOUR)

    assert four_times / once == pytest.approx(2, rel=0.15)


def test_only_where_a_poll_is_cheap_it_comes_within_the_hour() -> None:
    state = watched(a_day=480)

    assert wait_after(state, SILENCE) == HOUR
    assert 15 * MINUTE <= wait_after(state, CHEAP) < HOUR


def test_a_source_that_sleeps_at_night_is_polled_less_then() -> None:
    sleeper = watched(a_day=24, hours=range(13, 23))
    worker = watched(a_day=24, hours=range(3, 13))
    morning = NOW.replace(hour=4)

    def next_poll(state: PaceState) -> datetime:
        known = replace(state.rhythm or begin(NOW), known_until=morning)
        return pace_after(
            replace(state, rhythm=known),
            CHEAP,
            slug="radio",
            now=morning,
            policy=ADAPTIVE,
        ).due_at

    assert next_poll(sleeper) - morning > 3 * (next_poll(worker) - morning)


def test_a_small_window_is_read_before_it_overflows() -> None:
    policy = {"patience": 100 * HOUR}
    large = wait_after(watched(a_day=24, window=100), CHEAP, **policy)
    small = wait_after(watched(a_day=24, window=4), CHEAP, **policy)

    assert small <= 3 * HOUR < large


def new_articles(number: int, *, window: int) -> PollSummary:
    published = tuple(NOW - n * MINUTE for n in range(1, number + 1))
    return replace(CHEAP, news=News(published=published, window=window), asked=UNASKED)


def test_a_window_without_a_known_entry_is_counted_and_shortens() -> None:
    state = watched(a_day=1, interval=4 * HOUR, windows_missed=2)

    missed = pace(state, new_articles(20, window=20))
    shared = pace(state, new_articles(19, window=20))

    assert (missed.windows_missed, shared.windows_missed) == (3, 2)
    assert missed.interval <= 2 * HOUR


def test_the_first_document_tells_the_rhythm() -> None:
    moments = tuple(NOW - n * HOUR for n in range(1, 49))
    first = replace(CHEAP, news=News(published=moments, window=48), asked=UNASKED)

    after = pace(None, first)

    assert after.rhythm is not None
    assert after.rhythm.is_known
    assert after.rhythm.articles / after.rhythm.days == pytest.approx(24, rel=0.1)


def test_a_wait_that_the_rhythm_chose_has_no_jitter() -> None:
    state = watched(a_day=24)

    def due_at(slug: str) -> datetime:
        return pace_after(state, CHEAP, slug=slug, now=NOW, policy=ADAPTIVE).due_at

    assert len({due_at(f"source-{number}") for number in range(9)}) == 1


def test_what_the_last_document_asked_for_still_holds_when_nothing_has_changed() -> (
    None
):
    asked = AskedPace(ttl=5 * HOUR, skip_hours=frozenset({17}))

    first = pace(None, succeeded(asked=asked))
    second = pace(first, succeeded())

    assert first.asked == second.asked == asked
    assert second.due_at >= NOW + 6 * HOUR


def test_a_skipped_hour_is_waited_out() -> None:
    asked = AskedPace(skip_hours=frozenset({13, 14}))

    due_at = pace(None, succeeded(asked=asked)).due_at

    assert due_at.hour == 15


def test_a_failure_leaves_the_rhythm_alone() -> None:
    state = watched(a_day=24)

    assert pace(state, FAILURE).rhythm == state.rhythm
