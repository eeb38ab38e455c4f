from __future__ import annotations

from datetime import timedelta

import pytest

from store.subscribing import (
    LEASE,
    asked_for,
    confirmed,
    denied,
    read_lease,
    refused,
)
from store.subscription import Subscription
from tests.factories import NOW

WANTED = Subscription(
    source="paper",
    hub="https://hub.example/",
    topic="https://paper.example/feed",
    token="hush",  # noqa: S106
    secret="hush",  # noqa: S106
    due_at=NOW,
)


def test_what_is_not_confirmed_in_time_is_asked_for_again() -> None:
    after = asked_for(WANTED, now=NOW)

    assert after.due_at == NOW + timedelta(hours=1)
    assert not after.is_alive(NOW)


def test_a_hub_that_refuses_is_asked_less_and_less_often() -> None:
    waits, subscription = [], WANTED
    for _ in range(10):
        subscription = refused(subscription, now=NOW)
        waits.append(subscription.due_at - NOW)

    assert waits == sorted(waits)
    assert waits[0] == timedelta(hours=1)
    assert waits[-1] == timedelta(days=2)


def test_a_lease_is_renewed_before_it_ends() -> None:
    after = confirmed(refused(WANTED, now=NOW), timedelta(days=10), now=NOW)

    assert after.is_alive(NOW)
    assert not after.is_alive(NOW + timedelta(days=10))
    assert after.due_at == NOW + timedelta(days=8)
    assert after.failures == 0


def test_the_shortest_of_leases_is_not_renewed_at_every_moment() -> None:
    after = confirmed(WANTED, timedelta(seconds=1), now=NOW)

    assert after.due_at == NOW + timedelta(minutes=8)


def test_who_is_denied_asks_again_after_days() -> None:
    after = denied(confirmed(WANTED, LEASE, now=NOW), now=NOW)

    assert not after.is_alive(NOW)
    assert after.due_at == NOW + timedelta(days=2)


LEASES = {
    "as granted": ("3600", timedelta(hours=1)),
    "not said": (None, LEASE),
    "nothing": ("0", LEASE),
    "no number": ("-1", LEASE),
    "beyond any calendar": ("9" * 20, LEASE),
}


@pytest.mark.parametrize(("said", "lease"), LEASES.values(), ids=LEASES.keys())
def test_leases_that_are_granted(said: str | None, lease: timedelta) -> None:
    assert read_lease(said) == lease


def test_what_only_the_hub_may_know_is_in_no_text() -> None:
    assert "hush" not in repr(WANTED)
