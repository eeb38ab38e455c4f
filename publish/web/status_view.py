"""What the operator's page says: how the service and each of its sources fare.

Decides what is shown and in which order; the template and JSON lay it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from publish.web.plot import Plot, plot_arrivals
from publish.web.source_view import SourceView, describe_source, hide_secrets
from store.article import Condition, SourceReport

WEEKS_PLOTTED = 2
MOST_SHOWN = 200
"""Sources on the page; of more, those are left out that fare best."""

MOST_IN_JSON = 2000

_URGENCY = {condition: -place for place, condition in enumerate(Condition)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """What the service knows of itself; `trouble` is why it is not ready, if it is not.

    `warning` is what is wrong although readers are served, None where nothing is.
    `problems` are those of a broken configuration, while an earlier one is in force.
    `running` polls are under way, `due` sources wait to be polled.
    """

    version: str
    started_at: datetime
    now: datetime
    trouble: str | None
    warning: str | None
    problems: tuple[str, ...]
    running: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """Everything that the page is made of.

    `failures` has how many polls of a source failed in a row, `arrivals` how many
    articles each source carried first on which day.
    """

    service: ServiceFacts
    reports: Sequence[SourceReport]
    failures: Mapping[str, int]
    arrivals: Mapping[str, Mapping[date, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A line of the page: the source, its failures in a row, what came of it."""

    view: SourceView
    failures: int
    plot: Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The page; `left_out` is how many sources are not shown."""

    service: ServiceFacts
    problems: tuple[str, ...]
    conditions: tuple[tuple[str, int], ...]
    next_poll_at: datetime | None
    plot: Plot
    sources: tuple[SourceStatus, ...]
    left_out: int


def describe_status(facts: StatusFacts) -> StatusView:
    """What the page says, the worst first."""
    today = facts.service.now.date()
    ordered = _worst_first(facts.reports)
    return StatusView(
        service=facts.service,
        problems=tuple(map(hide_secrets, facts.service.problems)),
        conditions=_count(ordered),
        next_poll_at=_next_poll_at(ordered),
        plot=plot_arrivals(
            _sum(facts.arrivals.values()), last=today, weeks=WEEKS_PLOTTED
        ),
        sources=tuple(
            SourceStatus(
                view=describe_source(report),
                failures=facts.failures.get(report.slug, 0),
                plot=plot_arrivals(
                    facts.arrivals.get(report.slug, {}), last=today, weeks=WEEKS_PLOTTED
                ),
            )
            for report in ordered[:MOST_SHOWN]
        ),
        left_out=max(len(ordered) - MOST_SHOWN, 0),
    )


def list_status(facts: StatusFacts) -> dict[str, Any]:
    """The same as JSON holds it; times are ISO 8601."""
    ordered = _worst_first(facts.reports)
    service = asdict(facts.service)
    service["problems"] = list(map(hide_secrets, facts.service.problems))
    return {
        "service": {key: _plain(value) for key, value in service.items()},
        "is_ready": facts.service.trouble is None,
        "conditions": dict(_count(ordered)),
        "next_poll_at": _plain(_next_poll_at(ordered)),
        "sources": [_line(report, facts) for report in ordered[:MOST_IN_JSON]],
        "sources_left_out": max(len(ordered) - MOST_IN_JSON, 0),
    }


def _line(report: SourceReport, facts: StatusFacts) -> dict[str, Any]:
    return {
        "source": report.slug,
        "title": report.title,
        "health": report.condition.value,
        "since": _plain(report.since),
        "advice": hide_secrets(report.advice),
        "failures": facts.failures.get(report.slug, 0),
        "last_polled_at": _plain(report.last_polled_at),
        "due_at": _plain(report.due_at),
        "articles": report.articles,
        "arrivals": {
            day.isoformat(): count
            for day, count in sorted(facts.arrivals.get(report.slug, {}).items())
        },
    }


def _worst_first(reports: Iterable[SourceReport]) -> list[SourceReport]:
    return sorted(reports, key=lambda one: (_URGENCY[one.condition], one.slug))


def _count(ordered: Sequence[SourceReport]) -> tuple[tuple[str, int], ...]:
    """How many sources are in each condition, the worst first."""
    return tuple(Counter(report.condition.value for report in ordered).items())


def _next_poll_at(reports: Iterable[SourceReport]) -> datetime | None:
    return min((one.due_at for one in reports if one.due_at), default=None)


def _sum(arrivals: Iterable[Mapping[date, int]]) -> Mapping[date, int]:
    total = Counter[date]()
    for each in arrivals:
        total.update(each)
    return total


def _plain(value: Any) -> Any:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
