"""Counts what the service tells of itself; `figures` says what each figure means.

Nothing of what is counted depends on what a publisher or a reader wrote, so that the
number of figures is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from ingest.fetch.outcome import FetchFailed
from ingest.pace.health import Condition
from ingest.poll import Polled
from rekkas.poller import PollReport
from rekkas.report import outcome_name
from rekkas.seeing.figures import Figures
from rekkas.seeing.process import ProcessFigures
from rekkas.seeing.request_tally import RequestTally
from rekkas.seeing.requests import KINDS
from rekkas.seeing.values import Backlog
from store.record import PollRecord

_OF_ARTICLES = ("new", "revised", "duplicates")


class Metrics:
    """The figures of one service; may be told from several threads."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.requests = RequestTally(KINDS)
        self._figures = Figures(self.requests, started_at=clock())
        self._told = ProcessFigures(cpu_seconds=0, resident_bytes=0, open_files=0)
        self._readers_told = 0

    def polled(self, report: PollReport) -> None:
        """A poll was made, and what it brought is kept."""
        outcome, figures = report.outcome, self._figures
        failure = outcome.kind.value if isinstance(outcome, FetchFailed) else ""
        figures.polls.labels(outcome_name(report), failure).inc()
        figures.poll_seconds.observe(report.seconds)
        if isinstance(outcome, Polled):
            figures.bytes.inc(outcome.fetched.content.size)
            self._note_entries(report.record)
            self._note_lags(report)

    def _note_entries(self, record: PollRecord) -> None:
        figures = self._figures
        used = record.new + record.revised + record.sighted
        figures.entries.inc(used + len(record.left_out))
        for name in _OF_ARTICLES:
            figures.articles.labels(name).inc(getattr(record, name))
        figures.publications.inc(record.entered)
        if record.is_window_missed:
            figures.windows.inc()

    def _note_lags(self, report: PollReport) -> None:
        """How old new articles are; the first poll of a source brings its past."""
        if report.record.health_before.condition is Condition.NEW:
            return
        now = self._clock()
        for published in report.record.published:
            if published is not None:
                age = (now - published).total_seconds()
                self._figures.recording_lag.observe(max(age, 0))

    def postponed(self) -> None:
        """A poll was not made, as its host is to be left alone."""
        self._figures.polls.labels("postponed", "").inc()

    def lost(self, problem: str) -> None:  # noqa: ARG002 - it has no bounds
        """Nothing was kept of a poll, as the store is in trouble."""
        self._figures.polls.labels("not_kept", "").inc()

    def shown(self, seconds: float) -> None:
        """An article was shown in a feed for the first time, so long after it came."""
        self._figures.publishing_lag.observe(seconds)

    def transacted(self, kind: str, seconds: float) -> None:
        """The store has ended a transaction that reads or writes."""
        self._figures.transactions.labels(kind).observe(seconds)

    def configuration_read(self, *, is_sound: bool) -> None:
        """A configuration was read; what is broken is not taken over."""
        self._figures.loads.labels("good" if is_sound else "broken").inc()
        self._figures.is_current.set(is_sound)

    def noticed(self, outcome: str) -> None:
        """A message to the webhook was delivered, not delivered or dropped."""
        self._figures.notices.labels(outcome).inc()

    def set_backlog(self, backlog: Backlog) -> None:
        """What waits to be polled, and what is being polled."""
        self._figures.running.set(backlog.running)
        self._figures.due.set(backlog.due)
        self._figures.oldest_due.set(backlog.oldest_seconds)

    def set_sources(self, counts: Mapping[Condition, int]) -> None:
        """How many sources fare how."""
        for condition in Condition:
            self._figures.sources.labels(condition.value).set(counts.get(condition, 0))

    def set_store(self, size_bytes: int | None) -> None:
        """Whether the store can be read, and what it takes; None where it cannot."""
        self._figures.store_up.set(size_bytes is not None)
        if size_bytes is not None:
            self._figures.store_bytes.set(size_bytes)

    def set_keeping(self, *, keeps: bool) -> None:
        """Whether what the last poll brought could be kept."""
        self._figures.store_keeps.set(keeps)

    def set_process(self, now: ProcessFigures, *, readers_started: int) -> None:
        """What the process takes of the machine, and how many it started."""
        figures, before = self._figures, self._told
        figures.cpu.inc(max(now.cpu_seconds - before.cpu_seconds, 0))
        figures.readers.inc(max(readers_started - self._readers_told, 0))
        figures.memory.set(now.resident_bytes)
        figures.files.set(now.open_files)
        self._told, self._readers_told = now, readers_started

    def render(self) -> bytes:
        """All of them as a scraper reads them."""
        return self._figures.render()
