"""Reading a date in a test: from noon of 23 November 2026, unless told otherwise."""

from __future__ import annotations

from typing import Any

from ingest.normalise.dates import Moment, Standpoint, UnusableDate, parse_date
from tests.ingest.normalise_factories import NOW


def read(words: str, **changes: Any) -> Moment | UnusableDate:
    """What the words give to one who reads them as they are written."""
    values: dict[str, Any] = {"now": NOW, "written_at": NOW}
    return parse_date(words, Standpoint(**(values | changes)))


def moment_of(words: str, **changes: Any) -> Moment:
    """The moment that the words must give."""
    moment = read(words, **changes)
    assert isinstance(moment, Moment), moment
    return moment


def spelt(moment: Moment) -> tuple[str, str]:
    """The moment as a table can hold it: its time in UTC and its precision."""
    assert moment.at.utcoffset() is not None
    return f"{moment.at:%Y-%m-%dT%H:%M:%S}", moment.precision.value
