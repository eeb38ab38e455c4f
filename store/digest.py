"""What a topic got in a day or a week: which times there are, and what is told of each.

Decides from values; `digests` keeps what was decided, and nothing changes it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum

MOST_ENTRIES = 100
"""Titles in one digest; nobody reads more of a day."""


class Rhythm(Enum):
    """How much time a digest covers."""

    DAILY = "daily"
    WEEKLY = "weekly"  # from Monday on

    @property
    def span(self) -> timedelta:
        """The length of one period."""
        return timedelta(days=1 if self is Rhythm.DAILY else 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day (`2026-11-22`) or a week (`2026-W47`), up to but without `ends_at`, UTC."""

    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that a topic got in a period; `position` is that in its log."""

    article: int
    position: int
    title: str
    link: str | None
    source: str
    language: str | None
    original: int
    story: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestEntry:
    """A line of a digest; `link` is None where the publisher gave none."""

    article: int
    title: str
    link: str | None
    source: str
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a topic got in a period; `count` is of all, `entries` of those it names."""

    topic: str
    period: Period
    count: int
    entries: tuple[DigestEntry, ...]


def last_periods(rhythm: Rhythm, now: datetime, *, count: int) -> Iterator[Period]:
    """The periods that are over, the oldest of the last `count` first."""
    midnight = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    if rhythm is Rhythm.WEEKLY:
        midnight -= timedelta(days=midnight.weekday())
    for back in range(count, 0, -1):
        starts_at = midnight - back * rhythm.span
        yield Period(
            name=f"{starts_at:%G-W%V}"
            if rhythm is Rhythm.WEEKLY
            else f"{starts_at:%Y-%m-%d}",
            starts_at=starts_at,
            ends_at=starts_at + rhythm.span,
        )


def arrange(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with copies once, stories that most sources tell first.

    Articles of one story stand together, and in all else the order of the log counts.
    """
    told_by: dict[int, set[str]] = defaultdict(set)
    first: dict[int, int] = {}
    for one in sorted(candidates, key=lambda one: one.position):
        told_by[_story(one)].add(one.source)
        first.setdefault(_story(one), one.position)
    return sorted(
        _without_copies(candidates),
        key=lambda one: (
            -len(told_by[_story(one)]),
            first[_story(one)],
            one.position,
        ),
    )


def _story(one: Candidate) -> int:
    """Its story; an article without one is a story by itself."""
    return -one.article if one.story is None else one.story


def _without_copies(candidates: Sequence[Candidate]) -> list[Candidate]:
    shown: dict[int, Candidate] = {}
    for one in sorted(candidates, key=lambda one: one.position):
        if one.original not in shown or one.article == one.original:
            shown[one.original] = one
    return list(shown.values())
