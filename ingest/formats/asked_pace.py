"""The words in which a document asks for a pace -> AskedPace.

One rule for every reader of feeds. Words that say nothing count as missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from ingest.entry import AskedPace

_LONGEST_TTL_MINUTES = 60 * 24 * 366
_MOST_DIGITS = 9
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DEFAULT_PERIOD = "daily"  # as the syndication module has it
_ENTRY_START = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_ENDS = ("</item>", "</entry>")
_SKIPPED = re.compile(r"<(hour|day)>([^<>]*)</\1>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceWords:
    """What stands in ttl, in each hour and day to skip, and in the sy:update* three."""

    ttl: str | None = None
    hours: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    period: str | None = None
    frequency: str | None = None
    base: str | None = None


def read_pace(words: PaceWords) -> AskedPace:
    """The pace that the words ask for; a ttl is never longer than a year."""
    minutes = _number(words.ttl)
    return AskedPace(
        ttl=None
        if minutes is None
        else timedelta(minutes=min(minutes, _LONGEST_TTL_MINUTES)),
        skip_hours=frozenset(_hours(words.hours)),
        skip_days=frozenset(_days(words.days)),
        update_period=_update_period(words.period, words.frequency),
        update_base=(words.base or "").strip() or None,
    )


def skipped_times(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What skipHours and skipDays of the document say: the hours, then the days.

    Looked for in front of the entries and behind them, so that no article is meant.
    """
    start = _ENTRY_START.search(text)
    end = max(text.rfind(tag) for tag in _ENTRY_ENDS)
    behind = text[end:] if end >= 0 else ""
    outside = text[: start.start()] + behind if start else text
    found = [(kind.lower(), word) for kind, word in _SKIPPED.findall(outside)]
    hours = tuple(word for kind, word in found if kind == "hour")
    return hours, tuple(word for kind, word in found if kind == "day")


def _hours(words: Iterable[str]) -> Iterable[int]:
    """RSS 0.91 counts the hours from 1 to 24, and the last is midnight."""
    hours = (_number(word) for word in words)
    return (hour % 24 for hour in hours if hour is not None and hour <= 24)


def _days(words: Iterable[str]) -> Iterable[int]:
    names = (word.strip().lower() for word in words)
    return (_DAYS.index(name) for name in names if name in _DAYS)


def _update_period(period: str | None, frequency: str | None) -> timedelta | None:
    """The time between two updates, None where neither word says anything."""
    times = _number(frequency)
    name = (period or "").strip().lower()
    if name not in _PERIODS and not times:
        return None
    return _PERIODS[name if name in _PERIODS else _DEFAULT_PERIOD] / (times or 1)


def _number(word: str | None) -> int | None:
    digits = (word or "").strip()
    is_number = digits.isascii() and digits.isdigit()
    return int(digits) if is_number and len(digits) <= _MOST_DIGITS else None
