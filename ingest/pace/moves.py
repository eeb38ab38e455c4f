"""Where a source is asked: when a move is believed, and when a source is gone.

Decides from what polls have seen; the store keeps the state, the exchange obeys it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When a source that is gone is due."""

_ENOUGH_FAILURES = 5  # in a row, of whatever kind: the move was none


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What is known of a source's address; all times are aware UTC.

    Since `moved_since` each good answer came after permanent redirects to `moved_to`.
    `adopted_url` is asked instead of the configured address. Since `gone_at` the
    source is not asked at all: its publisher has said that it is gone for good.
    """

    moved_to: str | None = None
    moved_since: datetime | None = None
    adopted_url: str | None = None
    gone_at: datetime | None = None


AT_HOME = Whereabouts()


def after_success(
    state: Whereabouts,
    *,
    asked: str,
    moved_to: str | None,
    now: datetime,
    patience: timedelta,
) -> Whereabouts:
    """What is known after a good document came from `asked`, or from where it led.

    A move is adopted when every good answer for so long has agreed on it: a mistake in
    a server's configuration, or a stranger's network, is over before. The same address
    by https is adopted at once, one that gives up https never.
    """
    if moved_to is None or _gives_up_https(asked, moved_to):
        return Whereabouts(adopted_url=state.adopted_url)
    agreed_since = state.moved_since if moved_to == state.moved_to else None
    since = agreed_since or now
    if now - since >= patience or _only_gains_https(asked, moved_to):
        return Whereabouts(adopted_url=moved_to)
    return Whereabouts(
        moved_to=moved_to, moved_since=since, adopted_url=state.adopted_url
    )


def after_failure(
    state: Whereabouts,
    *,
    is_refusal: bool,
    is_gone: bool,
    failures: int,
    now: datetime,
) -> Whereabouts:
    """What is known after a failure, the last of so many in a row.

    An adopted address that refuses us, or fails again and again, is left: the
    configured one knows better, or leads there anew. Only where that one is gone the
    source is.
    """
    if state.adopted_url is not None and (is_refusal or failures >= _ENOUGH_FAILURES):
        return AT_HOME
    if is_gone:
        return replace(state, gone_at=state.gone_at or now)
    return state


def _gives_up_https(asked: str, moved_to: str) -> bool:
    return urlsplit(asked).scheme == "https" != urlsplit(moved_to).scheme


def _only_gains_https(asked: str, moved_to: str) -> bool:
    before, after = urlsplit(asked), urlsplit(moved_to)
    return before.scheme == "http" and before._replace(scheme="https") == after
