"""Every figure of the service with its name and meaning, for Prometheus to scrape.

Names say the unit; labels have few values, none of which a publisher or a reader wrote.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from rekkas.seeing.request_tally import RequestTally

CONTENT_TYPE = CONTENT_TYPE_LATEST

_SPANS = (60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400, 604800)  # of news
_POLLS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_TRANSACTIONS = (0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 20)
_ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}

# When a counter was born is of no use, and would double the lines.
disable_created_metrics()  # type: ignore[no-untyped-call] # its function has no types


class Figures:
    """The figures of one service, in a registry of their own."""

    def __init__(self, requests: RequestTally, *, started_at: datetime) -> None:
        self._registry = CollectorRegistry()
        self._define_polls()
        self._define_articles()
        self._define_state()
        self._registry.register(_Requests(requests))
        self._define_service()
        self._define_process(started_at)

    def render(self) -> bytes:
        """All of them as a scraper reads them."""
        return generate_latest(self._registry)

    def names(self) -> frozenset[str]:
        """The names that a scraper may meet."""
        return frozenset(
            name
            for metric in self._registry.collect()
            for name in _sample_names(metric.name, metric.type)
        )

    def describe(self) -> list[tuple[str, str, str]]:
        """The name, the kind and the meaning of each, in the order of names."""
        return sorted(
            (
                f"{metric.name}_total" if metric.type == "counter" else metric.name,
                metric.type,
                metric.documentation,
            )
            for metric in self._registry.collect()
        )

    def _define_polls(self) -> None:
        self.polls = self._counter(
            "rekkas_polls",
            "Polls by outcome: recorded, not_modified, failed (with the kind of "
            "failure), postponed (the host is to be left alone), not_kept (the store "
            "is in trouble).",
            "outcome",
            "failure",
        )
        self.poll_seconds = self._histogram(
            "rekkas_poll_seconds", "Seconds of a poll, waiting for its host included.",
            _POLLS,
        )  # fmt: skip
        self.windows = self._counter(
            "rekkas_windows_missed", "Polls before which articles may have been lost."
        )

    def _define_articles(self) -> None:
        self.bytes = self._counter(
            "rekkas_fetched_bytes", "Bytes of the documents that sources returned."
        )
        self.entries = self._counter(
            "rekkas_entries", "Entries of the documents that were recorded."
        )
        self.articles = self._counter(
            "rekkas_articles",
            "Articles by what an entry made of them: new, revised, or duplicates "
            "(those of the new whose text was stored before).",
            "outcome",
        )
        self.publications = self._counter(
            "rekkas_publications", "Times that an article entered a topic or a search."
        )
        self.recording_lag = self._histogram(
            "rekkas_recording_lag_seconds",
            "Seconds from the publisher's time of a new article to its recording; "
            "first polls, and times that are not exact, are left out.",
            _SPANS,
        )
        self.publishing_lag = self._histogram(
            "rekkas_publishing_lag_seconds",
            "Seconds from an article's coming to the first rendering of a topic's or a "
            "search's feed that carries it; a feed is rendered when it is asked for.",
            (1, 2, 5, 10, 30, *_SPANS),
        )

    def _define_state(self) -> None:
        self.running = self._gauge("rekkas_polls_running", "Polls under way.")
        self.due = self._gauge(
            "rekkas_sources_due", "Sources whose time has come and that wait."
        )
        self.oldest_due = self._gauge(
            "rekkas_sources_due_oldest_seconds",
            "How long the one that waits longest has been due.",
        )
        self.sources = self._gauge(
            "rekkas_sources", "Enabled sources by how they fare.", "health"
        )
        self.store_up = self._gauge(
            "rekkas_store_up", "1 if the database could be read a moment ago."
        )
        self.store_keeps = self._gauge(
            "rekkas_store_keeps", "1 if what the last poll brought could be kept."
        )
        self.store_bytes = self._gauge(
            "rekkas_store_bytes", "Bytes of disk that the database takes."
        )
        self.transactions = self._histogram(
            "rekkas_store_transaction_seconds",
            "Seconds of a transaction that reads or writes, the wait for its turn "
            "included.",
            _TRANSACTIONS,
            "kind",
        )

    def _define_service(self) -> None:
        self.loads = self._counter(
            "rekkas_configuration_loads",
            "Times that the configuration was read, good or broken.",
            "outcome",
        )
        self.is_current = self._gauge(
            "rekkas_configuration_is_current",
            "0 if the file is broken, so that an earlier one is in force.",
        )
        self.notices = self._counter(
            "rekkas_notices",
            "Messages to the webhook: delivered, failed (given up), or dropped "
            "(too many waited).",
            "outcome",
        )

    def _define_process(self, started_at: datetime) -> None:
        self.readers = self._counter(
            "rekkas_readers_started",
            "Processes started to read documents; one that is killed is replaced.",
        )
        self.cpu = self._counter(
            "process_cpu_seconds", "Seconds of processor time of the service, without "
            "the processes that read documents.",
        )  # fmt: skip
        self.memory = self._gauge(
            "process_resident_memory_bytes", "Memory of the service, as above."
        )
        self.files = self._gauge("process_open_fds", "Open files and connections.")
        self._gauge(
            "process_start_time_seconds", "When it was started, as Unix time."
        ).set(started_at.timestamp())
        self._gauge(
            "rekkas_build_info", "1, with the versions that run.", "version", "python"
        ).labels(version("rekkas"), platform.python_version()).set(1)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self._registry)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, registry=self._registry)

    def _histogram(
        self, name: str, meaning: str, bounds: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(name, meaning, labels, buckets=bounds, registry=self._registry)


def _sample_names(name: str, kind: str) -> list[str]:
    """The names of the lines of one figure."""
    return [f"{name}{ending}" for ending in _ENDINGS.get(kind, ("",))]


class _Requests(Collector):
    """What was counted of requests, as the library has it."""

    def __init__(self, tally: RequestTally) -> None:
        self._tally = tally

    def collect(self) -> Iterator[Metric]:
        """Both figures of requests."""
        counts = CounterMetricFamily(
            "rekkas_requests",
            "Requests of readers by the kind of what was asked for, and status.",
            labels=("kind", "status"),
        )
        for (kind, status), count in sorted(self._tally.counts.items()):
            counts.add_metric((kind, str(status)), count)
        yield counts
        seconds = HistogramMetricFamily(
            "rekkas_request_seconds",
            "Seconds from a request to the end of its answer.",
            labels=("kind",),
        )
        for kind, spans in self._tally.spans.items():
            seconds.add_metric((kind,), list(spans.within()), spans.total)
        yield seconds
