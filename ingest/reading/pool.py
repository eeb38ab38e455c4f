"""An executor whose jobs run in processes that may be killed, and then are.

Started when first needed, kept for the next job, replaced when dead or grown. Knows
nothing of documents: a job is any function of a module, with arguments that pickle.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, ParamSpec, TypeVar

from ingest.reading.child import Child
from ingest.reading.errors import NoWorkerError
from ingest.reading.worker import STAYS

P = ParamSpec("P")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLimits:
    """What one job may take: seconds by the clock, and bytes beyond an idle worker's.

    `modules` are imported before the first job, and do not count.
    """

    seconds: int
    memory_bytes: int
    modules: tuple[str, ...] = ()


class WorkerPool(Executor):
    """Processes that do jobs, `workers` at most at a time.

    A future raises TooComplexError where its job took more than it may or killed its
    process, and NoWorkerError where there was no process to do it.
    """

    def __init__(self, limits: JobLimits, *, workers: int) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._is_closed = False
        self.started = 0
        """How many processes were started so far; one that dies is replaced."""

    def submit(
        self, fn: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[Result]:
        """The result of the job, when a process has done it."""
        return self._threads.submit(self._do, partial(fn, *args, **kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Kill every process at once, whatever it does; jobs in hand fail."""
        with self._lock:
            self._is_closed = True
            for child in self._all:
                child.kill()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            self._remove(child)

    def _do(self, job: Callable[[], Result]) -> Result:
        child = self._take()
        try:
            mark, reply = child.ask(job, seconds=self._limits.seconds)
        except BaseException:
            self._remove(child)
            raise
        if mark == STAYS:
            self._give_back(child)
        else:
            self._remove(child)
        result: Result = _result(reply)
        return result

    def _take(self) -> Child:
        """A process that is alive: the one used last, or a new one."""
        while (child := self._idle_one()) is not None:
            if child.is_alive():
                return child
            self._remove(child)
        limits = self._limits
        child = Child(str(limits.seconds), str(limits.memory_bytes), *limits.modules)
        return self._keep(child)

    def _idle_one(self) -> Child | None:
        with self._lock:
            if self._is_closed:
                raise NoWorkerError("the pool is closed")
            return self._idle.pop() if self._idle else None

    def _keep(self, child: Child) -> Child:
        """The new process, unless the pool was closed while it started."""
        with self._lock:
            if not self._is_closed:
                self._all.add(child)
                self.started += 1
                return child
        child.close()
        raise NoWorkerError("the pool is closed")

    def _give_back(self, child: Child) -> None:
        with self._lock:
            self._idle.append(child)

    def _remove(self, child: Child) -> None:
        child.close()
        with self._lock:
            self._all.discard(child)


def _result(reply: memoryview) -> Any:
    succeeded, value = pickle.loads(reply)  # noqa: S301 - both ends are ours
    if not succeeded:
        raise value
    return value
