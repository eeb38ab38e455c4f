"""What follows for a subscription at a source's hub from what its hub does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from store.subscription import Subscription

LEASE = timedelta(days=10)
"""For how long a hub is asked to call us; it may grant another time."""

_TIME_TO_CONFIRM = timedelta(hours=1)
_FIRST_WAIT = timedelta(hours=1)
_LONGEST_WAIT = timedelta(days=2)
_MOST_DOUBLINGS = 6
_SHORTEST_LEASE = timedelta(minutes=10)  # what is shorter is renewed as if it were this
_RENEWED_AFTER = 0.8  # of a lease: time enough for a second attempt


def asked_for(subscription: Subscription, *, now: datetime) -> Subscription:
    """After the hub took the request; it is asked again unless it confirms in time."""
    return _failed(subscription, now + _TIME_TO_CONFIRM)


def refused(subscription: Subscription, *, now: datetime) -> Subscription:
    """After the hub did not take the request: it is asked less and less often."""
    doublings = min(subscription.failures, _MOST_DOUBLINGS)
    return _failed(
        subscription, now + min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
    )


def confirmed(
    subscription: Subscription, lease: timedelta, *, now: datetime
) -> Subscription:
    """After the hub promised to call us, renewed before its promise ends."""
    return replace(
        subscription,
        lease_until=now + lease,
        due_at=now + max(lease, _SHORTEST_LEASE) * _RENEWED_AFTER,
        failures=0,
    )


def denied(subscription: Subscription, *, now: datetime) -> Subscription:
    """After the hub said that it will not call us, or no more."""
    return replace(
        refused(subscription, now=now), lease_until=None, due_at=now + _LONGEST_WAIT
    )


def read_lease(seconds: str | None) -> timedelta:
    """The lease that a hub grants; one that cannot be meant counts as what we asked."""
    text = seconds or ""
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text)):
        return LEASE
    return timedelta(seconds=int(text))


def _failed(subscription: Subscription, due_at: datetime) -> Subscription:
    return replace(subscription, due_at=due_at, failures=subscription.failures + 1)
