"""What the operator's listener answers: asked of the service and of its store.

However many ask, each answer is made at most once in a while.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from typing import Protocol

from publish.web.pages import Pages
from publish.web.source_view import hide_secrets
from publish.web.status_view import (
    WEEKS_PLOTTED,
    ServiceFacts,
    StatusFacts,
    describe_status,
    list_status,
)
from rekkas.seeing.briefly import Briefly
from rekkas.seeing.control_room import ControlRoom
from rekkas.seeing.figures import CONTENT_TYPE
from rekkas.seeing.process import measure_process
from rekkas.seeing.readiness import decide_trouble
from rekkas.seeing.values import Backlog
from store.database.sources import SourceState
from store.errors import StoreError
from store.library import Library

_LOOK_SECONDS = 2.0  # a database that takes longer cannot be read, for a probe
_STATUS_SECONDS = 5.0  # it asks the store for every source
_ARRIVALS = timedelta(weeks=WEEKS_PLOTTED)


class Subject(Protocol):
    """The service that is seen."""

    @property
    def has_begun(self) -> bool:
        """Whether the first polls were started."""

    @property
    def problems(self) -> Sequence[str]:
        """Those of the configuration that was read last; an earlier one is in force."""

    @property
    def sources(self) -> Collection[str]:
        """The slugs of those that are polled."""

    @property
    def readers_started(self) -> int:
        """How many processes were started to read documents."""

    def backlog(self) -> Backlog:
        """What waits to be polled."""


class ServiceDesk:
    """Answers for one service."""

    metrics_type = CONTENT_TYPE

    def __init__(
        self,
        subject: Subject,
        room: ControlRoom,
        library: Library,
        pages: Pages,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._subject = subject
        self._room = room
        self._library = library
        self._pages = pages
        self._looking: asyncio.Task[int] | None = None
        self._problem = ""  # at the last look in vain
        self._size = Briefly(self._look, clock=clock)
        self._metrics = Briefly(self._render_metrics, clock=clock)
        slowly = partial(Briefly, seconds=_STATUS_SECONDS, clock=clock)
        self._facts: Briefly[StatusFacts] = slowly(self._ask_status)
        self._page: Briefly[bytes] = slowly(self._write_page)
        self._json: Briefly[bytes] = slowly(self._write_json)

    async def metrics(self) -> bytes:
        """Every figure, a second old at most."""
        return await self._metrics.get()

    async def trouble(self) -> str | None:
        """Why the service is not ready, None where it is."""
        size = await self._size.get()
        problem = hide_secrets(self._problem) if size is None else None
        return decide_trouble(problem=problem, has_begun=self._subject.has_begun)

    async def warning(self) -> str | None:
        """What is wrong though readers are served; None where nothing is."""
        problem = self._room.keeping.problem
        if problem is None:
            return None
        return f"what polls bring cannot be kept: {hide_secrets(problem)}"

    async def status_page(self) -> bytes:
        """How everything fares, as HTML.

        Raises:
            StoreError: the store cannot be read.
        """
        return await self._page.get()

    async def status(self) -> bytes:
        """The same as JSON; raises as above."""
        return await self._json.get()

    def stylesheet(self) -> bytes:
        """That of all pages."""
        return self._pages.stylesheet()

    async def _look(self) -> int | None:
        """The size of the database; None where it cannot be read in time.

        There is one look at a time: one that hangs is waited for, not repeated.
        """
        if self._looking is None:
            look = asyncio.to_thread(self._library.size_bytes)
            self._looking = asyncio.create_task(look, name="look at the store")
        looking = self._looking
        await asyncio.wait({looking}, timeout=_LOOK_SECONDS)
        if not looking.done():
            self._problem = "it does not answer in time"
            return None
        self._looking = None
        try:
            return looking.result()
        except StoreError as error:
            self._problem = str(error)
            return None

    async def _render_metrics(self) -> bytes:
        subject, metrics = self._subject, self._room.metrics
        metrics.set_store(await self._size.get())
        metrics.set_keeping(keeps=self._room.keeping.problem is None)
        metrics.set_backlog(subject.backlog())
        metrics.set_sources(self._room.conditions.counts())
        metrics.set_process(measure_process(), readers_started=subject.readers_started)
        return metrics.render()

    async def _ask_status(self) -> StatusFacts:
        trouble = await self.trouble()
        if await self._size.get() is None:
            raise StoreError(f"the database cannot be read: {self._problem}")
        backlog, now = self._subject.backlog(), self._room.clock()
        service = ServiceFacts(
            version=version("rekkas"),
            started_at=self._room.started_at,
            now=now,
            trouble=trouble,
            warning=await self.warning(),
            problems=tuple(self._subject.problems),
            running=backlog.running,
            due=backlog.due,
        )
        return await asyncio.to_thread(self._gather, service)

    def _gather(self, service: ServiceFacts) -> StatusFacts:
        now, shown = service.now, frozenset(self._subject.sources)
        reports = self._library.source_reports(now=now)
        states = self._library.source_states()
        return StatusFacts(
            service=service,
            reports=[one for slug, one in reports.items() if slug in shown],
            failures={slug: _failures(state) for slug, state in states.items()},
            arrivals=self._library.arrivals(since=now - _ARRIVALS),
        )

    async def _write_page(self) -> bytes:
        facts = await self._facts.get()
        return await asyncio.to_thread(
            lambda: self._pages.status(describe_status(facts))
        )

    async def _write_json(self) -> bytes:
        listed = list_status(await self._facts.get())
        return json.dumps(listed, ensure_ascii=False, indent=2).encode()


def _failures(state: SourceState) -> int:
    return state.pace.failures if state.pace else 0
