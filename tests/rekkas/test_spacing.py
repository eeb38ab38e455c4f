"""How far apart many workers ask one host, wherever their polls lead."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from rekkas.cluster.spacing import SharedSpacing
from store.database.engine import Database
from store.database.upgrade import open_database
from store.leasing import Leases
from tests.postgresql import TestServer

SPAN = timedelta(seconds=0.3)
LATE = 0.15  # seconds by which a busy machine may begin what it noted


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def both(postgresql: TestServer) -> Iterator[list[SharedSpacing]]:
    """The spacing of two workers."""
    with postgresql.database() as url, open_database(url) as database:
        yield [
            SharedSpacing(Leases(database, worker=name), SPAN, now)
            for name in ("one", "other")
        ]


async def starts(spacings: list[SharedSpacing], *hosts: str) -> list[float]:
    """When each of many that ask at once may ask, in seconds."""

    async def ask(spacing: SharedSpacing, host: str) -> float:
        await spacing.wait(host)
        return asyncio.get_running_loop().time()

    asking = [ask(spacing, host) for spacing in spacings for host in hosts]
    return sorted(await asyncio.gather(*asking))


async def test_requests_of_all_workers_to_one_host_keep_their_distance(
    both: list[SharedSpacing],
) -> None:
    moments = await starts(both, "there.example", "THERE.example", "there.example.")

    gaps = [later - one for one, later in pairwise(moments)]
    assert len(moments) == 6
    assert min(gaps) >= SPAN.total_seconds() - LATE


async def test_other_hosts_are_not_waited_for(both: list[SharedSpacing]) -> None:
    began = asyncio.get_running_loop().time()
    await starts(both[:1], "a.example", "b.example", "c.example")

    # Three turns of one host would take twice the span.
    assert asyncio.get_running_loop().time() - began < 2 * SPAN.total_seconds()


async def test_the_first_request_to_the_host_of_a_lease_is_taken_already(
    both: list[SharedSpacing],
) -> None:
    one, other = both
    await other.wait("here.example")
    loop = asyncio.get_running_loop()
    began = loop.time()
    with one.taken("here.example"):
        await one.wait("here.example")
        first = loop.time() - began
        await one.wait("here.example")
        second = loop.time() - began

    assert first < SPAN.total_seconds() / 2
    assert second >= SPAN.total_seconds() / 2


async def test_without_a_store_nothing_is_waited_for() -> None:
    gone = Database("postgresql://ada@127.0.0.1:9/news")
    leases = Leases(gone, worker="one")

    with gone, capture_logs() as logs:
        await SharedSpacing(leases, timedelta(hours=1), now).wait("there.example")

    assert [line["event"] for line in logs] == ["spacing_not_shared"]
