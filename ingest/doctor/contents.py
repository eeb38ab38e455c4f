"""What the document of a source is like: read, dated, fresh, and fit to be shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from ingest.doctor.answers import is_unread
from ingest.doctor.facts import DocumentFacts, SourceFacts
from ingest.doctor.finding import Finding, fail, ok, warn
from ingest.fetch.outcome import FetchFailed
from ingest.pace.health import (
    LATE_FACTOR,
    SHORTEST_LATENESS,
    SHORTEST_SILENCE,
    SILENT_FACTOR,
)

_SHOWN = 3  # reasons of a kind; a document makes the same mistake all through
_EXCERPT = 600  # characters; shorter texts are seldom whole articles
_DAY = timedelta(days=1)


def check_reading(facts: SourceFacts) -> Finding | None:
    """Whether the document can be read, by whom, and what of it is left out."""
    check, first, document = "parses", facts.first, facts.document
    if isinstance(first, FetchFailed) and is_unread(first):
        return fail(check, first.detail)
    if document is None:
        return None
    found = f"{document.format}, {document.entries} entries, read {document.reader}" + (
        f", in {document.charset}" if document.charset else ""
    )
    if not document.entries:
        return fail(
            check,
            found,
            "Open its address: look for another feed with `rekkas source discover`.",
        )
    flaws = _flaws(document)
    if flaws:
        return warn(check, f"{found}; {flaws}", "Only its publisher can mend these.")
    return ok(check, found)


def _flaws(document: DocumentFacts) -> str:
    told = (
        (document.is_cut, "it ends in the middle"),
        (document.unreadable, f"{document.unreadable} letters are unreadable"),
        (
            document.left_out,
            f"{len(document.left_out)} left out ({_some(document.left_out)})",
        ),
    )
    return "; ".join(words for is_so, words in told if is_so)


def _some(reasons: tuple[str, ...]) -> str:
    more = len(reasons) - _SHOWN
    return "; ".join(reasons[:_SHOWN]) + (f"; {more} more" if more > 0 else "")


def check_dates(document: DocumentFacts) -> Finding:
    """How many entries have a date that can be believed."""
    check, missing = "dates", _kept(document) - len(document.dates)
    if document.doubts:
        return warn(
            check,
            f"{len(document.doubts)} doubts: {_some(document.doubts)}",
            "Where a zone is missing, give the source its time_zone.",
        )
    if missing:
        return warn(
            check,
            f"{missing} of {_kept(document)} entries have no date",
            "They are dated by when they are first seen.",
        )
    return ok(check, f"all {_kept(document)} entries are dated")


def check_freshness(document: DocumentFacts, *, now: datetime) -> Finding | None:
    """How old the newest entry is beside the usual time between two."""
    if not document.dates:
        return None
    gap = usual_gap(document.dates)
    quiet_for = max(now - document.dates[0], timedelta(0))
    found = f"the newest entry is {_age(quiet_for)} old" + (
        f", one comes every {_age(gap)}" if gap else ""
    )
    if quiet_for > max(SILENT_FACTOR * gap, SHORTEST_SILENCE):
        return warn(
            "freshness",
            found,
            "The publisher may have moved its news to another feed: try `rekkas "
            "source discover`.",
        )
    if gap and quiet_for > max(LATE_FACTOR * gap, SHORTEST_LATENESS):
        return warn("freshness", found, "It is late; open its address if it stays so.")
    return ok("freshness", found)


def usual_gap(dates: tuple[datetime, ...]) -> timedelta:
    """The usual time between two entries, the newest of them first; 0 of fewer."""
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(dates)]
    return timedelta(seconds=median(gaps)) if gaps else timedelta(0)


def _age(span: timedelta) -> str:
    if span >= 2 * _DAY:
        return f"{span // _DAY} days"
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def check_titles(document: DocumentFacts) -> Finding:
    """Whether each entry has a title and a link of its own."""
    told = (
        (document.untitled, "have no title"),
        (document.equal_titles, "share their title with another"),
        (document.unlinked, "have no link"),
        (document.equal_links, "share their link with another"),
    )
    flaws = "; ".join(f"{count} {words}" for count, words in told if count)
    relative = f"; {document.relative} links are relative" if document.relative else ""
    if flaws:
        return warn(
            "titles, links",
            f"of {document.entries} entries {flaws}{relative}",
            "Such entries are told apart by what else they have; readers may not.",
        )
    return ok("titles, links", f"each entry has its own{relative}")


def check_texts(document: DocumentFacts, *, takes_pages: bool) -> Finding:
    """How much of each article the document carries."""
    check, lengths = "text", [length for length in document.text_lengths if length]
    if takes_pages:
        return ok(check, "it is taken from the page of each entry")
    if not lengths:
        return warn(
            check,
            "no entry has any",
            "`full_text: true` takes it from the page of each entry.",
        )
    usual = round(median(lengths))
    if usual < _EXCERPT:
        return ok(
            check,
            f"excerpts, usually of {usual} characters",
            "`full_text: true` takes the whole from the page of each entry.",
        )
    return ok(check, f"whole articles, usually of {usual:,} characters")


def _kept(document: DocumentFacts) -> int:
    return document.entries - len(document.left_out)
