"""The words of a date -> a moment, or why they give none."""

from __future__ import annotations

import re

from ingest.normalise.dates.figures import read_figures
from ingest.normalise.dates.letters import folded
from ingest.normalise.dates.moment import (
    DateFault,
    Moment,
    Standpoint,
    UnusableDate,
    judged,
)
from ingest.normalise.dates.relative import count_back, is_relative
from ingest.normalise.dates.written import read_written

# "Publié le … - Mis à jour le …": what stands before the update is the date.
_UPDATED = re.compile(
    r"\W*(?:mise? a jour|maj|modifie|last (?:updated|modified)|updated|modified"
    r"|actualizado|اخر تحديث|تم التحديث|تحديث)(?!\w)[\s:,]*"
)


def parse_date(words: str, standpoint: Standpoint) -> Moment | UnusableDate:
    """The moment that the words of a date name, or why they are of no use.

    Reads RFC 822, RFC 3339 and ISO 8601 with the habits of real feeds, epochs, and
    the long and relative forms of English, French, Arabic and Spanish. The day of the
    week is not looked at. The time it takes is bounded, whatever the words.
    """
    line = folded(words)
    if line is None:
        return UnusableDate(words=words, fault=DateFault.UNREADABLE)
    line = _first_date(line)
    moment = read_figures(line, standpoint.zone) or read_written(line, standpoint.zone)
    if moment is None and is_relative(line):
        if standpoint.written_at is None:
            return UnusableDate(words=words, fault=DateFault.UNANCHORED)
        moment = count_back(line, standpoint.written_at, standpoint.zone)
    return judged(moment, words, standpoint)


def _first_date(line: str) -> str:
    found = _UPDATED.search(line)
    if found is None:
        return line
    return line[: found.start()] or line[found.end() :]
