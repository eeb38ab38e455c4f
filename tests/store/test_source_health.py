"""What is remembered of a source's health from poll to poll."""

from __future__ import annotations

from datetime import datetime, timedelta

from ingest.entry import Precision
from ingest.fetch.outcome import NO_VALIDATORS, FailureKind, FetchFailed, NotModified
from ingest.pace.health import Condition, Health
from store.database.sources import SourceName
from store.prepare import prepare_store
from store.remembering import health_of
from tests.factories import NOW, make_numbered, make_polled
from tests.store.conftest import Shelf

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
REFUSED = FetchFailed(kind=FailureKind.HTTP_SERVER, detail="it is broken", status=500)
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
