"""Header fields that list what a client prefers, each with its weight.

Reads RFC 9110, 12.4.2 and 5.6.1; what is malformed counts as not sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WEIGHT = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_MOST_LISTED = 50  # more are absurd, and each costs time


def read_preferences(value: str) -> dict[str, float]:
    """Each name of the list in small letters with its weight from 0 to 1.

    Parameters other than the weight are passed over; of a name that is listed twice
    the last counts. A weight that cannot be read is 0.
    """
    return dict(_members(value))


def _members(value: str) -> Iterator[tuple[str, float]]:
    for member in value.split(",", _MOST_LISTED)[:_MOST_LISTED]:
        name, *parameters = (part.strip() for part in member.split(";"))
        if name:
            yield name.lower(), _weight(parameters)


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter[:1] in {"q", "Q"}:
            found = _WEIGHT.fullmatch(parameter)
            return float(found[1]) if found else 0.0
    return 1.0
