"""How a source fares, since when, and what its operator can do about it.

Decides from what is remembered of the source; asks nobody and reads no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

LATE_FACTOR = 3
"""Without news for so many of its usual gaps a source is late."""

SHORTEST_LATENESS = timedelta(days=1)  # nights and holidays are no trouble
SILENT_FACTOR = 20
SHORTEST_SILENCE = timedelta(days=14)
FAILURES_THAT_COUNT = 2
"""One failure is an accident; the next poll tells."""

_BLOCKING = frozenset({401, 402, 403, 406, 407, 429, 451})


class Condition(Enum):
    """How a source fares, the worst last."""

    NEW = "new"  # never polled
    OK = "ok"
    LATE = "late"  # no news for longer than is usual for it
    MOVED = "moved"  # its server names another address for good
    EMPTY = "empty"  # its document has no entries
    SILENT = "silent"  # it answers, but nothing new has come for weeks
    BLOCKED = "blocked"  # its server refuses us
    FAILING = "failing"
    GONE = "gone"  # its server says that it is gone for good


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHistory:
    """What is remembered of a source; times are aware UTC.

    `failing_since` is the first of the `failures` in a row, `status` and `detail` tell
    of the last one. `entries` is how many the last document had, `empty_since` when
    it had none for the first time. `news_at` is when its newest article came, and
    `usual_gap` the time between two of its articles, None where too few are known.
    """

    last_polled_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    status: int | None = None
    detail: str | None = None
    empty_since: datetime | None = None
    news_at: datetime | None = None
    usual_gap: timedelta | None = None
    moved_to: str | None = None
    moved_since: datetime | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A condition, since when (aware UTC, None where it never was otherwise), advice.

    `advice` is a sentence for the operator, "" where nothing is to be done.
    """

    condition: Condition
    since: datetime | None = None
    advice: str = ""


def decide_health(history: SourceHistory, *, now: datetime) -> Health:
    """How the source fares now; of several troubles the one that stops it."""
    if history.last_polled_at is None:
        return Health(condition=Condition.NEW)
    return (
        _gone(history)
        or _failing(history)
        or _empty(history)
        or _moved(history)
        or _quiet(history, now)
        or Health(condition=Condition.OK)
    )


def _gone(history: SourceHistory) -> Health | None:
    if history.gone_at is None:
        return None
    return Health(
        condition=Condition.GONE,
        since=history.gone_at,
        advice="Its server says that it is gone for good, so it is polled no more. "
        "Correct its url, switch it off with `enabled: false`, or wake it.",
    )


def _failing(history: SourceHistory) -> Health | None:
    if history.failures < FAILURES_THAT_COUNT:
        return None
    if history.status in _BLOCKING:
        return Health(
            condition=Condition.BLOCKED,
            since=history.failing_since,
            advice=f"Its server refuses us with status {history.status}. Give "
            "fetch.contact, poll it more seldom with `every`, or ask its publisher.",
        )
    return Health(
        condition=Condition.FAILING,
        since=history.failing_since,
        advice=history.detail or "",
    )


def _empty(history: SourceHistory) -> Health | None:
    if history.empty_since is None:
        return None
    return Health(
        condition=Condition.EMPTY,
        since=history.empty_since,
        advice="It answers with a document without entries. Open its address, and "
        "look for another feed with `rekkas source discover`.",
    )


def _moved(history: SourceHistory) -> Health | None:
    if history.moved_to is None:
        return None
    return Health(
        condition=Condition.MOVED,
        since=history.moved_since,
        advice=f"Its server has moved it to {history.moved_to}. Write that as its url.",
    )


def _quiet(history: SourceHistory, now: datetime) -> Health | None:
    """Late or silent by the source's own rhythm."""
    if history.news_at is None:
        return None
    quiet_for = now - history.news_at
    gap = history.usual_gap or timedelta(0)
    if quiet_for > max(SILENT_FACTOR * gap, SHORTEST_SILENCE):
        return Health(
            condition=Condition.SILENT,
            since=history.news_at,
            advice="It answers, but brings nothing new. Open its address: the "
            "publisher may have moved its news to another feed.",
        )
    if history.usual_gap is None or quiet_for <= max(
        LATE_FACTOR * gap, SHORTEST_LATENESS
    ):
        return None
    return Health(
        condition=Condition.LATE,
        since=history.news_at,
        advice="It has been quiet for longer than is usual for it. If it stays so, "
        "open its address.",
    )
