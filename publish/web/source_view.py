"""What the pages of sources say: who they are, how they fare, what came of them.

Decides from what the store reports; the templates lay it out. No address leaves here
with a name, a password or a query: those of feeds may hold keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from publish.addresses import publishable_link
from publish.selection import UPDATED_WHEN_EMPTY
from publish.web.headline_view import HeadlineView, describe_headline
from publish.web.plot import Plot, plot_arrivals
from publish.web.wording import say_language, say_time
from store.article import Condition, SourceDossier, SourceReport

WEEKS_PLOTTED = 6
ARRIVALS_SHOWN = timedelta(weeks=WEEKS_PLOTTED)

_ADDRESS = re.compile(r"\b([a-z][a-z0-9+.-]*://)([^\s/?#]*@)?([^\s?#]*)(\S*)", re.I)
_WORDS = {
    Condition.NEW: "Not asked yet",
    Condition.OK: "Well",
    Condition.LATE: "Late: no news for longer than is usual",
    Condition.MOVED: "Moved to another address",
    Condition.EMPTY: "Empty: its document has no entries",
    Condition.SILENT: "Silent: nothing new for weeks",
    Condition.BLOCKED: "Blocked: its server refuses to answer",
    Condition.FAILING: "Failing",
    Condition.GONE: "Gone for good",
}
_TONES = {Condition.NEW: "new", Condition.OK: "well"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A source in a list or at the head of its page; times are in words.

    `tone` is new, well or ill, which is any trouble; `health` is the name of it.
    """

    slug: str
    title: str
    home: str | None
    health: str
    tone: str
    since: str | None
    advice: str
    last_polled: str | None
    due: str | None
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePageView:
    """The page of a source; `languages` has names for people and numbers."""

    source: SourceView
    languages: tuple[tuple[str, int], ...]
    plot: Plot
    latest: tuple[HeadlineView, ...]
    updated_at: datetime


def describe_source(report: SourceReport) -> SourceView:
    """What is said of a source wherever it is named."""
    return SourceView(
        slug=report.slug,
        title=report.title,
        home=publishable_link(report.home),
        health=_WORDS[report.condition],
        tone=_TONES.get(report.condition, "ill"),
        since=_say(report.since),
        advice=hide_secrets(report.advice),
        last_polled=_say(report.last_polled_at),
        due=_say(report.due_at),
        articles=report.articles,
    )


def describe_source_page(dossier: SourceDossier, *, today: date) -> SourcePageView:
    """What the page of a source says on a day."""
    report = dossier.report
    return SourcePageView(
        source=describe_source(report),
        languages=tuple(
            (say_language(code) if code else "not known", count)
            for code, count in dossier.languages
        ),
        plot=plot_arrivals(dossier.arrivals, last=today, weeks=WEEKS_PLOTTED),
        latest=tuple(map(describe_headline, dossier.latest)),
        updated_at=latest_moment(
            [
                report.last_polled_at,
                report.since,
                *(one.first_seen_at for one in dossier.latest),
            ]
        ),
    )


def latest_moment(moments: Iterable[datetime | None]) -> datetime:
    """The last of those that are known; UPDATED_WHEN_EMPTY where none is."""
    return max((one for one in moments if one), default=UPDATED_WHEN_EMPTY)


def hide_secrets(text: str) -> str:
    """The text, its addresses without name, password, query and fragment."""
    return _ADDRESS.sub(_shown_address, text)


def _shown_address(found: re.Match[str]) -> str:
    scheme, _, place, rest = found.groups()
    return f"{scheme}{place}" + ("?…" if rest else "")


def _say(moment: datetime | None) -> str | None:
    return None if moment is None else say_time(moment)
