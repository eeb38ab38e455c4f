"""What is remembered of a source's health from poll to poll."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ingest.entry import Precision
from ingest.fetch.outcome import NO_VALIDATORS, FailureKind, FetchFailed, NotModified
from ingest.pace.health import Condition, Health
from ingest.poll import PollOutcome
from store.database.sources import SourceName
from store.prepare import prepare_store
from store.remembering import health_of
from tests.factories import NOW, make_numbered, make_polled
from tests.store.conftest import Shelf

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
REFUSED = FetchFailed(kind=FailureKind.HTTP_SERVER, detail="it is broken", status=500)
FORBIDDEN = FetchFailed(kind=FailureKind.HTTP_CLIENT, detail="no", status=403)
GOOD = make_polled(make_numbered(1))
NO_ENTRIES = make_polled()
UNCHANGED = NotModified(validators=NO_VALIDATORS, body_digest=None)


def configure(shelf: Shelf) -> None:
    """Give the source an address, so that news is expected of it."""
    name = SourceName(
        slug="yabiladi",
        title="Ya Biladi",
        home=None,
        address="https://www.yabiladi.com/rss",
    )
    prepare_store(shelf.database, [name], shelf.rules, now=NOW)


def health_at(shelf: Shelf, now: datetime) -> Health:
    """The source's health by what the database holds."""
    state = shelf.library.source_state("yabiladi")
    assert state is not None
    return health_of(state, now)


def test_failures_are_told_since_the_first_of_them(shelf: Shelf) -> None:
    first = shelf.record_outcome(REFUSED, now=NOW)
    again = shelf.record_outcome(REFUSED, now=NOW + HOUR)

    assert (first.health_before.condition, first.health.condition) == (
        Condition.NEW,
        Condition.FAILING,
    )
    assert again.health_before.condition is Condition.FAILING
    assert again.health.since == NOW
    assert health_at(shelf, NOW + DAY).since == NOW


def test_a_success_ends_the_failures(shelf: Shelf) -> None:
    shelf.record_outcome(REFUSED, now=NOW)

    mended = shelf.record(now=NOW + HOUR, source="yabiladi")

    assert mended.health_before.condition is Condition.FAILING
    assert mended.health.condition is Condition.EMPTY
    assert mended.health.since == NOW + HOUR


def test_who_grows_late_between_two_polls_is_told_by_the_second(shelf: Shelf) -> None:
    configure(shelf)
    hourly = [
        make_numbered(
            number,
            published_at=NOW - number * HOUR,
            published_precision=Precision.SECOND,
        )
        for number in range(72)
    ]
    well = shelf.record_outcome(make_polled(*hourly), now=NOW)

    late = shelf.record_outcome(UNCHANGED, now=NOW + 2 * DAY)
    still = shelf.record_outcome(UNCHANGED, now=NOW + 2 * DAY + HOUR)

    assert well.health.condition is Condition.OK
    assert late.health_before.condition is Condition.OK
    assert late.health.condition is Condition.LATE
    assert late.health.since == NOW
    assert still.health_before.condition is Condition.LATE


TOLD = {
    "a failure that passes is not told": ([REFUSED, REFUSED, GOOD], []),
    "the third failure is, and the end of it": (
        [REFUSED, REFUSED, REFUSED, REFUSED, GOOD, GOOD],
        [(Condition.FAILING, 2, 0), (Condition.OK, 4, 4)],
    ),
    "a host that refuses where it failed before fails": (
        [REFUSED, REFUSED, REFUSED, FORBIDDEN, GOOD],
        [(Condition.FAILING, 2, 0), (Condition.OK, 4, 4)],
    ),
    "what stays empty is told once, at once": (
        [GOOD, NO_ENTRIES, NO_ENTRIES],
        [(Condition.EMPTY, 1, 1)],
    ),
    "a first poll that goes well is no news": ([GOOD, GOOD], []),
}


@pytest.mark.parametrize("case", TOLD.values(), ids=TOLD.keys())
def test_an_operator_is_told(
    case: tuple[list[PollOutcome], list[tuple[Condition, int, int]]], shelf: Shelf
) -> None:
    outcomes, told = case
    for hours, outcome in enumerate(outcomes):
        shelf.record_outcome(outcome, now=NOW + hours * HOUR)

    changes = shelf.library.health_changes(limit=9)

    assert [
        (one.source, one.condition, one.noted_at, one.since) for one in changes
    ] == [
        ("yabiladi", condition, NOW + noted * HOUR, NOW + since * HOUR)
        for condition, noted, since in reversed(told)
    ]


def test_readers_of_the_health_feed_get_news_at_once(shelf: Shelf) -> None:
    shelf.record_outcome(GOOD, now=NOW)
    before = shelf.library.change_number()

    shelf.record_outcome(NO_ENTRIES, now=NOW + HOUR)

    assert shelf.library.change_number() == before + 1


def test_of_two_changes_at_one_moment_the_latter_is_kept(shelf: Shelf) -> None:
    shelf.record_outcome(NO_ENTRIES, now=NOW)
    shelf.record_outcome(GOOD, now=NOW)

    (change,) = shelf.library.health_changes(limit=9)
    assert change.condition is Condition.OK
