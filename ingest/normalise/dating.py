"""Which moments an entry gets out of its dates, and what to tell of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ingest.formats.raw import RawEntry
from ingest.normalise.dates import Moment, Standpoint, UnusableDate, parse_date
from ingest.normalise.text import one_line, shorten, writable
from ingest.source import SnapshotFile, Source

_LONGEST_QUOTE = 60  # characters of a date that is told to be of no use


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDates:
    """The moments of one entry, None where it has none that can be believed.

    `doubts` says of each date that is of no use why, as the end of a sentence about
    the entry. `believed_from` (aware UTC) is when the first of them that lies in the
    future can be believed.
    """

    published: Moment | None
    updated: Moment | None
    doubts: tuple[str, ...]
    believed_from: datetime | None = None


def standpoint_of(source: Source, now: datetime) -> Standpoint:
    """From where the dates of a source's document are read.

    What is polled was written now, a saved page when it was captured.
    """
    location = source.location
    written_at = location.captured_at if isinstance(location, SnapshotFile) else now
    return Standpoint(now=now, written_at=written_at, zone=source.time_zone)


def date_entry(raw: RawEntry, standpoint: Standpoint) -> EntryDates:
    """The moments of the entry; its only one is that of its publication.

    Many a feed gives one date only: Atom its updated, RSS 1.0 and SPIP a dc:date.
    """
    published, updated = (
        parse_date(words, standpoint) if words and words.strip() else None
        for words in (raw.published, raw.updated)
    )
    moment, changed = _believed(published), _believed(updated)
    return EntryDates(
        published=moment or changed,
        updated=changed,
        doubts=tuple(dict.fromkeys(_doubts(published, updated))),
        believed_from=min(_announced(published, updated), default=None),
    )


def _believed(date: Moment | UnusableDate | None) -> Moment | None:
    return date if isinstance(date, Moment) else None


def _announced(*dates: Moment | UnusableDate | None) -> Iterator[datetime]:
    for date in dates:
        if isinstance(date, UnusableDate) and date.believed_from is not None:
            yield date.believed_from


def _doubts(*dates: Moment | UnusableDate | None) -> Iterator[str]:
    for date in dates:
        if isinstance(date, UnusableDate):
            quoted = shorten(one_line(writable(date.words)), _LONGEST_QUOTE)
            yield f"its date “{quoted}” {date.fault.value}"
