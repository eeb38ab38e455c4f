"""What was seen of a source when it was examined: values, and no judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.entry import UNASKED, AskedPace
from ingest.fetch.outcome import FetchOutcome
from ingest.fetch.robots_rules import RobotsRules
from ingest.fetch.witnessed import Witnessed


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What the document of a source is like; lengths are in characters.

    `format` and `reader` name what it is and what read it, `charset` how its letters
    are written, None where that is its format's. `unreadable` letters are of no
    charset. Of `entries` that many have no title, link or text of their own, have a
    `relative` link, or share title or link with another. Of an index of sitemaps those
    of the sitemaps are not known. `dates` (aware UTC, the
    newest first) are those that were believed.
    """

    format: str
    reader: str
    charset: str | None = None
    unreadable: int = 0
    entries: int = 0
    is_cut: bool = False
    left_out: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    dates: tuple[datetime, ...] = ()
    untitled: int = 0
    equal_titles: int = 0
    unlinked: int = 0
    relative: int = 0
    equal_links: int = 0
    text_lengths: tuple[int, ...] = ()
    is_index: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What one examination of a source saw.

    `hops` are the answers on the way to its document, redirects included; a file has
    none. `first` is what came of it, `again` of a second request that named the
    version of the first. `candidate` is the address that answered in place of its
    own. `robots` are the rules of its host where they were looked at, and
    `obeys_robots` says whether polls mind them. `resting_until` is until when its
    host is to be left alone, so that nothing was asked.
    """

    url: str | None
    hops: tuple[Witnessed, ...] = ()
    first: FetchOutcome | None = None
    again: FetchOutcome | None = None
    candidate: str | None = None
    robots: RobotsRules | None = None
    obeys_robots: bool = False
    takes_pages: bool = False
    document: DocumentFacts | None = None
    asked: AskedPace = UNASKED
    resting_until: datetime | None = None
