"""What the process remembers of the hosts it asks: who rests, and who has had enough.

Remembers only; what follows from it is decided by `pace.host_budget`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from config.hosts import host_key
from config.settings import FetchSettings
from config.values import RetryAfterScope
from ingest.pace.host_budget import (
    UNTOUCHED,
    HostState,
    after_request,
    after_retry_after,
    ready_at,
)
from ingest.registrable_domain import registrable_domain


class HostResting(Exception):  # noqa: N818 - no error: the source is asked later
    """The host is to be left alone until a time (aware UTC); nothing was asked."""

    def __init__(self, host: str, until: datetime) -> None:
        super().__init__(f"{host} is to be left alone until {until:%Y-%m-%d %H:%M} UTC")
        self.until = until


class HostBook:
    """Lets requests through, and notes them and what hosts answer."""

    def __init__(self, fetch: FetchSettings, *, clock: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._states: dict[str, HostState] = {}
        self._changed: set[str] = set()

    def remember(self, states: Mapping[str, HostState]) -> None:
        """Know what an earlier run of the service knew."""
        self._states.update(states)

    def take_changes(self) -> Mapping[str, HostState]:
        """The states that have changed since they were last taken."""
        changes = {name: self._states[name] for name in sorted(self._changed)}
        self._changed.clear()
        return changes

    def keep_for_later(self, changes: Mapping[str, HostState]) -> None:
        """Give these out again: they were taken and could not be kept."""
        self._changed.update(changes)

    def check(self, url: str) -> None:
        """Say nothing where the address may be asked now.

        Raises:
            HostResting: it may not, and until when.
        """
        host, now = _host(url), self._clock()
        budget = self._budget(host)
        own = ready_at(self._state(host), daily_budget=budget, now=now)
        wide = self._state(self._resting(host))
        until = ready_at(wide, daily_budget=None, now=own or now) or own
        if until is not None:
            raise HostResting(host, until)

    def claim(self, url: str) -> None:
        """Count a request that is made now.

        Raises:
            HostResting: it may not be made, and is not counted.
        """
        self.check(url)
        host = _host(url)
        budget = self._budget(host)
        self._keep(
            host,
            after_request(self._state(host), daily_budget=budget, now=self._clock()),
        )

    def note_retry_after(self, url: str, retry_after: timedelta | None) -> None:
        """Leave alone, as far as is configured, the host whose answer asked for it."""
        if self._fetch.retry_after_scope is not RetryAfterScope.FEED:
            name = self._resting(_host(url))
            state = self._state(name)
            self._keep(name, after_retry_after(state, retry_after, now=self._clock()))

    def _resting(self, host: str) -> str:
        """The name under which it is noted that the host is to be left alone."""
        is_wide = self._fetch.retry_after_scope is RetryAfterScope.DOMAIN
        return registrable_domain(host) if is_wide else host

    def _budget(self, host: str) -> int | None:
        own = self._fetch.hosts.get(host)
        return own.daily_budget if own else self._fetch.per_host.daily_budget

    def _state(self, name: str) -> HostState:
        return self._states.get(name, UNTOUCHED)

    def _keep(self, name: str, state: HostState) -> None:
        if state != self._state(name):
            self._states[name] = state
            self._changed.add(name)


def _host(url: str) -> str:
    return host_key(urlsplit(url).hostname or "")
