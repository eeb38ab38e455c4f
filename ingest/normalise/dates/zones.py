"""The zone of a date, from its name or its figures.

Names that several countries use differently (IST, AST) are left out: as RFC 5322, 4.3
has it, such a zone says nothing.
"""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# By hours east of Greenwich.
_FIXED = {
    0: "gmt utc ut z wet zulu غرينتش غرينيتش جرينتش",
    1: "west cet met bst wat hnec",
    2: "cest mest eet cat sast",
    3: "eest eat msk",
    8: "hkt sgt awst",
    9: "jst kst",
    10: "aest",
    11: "aedt",
    12: "nzst",
    13: "nzdt",
    -3: "adt",
    -4: "edt",
    -5: "est cdt",
    -6: "cst mdt",
    -7: "mst pdt",
    -8: "pst akdt",
    -9: "akst",
    -10: "hst",
}
# What American newspapers write the whole year, summer time or not.
_OF_A_PLACE = {
    "at": "America/Halifax",
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
_ZONES: dict[str, tzinfo] = {
    name: timezone(timedelta(hours=hours))
    for hours, names in _FIXED.items()
    for name in names.split()
} | {name: ZoneInfo(place) for name, place in _OF_A_PLACE.items()}


def zone_named(word: str) -> tzinfo | None:
    """The zone of the name in lower case; None for one that says nothing."""
    return _ZONES.get(word)


def zone_of_figures(sign: str, hours: str, minutes: str | None) -> tzinfo:
    """The zone that lies so far ahead (+) of UTC, or behind it (-): below a day."""
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if not offset:
        return UTC
    return timezone(offset if sign == "+" else -offset)
