"""What a publisher asks of those who poll: the least wait, and when not to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.entry import AskedPace

_HOUR = timedelta(hours=1)
_HOURS_A_WEEK = 24 * 7
_NOTHING = timedelta(0)


def asked_wait(
    asked: AskedPace, max_age: timedelta | None, *, now: datetime
) -> timedelta:
    """The least wait that the server (max-age) or the document asks for; never below 0.

    The longest of them counts. A document that changes at set times is waited for
    until the next of them.
    """
    return max(
        max_age or _NOTHING, asked.ttl or _NOTHING, _next_update(asked, now), _NOTHING
    )


def after_skips(moment: datetime, asked: AskedPace) -> datetime:
    """The first moment, this one or later, that is in no skipped hour or day.

    A publisher who skips every hour there is errs, and is not heard.
    """
    first_hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    for hours in range(_HOURS_A_WEEK):
        hour = first_hour + hours * _HOUR
        if not _is_skipped(hour, asked):
            # The minute is kept, so that not all come as the hour begins.
            return moment + hours * _HOUR
    return moment


def _is_skipped(hour: datetime, asked: AskedPace) -> bool:
    return hour.hour in asked.skip_hours or hour.weekday() in asked.skip_days


def _next_update(asked: AskedPace, now: datetime) -> timedelta:
    """Until the document changes by its own plan (sy:updatePeriod and updateBase)."""
    period = asked.update_period
    if period is None or period <= _NOTHING:
        return _NOTHING
    base = _moment(asked.update_base)
    return period if base is None else period - (now - base) % period


def _moment(written: str | None) -> datetime | None:
    """The W3C date and time as the syndication module has them; None if it is none."""
    try:
        moment = datetime.fromisoformat((written or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
