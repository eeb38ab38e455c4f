"""What the words of a date say together, once its figures with marks were taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import tzinfo

from ingest.normalise.dates.clock import Clock
from ingest.normalise.dates.moment import Moment, start_of_day, start_of_month
from ingest.normalise.dates.vocabulary import (
    AFTER_NOON,
    BEFORE_NOON,
    SAYS_NOTHING,
    is_day_of_week,
    month_named,
)
from ingest.normalise.dates.zones import zone_named

TIME_WAS = "\0"
"""Stands in a line where a time of day was taken out."""

_TOKEN = re.compile(rf"\d+|[^\W\d_]+(?:\.[^\W\d_]+)*\.?(?:/[a-z_]+)*|{TIME_WAS}|\S")
_MARKS = frozenset({*",.-|/·•:;'’()[]", TIME_WAS})
_LONGEST_NUMBER = 4  # digits, of a year
_BEHIND_WHICH_ZONES_STAND = BEFORE_NOON | AFTER_NOON | {TIME_WAS}
_UNKNOWN_ZONE = re.compile(r"[a-z]{1,5}|[a-z]+(?:/[a-z_]+)+")


@dataclass(slots=True, kw_only=True)
class Parts:
    """What a date was found to say so far; the one value here that grows.

    `day` is one in figures. `numbers` are those that stand alone, in their order;
    `months` gives each month's word its number.
    """

    day: Moment | None = None
    clock: Clock | None = None
    zone: tzinfo | None = None
    after_noon: bool | None = None
    numbers: list[str] = field(default_factory=list)
    months: dict[str, int] = field(default_factory=dict)


def take_words(line: str, parts: Parts) -> bool:
    """Whether every word of the line is understood; what they say goes into parts.

    An unknown word is one in the place of a zone, which then says nothing (RFC 5322,
    4.3), and one before the first comma: a day of the week in any language.
    """
    tokens = [token.replace(".", "") or "." for token in _TOKEN.findall(line)]
    before = ""
    for at, token in enumerate(tokens):
        is_zone = before in _BEHIND_WHICH_ZONES_STAND and _take_zone(token, parts)
        is_leading = at == 0 and tokens[1:2] == [","]
        if not (is_zone or _take_word(token, parts) or is_leading):
            return before in _BEHIND_WHICH_ZONES_STAND and _ends(tokens[at:], parts)
        before = token
    return True


def _ends(tokens: list[str], parts: Parts) -> bool:
    """Whether all is understood but the first, which stands for an unknown zone."""
    is_zone = _UNKNOWN_ZONE.fullmatch(tokens[0]) is not None
    return is_zone and all(_take_word(token, parts) for token in tokens[1:])


def _take_zone(word: str, parts: Parts) -> bool:
    zone = zone_named(word.removeprefix("etc/"))
    if zone is not None and parts.zone is None:  # figures win, as in GMT+1
        parts.zone = zone
    return zone is not None


def _take_word(word: str, parts: Parts) -> bool:
    if word.isdecimal():
        parts.numbers.append(word)
        return len(word) <= _LONGEST_NUMBER
    if month := month_named(word):
        parts.months[word] = month
    elif word in BEFORE_NOON or word in AFTER_NOON:
        parts.after_noon = word in AFTER_NOON
    else:
        says_nothing = word in _MARKS or word in SAYS_NOTHING or is_day_of_week(word)
        return says_nothing or _take_zone(word, parts)
    return True


def day_of(parts: Parts) -> Moment | None:
    """The day, or the month where no day is given; None where parts are missing."""
    if parts.day is not None:
        return None if parts.numbers or parts.months else parts.day
    month = _month(parts.months)
    if month is None or len(parts.numbers) > 2:
        return None
    years = [number for number in parts.numbers if len(number) > 2]
    others = [number for number in parts.numbers if len(number) <= 2]
    if len(years) == 1 and not others:
        return start_of_month(year_of(years[0]), month)
    if len(others) == 2:
        years = [others.pop()]
    if len(years) != 1:
        return None
    return start_of_day(year_of(years[0]), month, int(others[0]))


def _month(months: dict[str, int]) -> int | None:
    """The one month that is named, maybe in two vocabularies; None for two months.

    Beside another month "mar." is mardi.
    """
    certain = {months[word] for word in months if not is_day_of_week(word)}
    numbers = certain or set(months.values())
    return numbers.pop() if len(numbers) == 1 else None


def year_of(digits: str) -> int:
    """The year in full: RFC 5322, 4.3 on years of two and three digits."""
    year = int(digits)
    if len(digits) == 2 and year < 50:
        return year + 2000
    return year if len(digits) > 3 else year + 1900
