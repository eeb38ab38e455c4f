"""The words of a date -> a moment in UTC and how exactly it is known, or why not.

`read` is the way in; `figures`, `written` and `relative` read one family of forms
each; the words they know are tables.
"""

from ingest.normalise.dates.moment import (
    EARLIEST,
    FARTHEST_AHEAD,
    DateFault,
    Moment,
    Standpoint,
    UnusableDate,
)
from ingest.normalise.dates.read import parse_date

__all__ = [
    "EARLIEST",
    "FARTHEST_AHEAD",
    "DateFault",
    "Moment",
    "Standpoint",
    "UnusableDate",
    "parse_date",
]
