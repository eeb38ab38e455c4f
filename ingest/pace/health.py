"""How a source fares, since when, and what its operator can do about it.

Decides from what is remembered of the source; asks nobody and reads no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

LATE_FACTOR = 3
"""Without news for so many of its usual gaps a source is late."""

SHORTEST_LATENESS = timedelta(days=1)  # nights and holidays are no trouble
SILENT_FACTOR = 20
SHORTEST_SILENCE = timedelta(days=14)

FAILURES_TOLD = 3

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


_FAILURES = frozenset({Condition.FAILING, Condition.BLOCKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What only health wants to know of the past polls; times are aware UTC.

    `failing_since` is the first of the failures in a row and `status` that of the last
    one, `empty_since` when the document had no entries for the first time. `news_at`
    is when the newest article came out, or else came in.
    """

    failing_since: datetime | None = None
    status: int | None = None
    empty_since: datetime | None = None
    news_at: datetime | None = None


UNKNOWN_COURSE = Course()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHistory:
    """Everything that is remembered of a source and tells of its health.

    `detail` says of the last failure what happened, `failures` how many came in a row.
    `usual_gap` is the time between two of its articles, None where too few are known.
    `is_live` is False for a file, which nobody expects to change.
    """

    course: Course
    last_polled_at: datetime | None = None
    failures: int = 0
    detail: str | None = None
    usual_gap: timedelta | None = None
    moved_to: str | None = None
    moved_since: datetime | None = None
    gone_at: datetime | None = None
    is_live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A condition, since when (aware UTC, None where it never was otherwise), advice.

    `advice` is a sentence for the operator, "" where nothing is to be done.
    """

    condition: Condition
    since: datetime | None = None
    advice: str = ""


def course_after_failure(
    course: Course, *, status: int | None, now: datetime
) -> Course:
    """The course after a poll that failed, with the status of the answer if any."""
    return replace(course, failing_since=course.failing_since or now, status=status)


def course_after_success(
    course: Course,
    *,
    entries: int | None,
    published: Sequence[datetime | None],
    now: datetime,
) -> Course:
    """The course after a poll that succeeded.

    `entries` is how many the document has, None where nothing has changed.
    `published` has the publisher's time of each new article.
    """
    empty_since = course.empty_since
    if entries is not None:
        empty_since = None if entries else empty_since or now
    return Course(
        empty_since=empty_since, news_at=_newest(course.news_at, published, now)
    )


def _newest(
    before: datetime | None, published: Sequence[datetime | None], now: datetime
) -> datetime | None:
    """The last time that anything came out; an article without a time came just now."""
    moments = [min(moment or now, now) for moment in published]
    return max([*moments, *([before] if before else [])], default=None)


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


def is_worth_telling(before: Condition, after: Condition) -> bool:
    """Whether an operator wants to hear of it: a first poll that went well is none."""
    return before is not after and (before, after) != (Condition.NEW, Condition.OK)


def decide_news(
    told: Condition | None, health: Health, *, failures: int
) -> Condition | None:
    """What to write to the operator of a source, None where she knows or need not.

    `told` is what she was told last. Of `failures` in a row the third counts: most pass
    by themselves. Who is merely late is well, and a source that fails in another way
    than before still fails.
    """
    now = Condition.OK if health.condition is Condition.LATE else health.condition
    if now is Condition.NEW or (now in _FAILURES and failures < FAILURES_TOLD):
        return None
    before = told or Condition.OK
    return None if now is before or {now, before} <= _FAILURES else now


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
    if not history.failures:
        return None
    if history.course.status in _BLOCKING:
        return Health(
            condition=Condition.BLOCKED,
            since=history.course.failing_since,
            advice=f"Its server refuses us with status {history.course.status}. Give "
            "fetch.contact, poll it more seldom with `every`, or ask its publisher.",
        )
    return Health(
        condition=Condition.FAILING,
        since=history.course.failing_since,
        advice=history.detail or "",
    )


def _empty(history: SourceHistory) -> Health | None:
    if history.course.empty_since is None:
        return None
    return Health(
        condition=Condition.EMPTY,
        since=history.course.empty_since,
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
    news_at = history.course.news_at
    if news_at is None or not history.is_live:
        return None
    quiet_for = now - news_at
    gap = history.usual_gap or timedelta(0)
    if quiet_for > max(SILENT_FACTOR * gap, SHORTEST_SILENCE):
        return Health(
            condition=Condition.SILENT,
            since=news_at,
            advice="It answers, but brings nothing new. Open its address: the "
            "publisher may have moved its news to another feed.",
        )
    if history.usual_gap is None or quiet_for <= max(
        LATE_FACTOR * gap, SHORTEST_LATENESS
    ):
        return None
    return Health(
        condition=Condition.LATE,
        since=news_at,
        advice="It has been quiet for longer than is usual for it. If it stays so, "
        "open its address.",
    )
