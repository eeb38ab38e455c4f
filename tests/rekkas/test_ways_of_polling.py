"""What holds of due polls, whether one process makes them or many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from ingest.fetch.host_book import HostResting
from rekkas.poller import AnswerLostError
from store.database.upgrade import open_database
from store.prepare import wake_source
from tests.postgresql import TestServer
from tests.rekkas.ways_of_polling import Polls, Way, cluster, embedded
from tests.store.conftest import Shelf

MINUTE = timedelta(minutes=1)
BOTH = ["daily8", "yabiladi"]


@pytest.fixture
def url(postgresql: TestServer) -> Iterator[str]:
    with postgresql.database() as address:
        yield address


@pytest.fixture
def polls(url: str) -> Iterator[Polls]:
    with open_database(url) as database:
        yield Polls(Shelf(database))


@pytest.fixture(params=[embedded, cluster], ids=["embedded", "cluster"])
async def way(
    request: pytest.FixtureRequest, polls: Polls, url: str
) -> AsyncIterator[Way]:
    async with request.param(polls, url) as made:
        yield made


async def test_all_that_is_due_is_polled_once(way: Way, polls: Polls) -> None:
    await way.beat()
    await way.beat()

    assert sorted(polls.asked) == BOTH


async def test_what_was_polled_is_polled_again_when_it_is_due(
    way: Way, polls: Polls
) -> None:
    await way.beat()
    polls.now += timedelta(hours=1)
    await way.beat()
    early = list(polls.asked)
    polls.now += timedelta(hours=2)
    await way.beat()

    assert sorted(early) == BOTH
    assert sorted(polls.asked) == sorted(2 * BOTH)


async def test_a_poll_of_which_nothing_is_kept_is_made_again_later(
    way: Way, polls: Polls
) -> None:
    polls.troubles["daily8"] = AnswerLostError("the disk is full", times=1)
    await way.beat()
    await way.beat()
    at_once = list(polls.asked)
    polls.troubles.clear()
    polls.now += 2 * MINUTE
    await way.beat()

    assert sorted(at_once) == BOTH
    assert sorted(polls.asked) == ["daily8", *BOTH]


async def test_who_is_to_be_left_alone_is_asked_afterwards(
    way: Way, polls: Polls
) -> None:
    rests_until = polls.now + 10 * MINUTE
    polls.troubles["daily8"] = HostResting("daily8.example", rests_until)
    await way.beat()
    polls.troubles.clear()
    polls.now = rests_until - MINUTE
    await way.beat()
    meanwhile = list(polls.asked)
    polls.now = rests_until
    await way.beat()

    assert sorted(meanwhile) == BOTH
    assert sorted(polls.asked) == ["daily8", *BOTH]


async def test_what_is_woken_is_polled_at_once(way: Way, polls: Polls) -> None:
    await way.beat()
    polls.now += MINUTE
    wake_source(polls.shelf.database, "yabiladi")
    await way.beat()

    assert sorted(polls.asked) == [*BOTH, "yabiladi"]
