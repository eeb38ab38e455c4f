from datetime import UTC, datetime, timedelta

import pytest

from ingest.pace.host_budget import (
    UNTOUCHED,
    HostState,
    after_request,
    after_retry_after,
    ready_at,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def asked_until_spent(*, daily_budget: int) -> HostState:
    """A host that got as many requests at once as its budget allows."""
    state = UNTOUCHED
    while ready_at(state, daily_budget=daily_budget, now=NOW) is None:
        state = after_request(state, daily_budget=daily_budget, now=NOW)
    return state


READY = {
    "a host that nobody has asked is ready": (UNTOUCHED, 100, None),
    "one that was asked is, where requests are not counted": (
        HostState(spent_until=NOW + 9 * HOUR),
        None,
        None,
    ),
    "one that rests is not": (HostState(rests_until=NOW + HOUR), None, NOW + HOUR),
    "one that has rested is": (HostState(rests_until=NOW), 100, None),
    "one that has had enough is not": (
        HostState(spent_until=NOW + 6 * HOUR),
        4,
        NOW + 6 * HOUR,
    ),
    "the later of the two counts": (
        HostState(rests_until=NOW + 9 * HOUR, spent_until=NOW + 6 * HOUR),
        4,
        NOW + 9 * HOUR,
    ),
    "after a clock was set back it rests no longer than a host may ask": (
        HostState(rests_until=NOW + 90 * DAY),
        None,
        NOW + 7 * DAY,
    ),
    "nor does a budget hold it for more than a day": (
        HostState(spent_until=NOW + 90 * DAY),
        1,
        NOW + DAY,
    ),
}


@pytest.mark.parametrize(
    ("state", "daily_budget", "ready"), READY.values(), ids=READY.keys()
)
def test_ready_at(
    state: HostState, daily_budget: int | None, ready: datetime | None
) -> None:
    assert ready_at(state, daily_budget=daily_budget, now=NOW) == ready


def test_a_quarter_of_the_budget_may_be_spent_at_once() -> None:
    state, asked = UNTOUCHED, 0
    while ready_at(state, daily_budget=100, now=NOW) is None:
        state = after_request(state, daily_budget=100, now=NOW)
        asked += 1

    assert asked == 25


def test_what_is_spent_comes_back_evenly() -> None:
    state = asked_until_spent(daily_budget=100)

    first = ready_at(state, daily_budget=100, now=NOW)
    assert first is not None
    state = after_request(state, daily_budget=100, now=first)
    second = ready_at(state, daily_budget=100, now=first)

    assert second is not None
    assert second - first == DAY / 76


def test_who_does_not_count_forgets_what_was_spent() -> None:
    spent = HostState(spent_until=NOW + HOUR)

    assert after_request(spent, daily_budget=None, now=NOW) == UNTOUCHED


def test_retry_after_is_obeyed_up_to_seven_days() -> None:
    def rests_until(retry_after: timedelta | None) -> datetime | None:
        return after_retry_after(UNTOUCHED, retry_after, now=NOW).rests_until

    assert rests_until(None) is None
    assert rests_until(HOUR) == NOW + HOUR
    assert rests_until(365 * DAY) == NOW + 7 * DAY


def test_a_shorter_retry_after_does_not_wake_a_resting_host() -> None:
    resting = HostState(rests_until=NOW + 3 * HOUR)

    assert after_retry_after(resting, HOUR, now=NOW) == resting
