"""How often sources are polled whose hubs bring their news: seldom, as the net."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from ingest.pace.schedule import PollPolicy
from store.subscriptions import Subscriptions

_SELDOM = timedelta(hours=6)  # four polls a day find what a hub did not bring


class StretchedPolicies(Mapping[str, PollPolicy]):
    """How often each source may be polled, seldom while its hub brings its news."""

    def __init__(
        self,
        policies: Mapping[str, PollPolicy],
        subscriptions: Subscriptions,
        clock: Callable[[], datetime],
    ) -> None:
        self._policies = policies
        self._subscriptions = subscriptions
        self._clock = clock

    def __getitem__(self, slug: str) -> PollPolicy:
        policy = self._policies[slug]
        subscription = self._subscriptions.of_source(slug)
        if subscription is None or not subscription.is_alive(self._clock()):
            return policy
        return replace(policy, every=max(policy.every or _SELDOM, _SELDOM))

    def __iter__(self) -> Iterator[str]:
        return iter(self._policies)

    def __len__(self) -> int:
        return len(self._policies)
