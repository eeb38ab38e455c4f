from datetime import UTC, datetime, timedelta

from ingest.pace.clock import (
    after_setback,
    choose_due,
    due_as_recorded,
    is_out_of_reach,
    wait_after_loss,
)
from ingest.pace.moves import NEVER

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_what_waits_longest_comes_first_and_what_runs_does_not_come() -> None:
    due = {
        "late": NOW - HOUR,
        "running": NOW - 2 * HOUR,
        "now": NOW,
        "later": NOW + SECOND,
        "latest": NOW - 3 * HOUR,
    }

    chosen = choose_due(due, {"running"}, now=NOW, most=9)

    assert chosen == ["latest", "late", "now"]


def test_after_a_jump_ahead_some_come_at_every_beat() -> None:
    due = {f"source-{number}": NOW for number in range(100)}
    later = NOW + timedelta(days=3)

    first = choose_due(due, (), now=later, most=40)
    second = choose_due(due, set(first), now=later, most=40)

    assert (len(first), len(second)) == (40, 40)
    assert not set(first) & set(second)


def test_when_a_clock_is_set_back_all_due_times_move_with_it() -> None:
    due = {"paper": NOW + HOUR, "gone": NEVER, "ready": NOW - 3 * HOUR}

    moved = after_setback(due, before=NOW, now=NOW - 2 * HOUR)

    assert moved == {"paper": NOW - HOUR, "gone": NEVER, "ready": NOW - 3 * HOUR}


def test_a_clock_that_goes_on_or_is_set_right_by_seconds_moves_nothing() -> None:
    due = {"paper": NOW + HOUR}

    assert after_setback(due, before=NOW, now=NOW + 3 * HOUR) == due
    assert after_setback(due, before=NOW, now=NOW - 9 * SECOND) == due


def test_a_beat_is_out_of_reach_after_a_setback_only() -> None:
    beat = NOW + SECOND

    assert not is_out_of_reach(beat, every=SECOND, now=NOW)
    assert not is_out_of_reach(beat, every=SECOND, now=NOW + 3 * 24 * HOUR)
    assert is_out_of_reach(beat, every=SECOND, now=NOW - 2 * HOUR)


def test_a_restart_polls_nothing_early() -> None:
    due_at, polled_at = NOW + HOUR, NOW - HOUR

    assert due_as_recorded(due_at, polled_at=polled_at, now=NOW) == due_at
    assert due_as_recorded(due_at, polled_at=None, now=NOW) == due_at


def test_a_source_polled_in_the_future_waits_from_now_on() -> None:
    polled_at = NOW + timedelta(days=3)

    assert due_as_recorded(polled_at + HOUR, polled_at=polled_at, now=NOW) == NOW + HOUR
    assert due_as_recorded(NEVER, polled_at=polled_at, now=NOW) == NEVER


def test_each_answer_that_is_lost_doubles_the_wait_up_to_an_hour() -> None:
    waits = [wait_after_loss(times) / timedelta(minutes=1) for times in range(9)]

    assert waits == [1, 1, 2, 4, 8, 16, 32, 60, 60]
    assert wait_after_loss(10**9) == HOUR
