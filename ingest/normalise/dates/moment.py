"""What a date comes to: a moment and how exactly it is known, or why it is of no use.

Holds the bounds of what is believed. Reads no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum

from ingest.entry import Precision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No feed is older; 1970 is what a program writes that knows no date."""

FARTHEST_AHEAD = timedelta(days=1)
"""Local time sent as UTC is up to 14 hours ahead; what is later announces, or errs."""


class DateFault(Enum):
    """Why a date is of no use; the value ends a sentence about it."""

    UNREADABLE = "cannot be read"
    TOO_EARLY = "lies before 1990"
    FUTURE = "lies in the future"
    UNANCHORED = "counts back from a moment that nobody knows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time (aware UTC) and how exactly it is known.

    A day stands at its first instant in UTC, whatever the zone, so that it is shown
    as the day that was written; a month or a year at that of its first day. What was
    counted back in weeks stands at its day, and is known as by the month.
    """

    at: datetime
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusableDate:
    """The words of a date that gives no moment, and why.

    `believed_from` is when a moment in the future can be believed, None for never.
    """

    words: str
    fault: DateFault
    believed_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """Where one stands when one reads dates.

    `now` bounds what is believed. Relative words count back from `written_at`, None
    where nobody knows when they were written; both are aware. `zone` is that of dates
    that name none.
    """

    now: datetime
    written_at: datetime | None
    zone: tzinfo = UTC


def judged(
    moment: Moment | None, words: str, standpoint: Standpoint
) -> Moment | UnusableDate:
    """The moment if it can be believed: from 1990 to a day ahead of the writing."""
    if moment is None:
        return UnusableDate(words=words, fault=DateFault.UNREADABLE)
    if moment.at < EARLIEST:
        return UnusableDate(words=words, fault=DateFault.TOO_EARLY)
    latest = min(standpoint.now, standpoint.written_at or standpoint.now)
    if moment.at - latest > FARTHEST_AHEAD:
        is_written_now = (standpoint.written_at or latest) >= standpoint.now
        return UnusableDate(
            words=words,
            fault=DateFault.FUTURE,
            # What was written before does not come nearer to its announcements.
            believed_from=moment.at - FARTHEST_AHEAD if is_written_now else None,
        )
    return moment


def start_of_day(year: int, month: int, day: int) -> Moment | None:
    """The day as a moment; None for one that the calendar does not have."""
    try:
        at = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return Moment(at=at, precision=Precision.DAY)


def start_of_year(year: int) -> Moment | None:
    """The year as a moment; None for one that the calendar does not have."""
    first = start_of_day(year, 1, 1)
    return first and Moment(at=first.at, precision=Precision.YEAR)


def start_of_month(year: int, month: int) -> Moment | None:
    """The month as a moment; None for one that the calendar does not have."""
    first = start_of_day(year, month, 1)
    return first and Moment(at=first.at, precision=Precision.MONTH)
