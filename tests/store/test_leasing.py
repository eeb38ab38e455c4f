"""Which of many workers polls a source."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread

import pytest

from ingest.pace.host_budget import HostState
from store.database import sources
from store.leasing import LEASE, Leases, Turn
from store.prepare import wake_source
from store.record import record_hosts
from tests.factories import NOW, make_polled
from tests.store.conftest import Shelf

HOST = "www.yabiladi.com"
SPACING = timedelta(seconds=2)
SECOND = timedelta(seconds=1)


@pytest.fixture
def one(shelf: Shelf) -> Leases:
    return Leases(shelf.database, worker="one")


@pytest.fixture
def other(shelf: Shelf) -> Leases:
    return Leases(shelf.database, worker="other")


def free(leases: Leases, now: datetime = NOW, most: int = 10) -> list[str]:
    return [slug for slug, _ in leases.find_free(now, most=most)]


def take(leases: Leases, source: str = "yabiladi", now: datetime = NOW) -> Turn | None:
    return leases.take(source, [HOST], spacing=SPACING, now=now)


def test_what_was_never_polled_is_free(one: Leases) -> None:
    assert free(one) == ["daily8", "yabiladi"]
    assert free(one, most=1) == ["daily8"]


def test_what_was_polled_is_free_when_it_is_due(shelf: Shelf, one: Leases) -> None:
    due_at = shelf.record_outcome(make_polled()).due_at

    assert free(one, due_at - SECOND) == ["daily8"]
    assert free(one, due_at) == ["daily8", "yabiladi"]


def test_what_was_woken_is_free(shelf: Shelf, one: Leases) -> None:
    shelf.record_outcome(make_polled())
    wake_source(shelf.database, "yabiladi")

    assert "yabiladi" in free(one)


def test_what_one_has_another_does_not_get(one: Leases, other: Leases) -> None:
    assert take(one) is not None

    assert take(other) is None
    assert free(other) == ["daily8"]


def test_what_is_not_due_nobody_gets(shelf: Shelf, one: Leases) -> None:
    shelf.record_outcome(make_polled())

    assert take(one) is None


def test_a_source_that_is_not_there_nobody_gets(one: Leases) -> None:
    assert take(one, "nobody") is None


def test_what_is_given_back_another_gets(one: Leases, other: Leases) -> None:
    take(one)
    one.give_back("yabiladi", HOST, now=NOW)

    assert take(other) is not None


def test_a_lease_ends_by_itself(one: Leases, other: Leases) -> None:
    take(one)

    assert take(other, now=NOW + LEASE) is not None


def test_who_comes_late_gives_back_nothing_of_another(
    one: Leases, other: Leases
) -> None:
    take(one)
    take(other, now=NOW + LEASE)
    one.give_back("yabiladi", HOST, now=NOW + LEASE)

    assert free(one, NOW + LEASE) == ["daily8"]


def test_what_the_dead_had_is_free(one: Leases, other: Leases) -> None:
    take(one)
    other.free(["yabiladi"])

    assert take(other) is not None


def test_what_is_postponed_nobody_gets_before_its_time(one: Leases) -> None:
    one.postpone("yabiladi", NOW + 9 * SECOND)

    assert take(one) is None
    assert free(one) == ["daily8"]
    assert take(one, now=NOW + 9 * SECOND) is not None


def test_a_host_is_asked_by_all_together_no_faster_than_by_one(
    one: Leases, other: Leases
) -> None:
    first, second = take(one), take(other, "daily8")

    assert first is not None
    assert second is not None
    assert (first.starts_at, second.starts_at) == (NOW, NOW + SPACING)


def test_a_host_was_asked_until_a_poll_was_over(one: Leases, other: Leases) -> None:
    take(one)
    one.give_back("yabiladi", HOST, now=NOW + 5 * SECOND)

    turn = take(other, now=NOW + 6 * SECOND)

    assert turn is not None
    assert turn.starts_at == NOW + 7 * SECOND


def test_turns_of_a_host_that_are_taken_ahead_are_each_a_spacing_apart(
    one: Leases, other: Leases
) -> None:
    moments = [
        leases.ask_host(HOST, spacing=SPACING, now=NOW) for leases in (one, other) * 2
    ]

    assert moments == [NOW + turn * SPACING for turn in range(4)]


def test_a_poll_that_is_over_leaves_a_turn_taken_ahead(
    one: Leases, other: Leases
) -> None:
    take(one)
    ahead = other.ask_host(HOST, spacing=SPACING, now=NOW)
    one.give_back("yabiladi", HOST, now=NOW + SECOND)

    turn = take(one, "daily8", now=NOW + SECOND)

    assert turn is not None
    assert ahead == NOW + SPACING
    assert turn.starts_at == ahead + SPACING


def test_a_clock_that_was_set_back_is_not_waited_for(one: Leases) -> None:
    take(one)
    one.give_back("yabiladi", HOST, now=NOW)
    earlier = NOW - timedelta(hours=2)

    turn = take(one, now=earlier)

    assert turn is not None
    assert turn.starts_at == earlier


def test_what_one_knows_of_a_host_the_others_know(
    shelf: Shelf, one: Leases, other: Leases
) -> None:
    rests = HostState(rests_until=NOW + timedelta(hours=1), spent_until=None)
    take(one)
    record_hosts(shelf.database, {HOST: rests})

    turn = take(other, "daily8")

    assert turn is not None
    assert turn.hosts[HOST] == rests


def test_a_file_has_no_host(one: Leases) -> None:
    turn = one.take("daily8", [], spacing=SPACING, now=NOW)

    assert turn is not None
    assert turn.starts_at == NOW
    one.give_back("daily8", None, now=NOW)
    assert "daily8" in free(one)


def test_what_is_woken_while_its_poll_is_kept_stays_woken(shelf: Shelf) -> None:
    record = shelf.record_outcome(make_polled())
    waking = Thread(target=wake_source, args=(shelf.database, "yabiladi"))
    with shelf.database.write_aside() as connection:
        state = sources.load_to_change(connection, "yabiladi")
        assert state is not None
        waking.start()
        waking.join(0.2)  # it must wait, or what follows would undo it
        sources.save_state(connection, state)
    waking.join()

    assert record.due_at > NOW
    assert shelf.library.woken_sources() == {"yabiladi"}
