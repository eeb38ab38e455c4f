"""Jobs in real processes: what they may take, and what becomes of those that die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from ingest.reading import pool as pool_module
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.reading.pool import JobLimits, WorkerPool
from tests.ingest import jobs

ROOT = Path(pool_module.__file__).parents[2]
MEGABYTE = 1024 * 1024
LIMITS = JobLimits(
    seconds=1, memory_bytes=64 * MEGABYTE, modules=("tests.ingest.jobs",)
)


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(LIMITS, workers=2) as pool:
        yield pool


def test_a_job_is_done_in_another_process(pool: WorkerPool) -> None:
    assert pool.submit(jobs.double, 21).result() == 42
    assert pool.submit(jobs.double, number=4).result() == 8
    assert pool.submit(jobs.own_process_id).result() != os.getpid()


def test_a_process_does_one_job_after_another(pool: WorkerPool) -> None:
    ids = {pool.submit(jobs.own_process_id).result() for _ in range(3)}

    assert len(ids) == 1


def test_the_error_of_a_job_is_raised_and_its_process_goes_on(pool: WorkerPool) -> None:
    before = pool.submit(jobs.own_process_id).result()

    with pytest.raises(ValueError, match="as asked"):
        pool.submit(jobs.fail).result()

    assert pool.submit(jobs.own_process_id).result() == before


ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(50_000))
SLOW_DOCUMENT = (
    f"<rss version='2.0'><channel><title {ATTRIBUTES}>T</title></channel></rss>"
).encode()

HOSTILE: dict[str, tuple[Callable[..., Any], tuple[Any, ...], str]] = {
    "one that never ends": (jobs.never_end, (), "more than 1 seconds"),
    "a document that takes seventeen seconds": (
        jobs.parse,
        (SLOW_DOCUMENT,),
        "more than 1 seconds",
    ),
    "one that takes memory": (jobs.take_memory, (10**9,), "more memory"),
    "one that goes too deep": (jobs.nest, (0,), "more depth"),
    "one that kills its process": (jobs.die, (), "down the process"),
}


@pytest.mark.parametrize(
    ("job", "arguments", "reason"), HOSTILE.values(), ids=HOSTILE.keys()
)
def test_a_hostile_job_ends_in_time_and_the_next_is_done(
    pool: WorkerPool, job: Callable[..., Any], arguments: tuple[Any, ...], reason: str
) -> None:
    hostile: Future[Any] = pool.submit(job, *arguments)
    beside = pool.submit(jobs.double, 1)

    with pytest.raises(TooComplexError, match=reason):
        hostile.result(timeout=30)

    assert beside.result() == 2
    assert pool.submit(jobs.double, 2).result() == 4


def test_a_process_that_was_killed_while_idle_costs_no_job(pool: WorkerPool) -> None:
    idle = pool.submit(jobs.own_process_id).result()
    os.kill(idle, signal.SIGKILL)
    # A zombie until its parent looks: only then is it known to be dead.
    os.waitid(os.P_PID, idle, os.WEXITED | os.WNOWAIT)

    assert pool.submit(jobs.own_process_id).result() != idle


def test_a_process_that_has_grown_is_replaced(pool: WorkerPool) -> None:
    document = bytes(MEGABYTE)

    grown = pool.submit(jobs.keep_memory, 50 * MEGABYTE, document).result()

    assert pool.submit(jobs.own_process_id).result() != grown


def test_a_small_document_may_take_less_memory_than_a_large_one(
    pool: WorkerPool,
) -> None:
    with pytest.raises(TooComplexError, match="memory"):
        pool.submit(jobs.keep_memory, 40 * MEGABYTE, bytes(100)).result()

    pool.submit(jobs.keep_memory, 40 * MEGABYTE, bytes(MEGABYTE)).result()


NO_WORKER = {
    "one that ends at once": "no_such_module",
    "one that the system will not start": "x" * 1_000_000,
}


@pytest.mark.parametrize("module", NO_WORKER.values(), ids=NO_WORKER.keys())
def test_a_process_that_cannot_start_is_an_error(module: str) -> None:
    limits = JobLimits(seconds=1, memory_bytes=64 * MEGABYTE, modules=(module,))

    with WorkerPool(limits, workers=1) as pool, pytest.raises(NoWorkerError):
        pool.submit(jobs.double, 1).result()


def test_a_closed_pool_does_nothing_more_and_leaves_no_process() -> None:
    pool = WorkerPool(LIMITS, workers=1)
    worker = pool.submit(jobs.own_process_id).result()
    endless = pool.submit(jobs.never_end)
    while not endless.running():
        os.sched_yield()
    waiting = pool.submit(jobs.double, 1)
    start = time.monotonic()

    pool.shutdown(cancel_futures=True)

    assert time.monotonic() - start < 1
    assert isinstance(endless.exception(), TooComplexError | NoWorkerError)
    assert waiting.cancelled()
    assert not Path(f"/proc/{worker}").exists()


def test_a_pool_closed_while_jobs_wait_fails_them() -> None:
    with WorkerPool(LIMITS, workers=1) as pool:
        first = pool.submit(jobs.never_end)
        second = pool.submit(jobs.double, 1)

    assert first.exception()
    assert isinstance(second.exception(), NoWorkerError)


def test_a_process_ends_with_its_parent() -> None:
    script = (
        "import os\n"
        "from ingest.reading.pool import JobLimits, WorkerPool\n"
        "limits = JobLimits(seconds=1, memory_bytes=10**8)\n"
        "pool = WorkerPool(limits, workers=1)\n"
        "print(pool.submit(os.getpid).result(), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    # Its output ends when the last process that could write to it has ended.
    assert done.returncode == -signal.SIGKILL
    assert int(done.stdout) > 0


def test_a_process_that_is_replaced_is_counted(pool: WorkerPool) -> None:
    first = pool.submit(jobs.own_process_id).result()
    before = pool.started
    with pytest.raises(TooComplexError):
        pool.submit(jobs.never_end).result()

    assert pool.submit(jobs.own_process_id).result() != first
    assert (before, pool.started) == (1, 2)
