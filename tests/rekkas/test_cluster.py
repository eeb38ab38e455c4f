"""What many processes add to polling: dead workers, other versions, hosts in turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from structlog.testing import capture_logs

from config.settings import FetchSettings
from ingest.fetch.host_book import HostBook
from rekkas.cluster.leader import MOST_WAITING, Leader, host_of
from rekkas.cluster.queue import PollJob, PollQueue, QueueTroubleError
from rekkas.cluster.spacing import SharedSpacing
from rekkas.cluster.worker import Tools, Worker
from store.database.migrations import HEAD
from store.database.upgrade import open_database
from store.leasing import Leases
from tests.postgresql import TestServer
from tests.rekkas.ways_of_polling import ADDRESSES, RULES, Polls, cluster, until_done
from tests.store.conftest import Shelf

JOB = PollJob(source="yabiladi", host="www.yabiladi.com", rules=RULES, tables=HEAD)
OTHER = PollJob(source="daily8", host="daily8.example", rules=RULES, tables=HEAD)


@pytest.fixture
def url(postgresql: TestServer) -> Iterator[str]:
    with postgresql.database() as address:
        yield address


@pytest.fixture
def polls(url: str) -> Iterator[Polls]:
    with open_database(url) as database:
        yield Polls(Shelf(database))


@pytest.fixture
async def queue(url: str) -> AsyncIterator[PollQueue]:
    async with PollQueue(url) as opened:
        await opened.make_tables()
        yield opened


def make_leader(polls: Polls, queue: PollQueue) -> Leader:
    leases = Leases(polls.shelf.database, worker="leader")
    return Leader(ADDRESSES, leases, queue, rules=RULES, clock=polls.clock)


def make_worker(polls: Polls, name: str = "one") -> Worker:
    leases = Leases(polls.shelf.database, worker=name)
    return Worker(
        Tools(
            rules=RULES,
            poll=polls,
            leases=leases,
            hosts=HostBook(FetchSettings(), clock=polls.clock),
            spacing=SharedSpacing(leases, timedelta(0), polls.clock),
            clock=polls.clock,
        )
    )


async def test_tables_are_made_once(url: str, queue: PollQueue) -> None:
    async with PollQueue(url) as other:
        await other.make_tables()

        assert await other.has_tables()
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT indexname FROM pg_indexes").fetchall()
    assert ("rekkas_lock",) in found


async def test_a_queue_without_tables_says_so(url: str) -> None:
    async with PollQueue(url) as queue:
        assert not await queue.has_tables()


async def test_a_queue_that_is_not_there_says_what_is_wrong() -> None:
    async with PollQueue("postgresql://ada@127.0.0.1:9/news") as queue:
        for ask in (queue.waiting, queue.count, queue.make_tables, queue.has_tables):
            with pytest.raises(QueueTroubleError):
                await ask()


async def test_of_a_source_one_job_waits_at_a_time(queue: PollQueue) -> None:
    assert await queue.offer([JOB])
    assert not await queue.offer([OTHER, JOB])

    assert await queue.waiting() == {"yabiladi"}


async def test_a_leader_offers_what_waits_no_second_time(
    polls: Polls, queue: PollQueue
) -> None:
    leader = make_leader(polls, queue)
    await leader.dispatch()
    await leader.dispatch()

    assert await queue.count() == 2
    assert leader.backlog().due == 2


async def test_no_more_is_offered_than_there_is_room(
    polls: Polls, queue: PollQueue
) -> None:
    await queue.offer(
        [replace(JOB, source=f"paper-{number}") for number in range(MOST_WAITING)]
    )
    await make_leader(polls, queue).dispatch()

    assert await queue.count() == MOST_WAITING


async def test_what_is_no_longer_polled_is_not_offered(
    polls: Polls, queue: PollQueue
) -> None:
    leases = Leases(polls.shelf.database, worker="leader")
    only = {"daily8": ADDRESSES["daily8"]}
    await Leader(only, leases, queue, rules=RULES, clock=polls.clock).dispatch()

    assert await queue.waiting() == {"daily8"}


async def test_a_leader_without_its_queue_goes_on(polls: Polls, url: str) -> None:
    async with PollQueue(url) as queue:
        with capture_logs() as logs:
            await make_leader(polls, queue).dispatch()

    assert [line["event"] for line in logs] == ["polls_not_offered"]


async def test_the_polls_of_one_host_are_made_one_after_the_other(
    polls: Polls, url: str
) -> None:
    async with cluster(polls, url) as made:
        await made.queue.offer([JOB, replace(OTHER, host=JOB.host)])
        await until_done(made.queue)

    assert sorted(polls.asked) == ["daily8", "yabiladi"]
    assert polls.most_at_once == 1


async def test_what_is_not_due_any_more_is_not_polled(polls: Polls) -> None:
    worker = make_worker(polls)
    await worker.make(JOB)
    await worker.make(JOB)

    assert polls.asked == ["yabiladi"]


async def test_what_another_polls_is_left_to_it(polls: Polls) -> None:
    Leases(polls.shelf.database, worker="other").take(
        "yabiladi", [], spacing=timedelta(0), now=polls.now
    )
    await make_worker(polls).make(JOB)

    assert polls.asked == []


async def test_a_worker_of_another_configuration_says_so_once_and_pauses(
    polls: Polls, queue: PollQueue
) -> None:
    stranger = Worker(replace(make_worker(polls)._tools, rules="others"))
    with capture_logs() as logs:
        await stranger.make(JOB)
        await stranger.make(OTHER)
    await make_leader(polls, queue).dispatch()

    assert stranger.is_to_pause.is_set()
    assert [line["event"] for line in logs] == ["configuration_differs"]
    assert polls.asked == []
    assert await queue.waiting() == {"yabiladi", "daily8"}


async def test_a_worker_that_agrees_again_would_tell_of_another_difference(
    polls: Polls,
) -> None:
    worker = make_worker(polls)
    with capture_logs() as logs:
        for rules in ("others", RULES, "others"):
            await worker.make(replace(JOB, rules=rules))

    assert [line["event"] for line in logs].count("configuration_differs") == 2
    assert polls.asked == ["yabiladi"]


async def test_what_others_offered_is_taken_back_and_the_rest_waits(
    queue: PollQueue,
) -> None:
    await queue.offer([JOB, replace(OTHER, rules="others")])
    await queue.offer([replace(OTHER, source="third", tables="0001")])
    await queue.withdraw_others(rules=RULES, tables=HEAD)

    assert await queue.waiting() == {"yabiladi"}


async def test_a_queue_of_another_version_is_named(url: str, queue: PollQueue) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DROP FUNCTION procrastinate_defer_jobs_v1 CASCADE")

    with pytest.raises(QueueTroubleError, match="a queue of another version than"):
        await queue.offer([JOB])


async def test_a_queue_that_no_scheduler_made_is_awaited(url: str) -> None:
    async with PollQueue(url) as queue:
        with pytest.raises(QueueTroubleError, match="has no queue yet"):
            await queue.waiting()


async def test_a_leader_tells_of_one_trouble_once(polls: Polls, url: str) -> None:
    async with PollQueue(url) as queue:
        leader = make_leader(polls, queue)
        with capture_logs() as logs:
            await leader.dispatch()
            await leader.dispatch()
            await queue.make_tables()
            await leader.dispatch()

    assert [line["event"] for line in logs] == ["polls_not_offered"]
    assert leader.backlog().due == 2


async def test_a_worker_of_another_version_takes_nothing(polls: Polls) -> None:
    worker = make_worker(polls)
    with capture_logs() as logs:
        await worker.make(replace(JOB, tables="9999"))

    assert worker.is_outdated.is_set()
    assert polls.asked == []
    assert [line["event"] for line in logs] == ["worker_outdated"]


async def test_what_a_dead_worker_had_is_polled_by_another(
    polls: Polls, url: str, queue: PollQueue
) -> None:
    await leave_behind(polls, queue, url)
    polls.asked.clear()
    async with cluster(polls, url) as made:
        await made.leader.dispatch()
        await until_done(made.queue)

    assert sorted(polls.asked) == ["daily8", "yabiladi"]


async def leave_behind(polls: Polls, queue: PollQueue, url: str) -> None:
    """Leave a job and a lease of a worker that died a minute ago."""
    began = asyncio.Event()

    async def hang(_: PollJob) -> None:
        began.set()
        await asyncio.Event().wait()

    leases = Leases(polls.shelf.database, worker="dead")
    leases.take("yabiladi", [], spacing=timedelta(0), now=polls.now)
    await queue.offer([JOB])
    async with PollQueue(url) as dying:
        working = asyncio.create_task(dying.work(hang, at_once=1, stop=asyncio.Event()))
        await began.wait()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT * FROM procrastinate_jobs")
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    with psycopg.connect(url, autocommit=True) as connection:
        # As kill -9 leaves it: the job is being done, by a worker that is silent.
        connection.execute("DELETE FROM procrastinate_jobs")
        connection.execute(
            "INSERT INTO procrastinate_jobs SELECT (procrastinate_jobs.*) FROM kept "
            "AS procrastinate_jobs"
        )
        connection.execute("UPDATE procrastinate_jobs SET worker_id = NULL")


HOSTS = {
    "a feed": ("https://www.yabiladi.com/feed", "www.yabiladi.com"),
    "capitals": ("https://WWW.Yabiladi.COM/feed", "www.yabiladi.com"),
    "a file": (None, ""),
}


@pytest.mark.parametrize(("address", "host"), HOSTS.values(), ids=HOSTS)
def test_the_host_that_takes_turns(address: str | None, host: str) -> None:
    assert host_of(address) == host
