"""What is kept of a source's moves and of its end, from poll to poll."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.fetch.outcome import (
    NO_VALIDATORS,
    FailureKind,
    FetchFailed,
    NotModified,
)
from ingest.pace.moves import AT_HOME, NEVER, Whereabouts
from store.database.sources import SourceName, SourceState
from store.prepare import prepare_store, wake_source
from tests.factories import NOW, make_polled
from tests.store.conftest import Shelf

HOME = "https://www.yabiladi.com/rss"
NEW = "https://news.yabiladi.com/rss"
DAY = timedelta(days=1)
GONE = FetchFailed(
    kind=FailureKind.HTTP_CLIENT, detail="it is gone", status=410, is_final=True
)
UNCHANGED = NotModified(validators=NO_VALIDATORS, body_digest=None, moved_to=NEW)


def configure(shelf: Shelf, address: str) -> None:
    name = SourceName(slug="yabiladi", title="Ya Biladi", home=None, address=address)
    prepare_store(shelf.database, [name], shelf.rules, now=NOW)


def state_of(shelf: Shelf) -> SourceState:
    state = shelf.library.source_state("yabiladi")
    assert state is not None
    return state


@pytest.fixture
def moving(shelf: Shelf) -> Shelf:
    """A source that was found at another address a week ago."""
    configure(shelf, HOME)
    polled = make_polled()
    fetched = replace(polled.fetched, moved_to=NEW)
    shelf.record_outcome(replace(polled, fetched=fetched), now=NOW - 7 * DAY)
    return shelf


def test_a_move_is_kept_and_adopted_when_it_has_agreed_for_a_week(
    moving: Shelf,
) -> None:
    before = state_of(moving).whereabouts
    moving.record_outcome(UNCHANGED, now=NOW)

    assert before == Whereabouts(moved_to=NEW, moved_since=NOW - 7 * DAY)
    assert state_of(moving).whereabouts == Whereabouts(adopted_url=NEW)


def test_an_adopted_address_that_refuses_is_left(moving: Shelf) -> None:
    moving.record_outcome(UNCHANGED, now=NOW)

    moving.record_outcome(GONE, now=NOW + DAY)

    assert state_of(moving).whereabouts == AT_HOME


def test_a_source_that_is_gone_is_never_due(shelf: Shelf) -> None:
    record = shelf.record_outcome(GONE)

    state = state_of(shelf)
    assert state.whereabouts.gone_at == NOW
    assert state.pace is not None
    assert record.due_at == state.pace.due_at == NEVER


def test_a_source_that_was_gone_and_answers_is_due_again(shelf: Shelf) -> None:
    shelf.record_outcome(GONE)

    record = shelf.record()

    assert state_of(shelf).whereabouts == AT_HOME
    assert NOW < record.due_at < NOW + 2 * DAY


def test_a_404_ends_nothing(shelf: Shelf) -> None:
    record = shelf.record_outcome(replace(GONE, status=404, is_final=False))

    assert record.due_at < NOW + 2 * DAY


def test_a_source_that_is_woken_is_due_at_once_at_home(shelf: Shelf) -> None:
    shelf.record_outcome(GONE)

    wake_source(shelf.database, "yabiladi")

    state = state_of(shelf)
    assert (state.pace, state.whereabouts) == (None, AT_HOME)


def test_another_address_wakes_a_source_and_forgets_its_moves(moving: Shelf) -> None:
    moving.record_outcome(GONE, now=NOW)

    configure(moving, NEW)

    state = state_of(moving)
    assert (state.address, state.pace, state.whereabouts) == (NEW, None, AT_HOME)


def test_the_same_address_wakes_nobody(shelf: Shelf) -> None:
    configure(shelf, HOME)
    shelf.record_outcome(GONE)

    configure(shelf, HOME)

    assert state_of(shelf).whereabouts.gone_at == NOW


def test_how_long_an_answer_stays_fresh_is_kept(shelf: Shelf) -> None:
    shelf.record_outcome(replace(UNCHANGED, max_age=DAY))

    assert state_of(shelf).max_age == DAY
