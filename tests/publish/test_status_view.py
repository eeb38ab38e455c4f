"""What the operator's page says of a service."""

from __future__ import annotations

from datetime import timedelta

from publish.web.status_view import (
    MOST_IN_JSON,
    MOST_SHOWN,
    ServiceFacts,
    StatusFacts,
    describe_status,
    list_status,
)
from store.article import Condition, SourceReport
from tests.factories import NOW


def make_facts(*reports: SourceReport) -> StatusFacts:
    service = ServiceFacts(
        version="1",
        started_at=NOW - timedelta(days=1),
        now=NOW,
        trouble=None,
        warning=None,
        problems=(),
        running=0,
        due=0,
    )
    arrivals = {report.slug: {NOW.date(): 2} for report in reports}
    return StatusFacts(
        service=service, reports=reports, failures={"a": 3}, arrivals=arrivals
    )


def make_report(slug: str, condition: Condition = Condition.OK) -> SourceReport:
    return SourceReport(
        slug=slug,
        title=slug,
        home=None,
        condition=condition,
        since=None,
        advice="",
        last_polled_at=NOW,
        due_at=None if condition is Condition.GONE else NOW + timedelta(hours=1),
        articles=2,
    )


def test_nothing_configured_is_shown_as_nothing() -> None:
    view = describe_status(make_facts())

    assert (view.sources, view.conditions, view.left_out) == ((), (), 0)
    assert view.next_poll_at is None
    assert list_status(make_facts())["next_poll_at"] is None


def test_of_many_sources_those_that_fare_best_are_left_out() -> None:
    well = [make_report(f"source-{number:05}") for number in range(MOST_IN_JSON)]
    facts = make_facts(*well, make_report("a", Condition.GONE))

    view, listed = describe_status(facts), list_status(facts)

    assert view.sources[0].view.slug == listed["sources"][0]["source"] == "a"
    assert view.sources[0].failures == listed["sources"][0]["failures"] == 3
    assert (len(view.sources), view.left_out) == (MOST_SHOWN, len(well) + 1 - 200)
    assert (len(listed["sources"]), listed["sources_left_out"]) == (MOST_IN_JSON, 1)
    assert view.conditions == (("gone", 1), ("ok", MOST_IN_JSON))


def test_what_came_is_summed_over_all_sources() -> None:
    view = describe_status(make_facts(make_report("a"), make_report("b")))

    assert "4 articles came in" in view.plot.summary
    assert "2 articles came in" in view.sources[0].plot.summary
