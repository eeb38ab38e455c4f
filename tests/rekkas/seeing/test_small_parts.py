"""Values for a while, first showings, conditions, readiness, this process."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.pace.health import Condition, Health
from rekkas.seeing.briefly import Briefly
from rekkas.seeing.first_shown import FirstShown
from rekkas.seeing.process import measure_process
from rekkas.seeing.readiness import decide_trouble
from rekkas.seeing.sources import SourceConditions
from tests.factories import NOW
from tests.publish.factories import make_article, make_feed
from tests.rekkas.reports import make_report


async def test_what_is_asked_for_by_many_is_made_once() -> None:
    made, moment = [], [0.0]

    async def make() -> int:
        await asyncio.sleep(0)
        made.append(1)
        return len(made)

    briefly = Briefly(make, seconds=1.0, clock=lambda: moment[0])
    answers = await asyncio.gather(*(briefly.get() for _ in range(50)))
    moment[0] = 0.9
    later = await briefly.get()
    moment[0] = 1.0
    too_late = await briefly.get()

    assert set(answers) == {1}
    assert (later, too_late) == (1, 2)


async def test_what_could_not_be_made_is_tried_again() -> None:
    tries = iter((ValueError("not now"), None))

    async def make() -> str:
        trouble = next(tries)
        if trouble:
            raise trouble
        return "made"

    briefly = Briefly(make)
    with pytest.raises(ValueError, match="not now"):
        await briefly.get()

    assert await briefly.get() == "made"


TROUBLES = {
    "all is well": (None, True, None),
    "nothing is polled yet": (None, False, "the first polls have not begun"),
    "the database is gone": ("lost", True, "the database cannot be read: lost"),
    "the database never came": ("lost", False, "the database cannot be read: lost"),
}


@pytest.mark.parametrize("case", TROUBLES.values(), ids=TROUBLES)
def test_when_the_service_is_ready(case: tuple[str | None, bool, str | None]) -> None:
    problem, has_begun, trouble = case

    assert decide_trouble(problem=problem, has_begun=has_begun) == trouble


def test_sources_are_counted_as_their_last_polls_left_them() -> None:
    conditions = SourceConditions()
    conditions.begin({"a": Condition.OK, "b": Condition.OK, "c": Condition.NEW})
    failing = Health(condition=Condition.FAILING, since=NOW)
    report = make_report("b")

    conditions.polled(replace(report, record=replace(report.record, health=failing)))
    conditions.postponed()
    conditions.lost("the disk is full")

    assert conditions.counts() == {
        Condition.OK: 1,
        Condition.FAILING: 1,
        Condition.NEW: 1,
    }


def test_a_process_takes_something() -> None:
    figures = measure_process()

    assert figures.cpu_seconds > 0
    assert figures.resident_bytes > 1_000_000
    assert figures.open_files > 2


def test_an_article_is_shown_first_once_and_only_while_we_watch() -> None:
    told: list[float] = []
    shown = FirstShown(told.append, clock=lambda: NOW)
    old = make_article(1, first_seen_at=NOW - timedelta(hours=1))
    fresh = make_article(2, first_seen_at=NOW - timedelta(seconds=3))

    for articles in ((old,), (fresh, old), (fresh, old)):
        shown.rendered(make_feed(*articles))

    assert told == [3.0]


def test_an_empty_feed_shows_its_first_article_late_or_soon() -> None:
    told: list[float] = []
    shown = FirstShown(told.append, clock=lambda: NOW)

    shown.rendered(make_feed())
    shown.rendered(make_feed(make_article(1, first_seen_at=NOW - timedelta(minutes=1))))

    assert told == [60.0]
