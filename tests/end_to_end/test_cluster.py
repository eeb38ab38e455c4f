"""Many machines: what is killed is made up for, and no host is asked too often."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from store.database.upgrade import open_database
from tests.end_to_end.cluster import (
    Part,
    Parts,
    Plan,
    Press,
    headlines,
    printing,
    wait_until,
    write_plan,
)
from tests.postgresql import TestServer

_LATE = 0.1  # seconds by which a busy machine may note a request late
_BACK_WITHIN = 30  # seconds from a worker's death until what it had is polled
_SOAK_SECONDS = 300
_SOAK_SOURCES = int(os.environ.get("REKKAS_SOAK_SOURCES", "10000"))  # by the machine
_SOAK_PERIOD = int(os.environ.get("REKKAS_SOAK_PERIOD", "240"))  # seconds, likewise
_SHARED = "127.2.0.1"  # where redirects lead to
_LEADERS_SHARE = 1 / 3  # of those that are killed
_POLLS_IN_HAND = 16  # of a worker: fetch.concurrency


def titles(url: str) -> Counter[str]:
    """How often each headline is stored."""
    with open_database(url) as database, database.read() as connection:
        found = connection.exec_driver_sql("SELECT title FROM article")
        return Counter(title for (title,) in found)


def printed(press: Press) -> Counter[str]:
    """Each headline that any paper carries, once."""
    return Counter(
        headline
        for paper, issue in press.issues.items()
        for headline in headlines(paper, issue).values()
    )


def gaps(moments: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(moments)]


def too_early(press: Press, plan: Plan) -> int:
    """How many polls came before their source was due."""
    return sum(
        gap < plan.every - _LATE
        for moments in press.asked.values()
        for gap in gaps(moments)
    )


def nearest(press: Press) -> float:
    """The least time between two requests to one host."""
    return min(gap for moments in press.hosts.values() for gap in gaps(moments))


def all_asked_since(press: Press, plan: Plan, moment: float) -> bool:
    return len(press.asked) == plan.papers and all(
        moments[-1] > moment for moments in press.asked.values()
    )


def is_all_kept(press: Press, url: str) -> bool:
    """Whether every headline is stored, and each once."""
    return titles(url) == printed(press)


def leader_of(schedulers: list[Part]) -> Part:
    """Which of them leads, once one does."""
    wait_until(
        "one leads",
        lambda: any("leader_began" in one.told for one in schedulers),
        seconds=120,  # of ten thousand sources, on a busy machine
    )
    return next(one for one in schedulers if "leader_began" in one.told)


def test_a_worker_and_the_leader_are_killed(
    tmp_path: Path, postgresql: TestServer
) -> None:
    plan = Plan(papers=200, papers_a_host=2, every=5, spacing=1)
    press = Press()
    with (
        postgresql.database(has_tables=False) as url,
        printing(press) as port,
        Parts(write_plan(tmp_path, plan, url, port)) as parts,
    ):
        schedulers = [parts.start("schedule"), parts.start("schedule")]
        doomed, _ = parts.start("worker"), parts.start("worker")
        leader = leader_of(schedulers)
        wait_until("all are asked", lambda: all_asked_since(press, plan, 0))
        doomed.kill()
        leader.kill()
        killed_at = time.monotonic()
        wait_until(
            "what the dead had is asked",
            lambda: all_asked_since(press, plan, killed_at),
            seconds=_BACK_WITHIN,
        )
        press.is_frozen = True
        wait_until("all is kept once", lambda: is_all_kept(press, url))

    assert nearest(press) >= plan.spacing - _LATE
    assert too_early(press, plan) <= _POLLS_IN_HAND


class Crossroads(Press):
    """Papers each on a host of its own, all of which send on to one host."""

    def answer(self, head: str) -> bytes:
        """A redirect, and from the host that all share a paper."""
        host, _, port = head.lower().split("host: ")[1].split("\r\n")[0].partition(":")
        if host == _SHARED:
            return super().answer(head)
        target = f"http://{_SHARED}:{port}{head.split(' ')[1]}"
        return (
            f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
        ).encode()


def test_a_host_that_redirects_lead_to_is_spaced_over_all_workers(
    tmp_path: Path, postgresql: TestServer
) -> None:
    plan = Plan(papers=16, papers_a_host=1, every=2, spacing=1)
    press, allowed = Crossroads(), [*plan.hosts, _SHARED]
    with (
        postgresql.database(has_tables=False) as url,
        printing(press) as port,
        Parts(write_plan(tmp_path, plan, url, port, allow_private=allowed)) as parts,
    ):
        workers = [parts.start("worker"), parts.start("worker")]
        parts.start("schedule")
        wait_until("all are asked", lambda: all_asked_since(press, plan, 0), seconds=60)
        both = all("source_polled" in worker.told for worker in workers)

    assert both
    assert len(press.hosts) == 1
    assert nearest(press) >= plan.spacing - _LATE


@contextmanager
def counted_anew(server: TestServer) -> Iterator[None]:
    """Let the server look after its tables, as servers do that are not for tests."""
    server.run("ALTER SYSTEM SET autovacuum = on")
    server.run("SELECT pg_reload_conf()")
    yield
    server.run("ALTER SYSTEM SET autovacuum = off")
    server.run("SELECT pg_reload_conf()")


def replace_part(parts: Parts, several: list[Part], victim: Part) -> None:
    """Kill one of several parts that do the same, and start another."""
    command = victim.log.name.rpartition("-")[0]
    several.remove(victim)
    victim.kill()
    several.append(parts.start(command))


@pytest.mark.soak
def test_ten_thousand_sources_among_killed_workers_and_leaders(
    tmp_path: Path, postgresql: TestServer
) -> None:
    plan = Plan(papers=_SOAK_SOURCES, papers_a_host=5, every=_SOAK_PERIOD, spacing=2)
    press, chance = Press(), random.Random(20261123)  # noqa: S311 - who dies, no secret
    with (
        counted_anew(postgresql),
        postgresql.database(has_tables=False) as url,
        printing(press) as port,
        Parts(write_plan(tmp_path, plan, url, port, reading={"workers": 1})) as parts,
    ):
        schedulers = [parts.start("schedule") for _ in range(2)]
        workers = [parts.start("worker") for _ in range(4)]
        leader_of(schedulers)
        dead, leaders, ends = 0, 0, time.monotonic() + _SOAK_SECONDS
        while time.monotonic() < ends:
            threading.Event().wait(chance.uniform(10, 40))
            if chance.random() < _LEADERS_SHARE:
                replace_part(parts, schedulers, leader_of(schedulers))
                leaders += 1
            else:
                replace_part(parts, workers, chance.choice(workers))
                dead += 1
        killed_at = time.monotonic()
        press.is_frozen = True
        wait_until(
            "every source is asked",
            lambda: all_asked_since(press, plan, killed_at),
            seconds=2 * plan.every,
        )
        wait_until("all is kept once", lambda: is_all_kept(press, url), seconds=60)

    waits = sorted(gap for moments in press.asked.values() for gap in gaps(moments))
    print(  # noqa: T201 - what a long test is for
        f"{sum(map(len, press.asked.values()))} polls, {dead} workers and {leaders} "
        f"leaders killed, {too_early(press, plan)} polls again before due, "
        f"nearest on a host {nearest(press):.3f} s, "
        f"period median {waits[len(waits) // 2]:.1f} s, "
        f"99.9 % {waits[len(waits) * 999 // 1000]:.1f} s, longest {waits[-1]:.1f} s"
    )
    assert nearest(press) >= plan.spacing - _LATE
    assert too_early(press, plan) <= _POLLS_IN_HAND * dead
