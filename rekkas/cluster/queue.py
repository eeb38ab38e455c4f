"""Polls that wait for a worker, kept by Procrastinate in the service's database.

A job is one poll of one source. No two jobs of a source wait at a time, no two of a
host are done at a time, and a job that is over, however it ended, is gone. When a
source is polled again is no business of the queue.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any

import procrastinate
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job, Status
from procrastinate.worker import Worker

from store.database.engine import kind_of
from store.database.postgresql import connection_string

HEARTBEAT_SECONDS = 3.0
DEAD_AFTER_SECONDS = 12.0
"""A worker of which nothing was heard for so long has died."""

_TASK, _QUEUE = "poll", "rekkas"
# Whether a host's turn is free is looked up for each job that waits: with 2,000 of them
# the next one was found in 171 ms, and is in 12.
_INDEX = """
    CREATE INDEX IF NOT EXISTS rekkas_lock ON procrastinate_jobs (lock)
    WHERE status IN ('todo', 'doing')
"""
_OTHER_TABLES = (
    f"has a queue of another version than Procrastinate {procrastinate.__version__}: "
    "stop every part, and bring its tables forward by the migrations of Procrastinate, "
    "or drop them, and a scheduler makes them anew; they hold no articles"
)
_TROUBLES = (
    ('relation "procrastinate_', "has no queue yet: a scheduler makes it"),
    ("function procrastinate_", _OTHER_TABLES),
    ('type "procrastinate_', _OTHER_TABLES),
    ('column "', _OTHER_TABLES),
)
_LOOK_SECONDS = 1.0  # a worker that heard of no new job looks for one itself
_CONNECTIONS = 4
_CONNECT_SECONDS = 2.0
_FINISH_SECONDS = 3.0  # of the five that a stop may take


class QueueTroubleError(Exception):
    """The queue cannot be reached; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollJob:
    """A source to be polled, and the host that is asked, "" for a file.

    `rules` names the configuration of whoever offered it, `tables` the step of the
    tables that it knows.
    """

    source: str
    host: str
    rules: str
    tables: str


