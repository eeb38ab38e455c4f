"""The time of day of a date, and the day at this time in its zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from ingest.entry import Precision
from ingest.normalise.dates.moment import Moment

_LAST_HOUR = 24  # ISO 8601 once had it for midnight; some count on after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time as written. Half is None, or whether it is the one after noon."""

    hour: int
    minute: int | None = None
    second: int = 0

    def by_half(self, after_noon: bool | None) -> Clock:
        """The time by the whole day's clock: 12 a.m. is 0, 2 p.m. is 14.

        "14:30 PM" is what it says without the PM.
        """
        if after_noon is None or self.hour > 12:
            return self
        hour = self.hour % 12 + (12 if after_noon else 0)
        return Clock(hour=hour, minute=self.minute, second=self.second)


def at_time(day: Moment, clock: Clock, zone: tzinfo) -> Moment | None:
    """The day at this time in this zone; None for a time that no day has.

    A minute may have 61 seconds (RFC 3339, 5.6).
    """
    time = (clock.hour, clock.minute or 0, clock.second)
    if time[0] > _LAST_HOUR or time[1] > 59 or time[2] > 60:
        return None
    hours, minutes, seconds = time
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    precision = Precision.HOUR if clock.minute is None else Precision.SECOND
    at = in_utc(day.at.replace(tzinfo=None), span, zone)
    return None if at is None else Moment(at=at, precision=precision)


def in_utc(day: datetime, span: timedelta, zone: tzinfo) -> datetime | None:
    """So long after the naive day's midnight in the zone; None beyond the calendar."""
    try:
        return (day + span).replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return None
