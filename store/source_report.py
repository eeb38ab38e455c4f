"""How a source fares, as its page tells it; decides from what is remembered of it."""

from __future__ import annotations

from datetime import datetime

from store.article import SourceReport
from store.database.sources import SourceName, SourceState
from store.remembering import health_of


def report_source(
    name: SourceName, state: SourceState, *, articles: int, now: datetime
) -> SourceReport:
    """The source at `now`; what is gone for good is not due any more."""
    health = health_of(state, now)
    is_polled = state.pace is not None and state.whereabouts.gone_at is None
    return SourceReport(
        slug=name.slug,
        title=name.title,
        home=name.home,
        condition=health.condition,
        since=health.since,
        advice=health.advice,
        last_polled_at=state.last_polled_at,
        due_at=state.pace.due_at if state.pace and is_polled else None,
        articles=articles,
    )