class PollQueue:
    """The queue in the database at a URL of `storage.url`; enter it before use."""

    def __init__(self, url: str) -> None:
        self._kind = kind_of(url)
        connector = PsycopgConnector(
            conninfo=connection_string(url, name="rekkas queue"),
            min_size=0,  # connect when first asked, not for half a minute before
            max_size=_CONNECTIONS,
            timeout=_CONNECT_SECONDS,
        )
        self._app = App(connector=connector)
        self._open = AsyncExitStack()

    async def __aenter__(self) -> PollQueue:
        await self._open.enter_async_context(self._app.open_async())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    async def make_tables(self) -> None:
        """Make the tables of the queue where there are none.

        Raises:
            QueueTroubleError: it cannot be done.
        """
        try:
            if not await self._app.check_connection_async():
                await self._app.schema_manager.apply_schema_async()
            await self._app.connector.execute_query_async(_INDEX)
        except ConnectorException as error:
            raise self._trouble(error) from error

    async def has_tables(self) -> bool:
        """Whether there are any.

        Raises:
            QueueTroubleError: it cannot be asked.
        """
        try:
            return await self._app.check_connection_async()
        except ConnectorException as error:
            raise self._trouble(error) from error

    async def waiting(self) -> frozenset[str]:
        """The sources whose jobs wait.

        Raises:
            QueueTroubleError: it cannot be asked.
        """
        try:
            jobs = await self._list_waiting()
        except ConnectorException as error:
            raise self._trouble(error) from error
        return frozenset(job.queueing_lock for job in jobs if job.queueing_lock)

    async def count(self) -> int:
        """How many jobs wait or are being done.

        Raises:
            QueueTroubleError: it cannot be asked.
        """
        try:
            return len(list(await self._app.job_manager.list_jobs_async(queue=_QUEUE)))
        except ConnectorException as error:
            raise self._trouble(error) from error

    async def offer(self, polls: Sequence[PollJob]) -> bool:
        """Let workers make these polls; False where one of them waits already.

        Raises:
            QueueTroubleError: none was offered.
        """
        if not polls:
            return True
        try:
            await self._app.job_manager.batch_defer_jobs_async(list(map(_job, polls)))
        except AlreadyEnqueued:
            return False
        except ConnectorException as error:
            raise self._trouble(error) from error
        return True

    async def take_from_the_dead(self) -> Sequence[str]:
        """End the jobs of workers that have died; the sources they were to poll.

        Raises:
            QueueTroubleError: it cannot be asked.
        """
        manager = self._app.job_manager
        try:
            stalled = await manager.get_stalled_jobs(
                queue=_QUEUE, seconds_since_heartbeat=DEAD_AFTER_SECONDS
            )
            for job in stalled:
                await manager.finish_job(job, status=Status.FAILED, delete_job=True)
        except ConnectorException as error:
            raise self._trouble(error) from error
        return [str(job.task_kwargs["source"]) for job in stalled]

    async def work(
        self,
        poll: Callable[[PollJob], Awaitable[None]],
        *,
        at_once: int,
        stop: asyncio.Event,
    ) -> None:
        """Make polls as they are offered, so many at a time, until told to stop.

        What has begun by then is finished, or broken off after three seconds and
        offered again.

        Raises:
            QueueTroubleError: the queue was lost.
        """

        async def make(**job: Any) -> None:
            await poll(PollJob(**job))

        self._app.tasks.clear()
        self._app.task(name=_TASK)(make)
        worker = _build_worker(self._app, at_once)
        running: asyncio.Task[None] = asyncio.create_task(
            worker.run(),  # type: ignore[no-untyped-call]
            name="work",
        )
        stopping = asyncio.create_task(stop.wait(), name="stop work")
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        worker.stop()  # type: ignore[no-untyped-call]
        try:
            await running
        except (ConnectorException, OSError) as error:
            raise self._trouble(error) from error

    async def withdraw_others(self, *, rules: str, tables: str) -> None:
        """Take back what waits and was offered by another configuration or version.

        Raises:
            QueueTroubleError: the rest waits still.
        """
        manager = self._app.job_manager
        try:
            for job in await self._list_waiting():
                offered_by = job.task_kwargs.get("rules"), job.task_kwargs.get("tables")
                if offered_by != (rules, tables) and job.id is not None:
                    await manager.cancel_job_by_id_async(job.id, delete_job=True)
        except ConnectorException as error:
            raise self._trouble(error) from error

    async def _list_waiting(self) -> Iterable[Job]:
        return await self._app.job_manager.list_jobs_async(
            queue=_QUEUE, status=Status.TODO.value
        )

    def _trouble(self, error: Exception) -> QueueTroubleError:
        cause = error.__cause__ or error
        reason = " ".join(str(cause).split())
        for sign, meaning in _TROUBLES:
            if sign in reason:
                return QueueTroubleError(
                    f"the database {self._kind.place} {meaning} ({reason})"
                )
        told = self._kind.explain(cause if isinstance(cause, Exception) else error)
        return QueueTroubleError(str(told))


def _build_worker(app: App, at_once: int) -> Worker:
    return Worker(
        app,
        queues=[_QUEUE],
        concurrency=at_once,
        delete_jobs=DeleteJobCondition.ALWAYS.value,
        fetch_job_polling_interval=_LOOK_SECONDS,
        shutdown_graceful_timeout=_FINISH_SECONDS,
        install_signal_handlers=False,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=DEAD_AFTER_SECONDS,
    )


def _job(poll: PollJob) -> Job:
    return Job(
        id=None,
        queue=_QUEUE,
        lock=poll.host or None,
        queueing_lock=poll.source,
        task_name=_TASK,
        task_kwargs=asdict(poll),
    )
