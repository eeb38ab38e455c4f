"""The figures that a scraper reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from ingest.fetch.outcome import FailureKind, FetchFailed
from ingest.pace.health import Condition, Health
from rekkas.poller import PollReport
from rekkas.seeing.figures import Figures
from rekkas.seeing.metrics import Metrics
from rekkas.seeing.process import ProcessFigures
from rekkas.seeing.request_tally import RequestTally
from rekkas.seeing.values import Backlog
from tests.factories import NOW, make_polled
from tests.rekkas.reports import make_report


def make_metrics() -> Metrics:
    return Metrics(clock=lambda: NOW)


def read(metrics: Metrics) -> dict[str, float]:
    """Every figure by its name and labels, as the reference parser understands it."""
    return {
        " ".join([sample.name, *(f"{k}={v}" for k, v in sample.labels.items() if v)]): (
            sample.value
        )
        for family in text_string_to_metric_families(metrics.render().decode())
        for sample in family.samples
    }


def recorded(**changes: Any) -> PollReport:
    report = replace(make_report("paper"), outcome=make_polled(), seconds=0.2)
    return replace(report, record=replace(report.record, **changes))


def test_a_poll_that_brought_something_is_counted_with_what_it_brought() -> None:
    metrics = make_metrics()

    metrics.polled(
        recorded(
            new=3,
            revised=1,
            sighted=5,
            duplicates=2,
            entered=4,
            left_out=("entry 9: no title",),
            is_window_missed=True,
        )
    )

    figures = read(metrics)
    assert figures["rekkas_polls_total outcome=recorded"] == 1
    assert figures["rekkas_entries_total"] == 10
    assert figures["rekkas_articles_total outcome=new"] == 3
    assert figures["rekkas_articles_total outcome=revised"] == 1
    assert figures["rekkas_articles_total outcome=duplicates"] == 2
    assert figures["rekkas_publications_total"] == 4
    assert figures["rekkas_windows_missed_total"] == 1
    assert figures["rekkas_fetched_bytes_total"] > 0
    assert figures["rekkas_poll_seconds_bucket le=0.25"] == 1
    assert figures["rekkas_poll_seconds_bucket le=0.1"] == 0


def test_polls_that_brought_nothing_are_counted_by_why() -> None:
    metrics = make_metrics()
    failed = FetchFailed(kind=FailureKind.DNS, detail="no such host")

    metrics.polled(make_report("paper"))
    metrics.polled(replace(make_report("paper"), outcome=failed))
    metrics.postponed()
    metrics.lost("the disk is full")

    figures = read(metrics)
    polls = {
        name: count
        for name, count in figures.items()
        if name.startswith("rekkas_polls_total")
    }
    assert polls == {
        "rekkas_polls_total outcome=not_modified": 1,
        "rekkas_polls_total failure=dns outcome=failed": 1,
        "rekkas_polls_total outcome=postponed": 1,
        "rekkas_polls_total outcome=not_kept": 1,
    }
    assert figures["rekkas_entries_total"] == 0


def test_how_old_articles_are_when_they_are_recorded() -> None:
    metrics = make_metrics()
    published = (NOW - timedelta(minutes=20), None, NOW + timedelta(hours=1))

    metrics.polled(recorded(new=3, published=published))

    figures = read(metrics)
    assert figures["rekkas_recording_lag_seconds_count"] == 2
    assert figures["rekkas_recording_lag_seconds_sum"] == 1200
    assert figures["rekkas_recording_lag_seconds_bucket le=60.0"] == 1


def test_the_past_that_a_first_poll_brings_is_no_lag() -> None:
    metrics = make_metrics()

    metrics.polled(
        recorded(
            new=1,
            published=(NOW - timedelta(days=400),),
            health_before=Health(condition=Condition.NEW),
        )
    )

    assert read(metrics)["rekkas_recording_lag_seconds_count"] == 0


def test_the_state_of_the_service() -> None:
    metrics = make_metrics()

    metrics.set_backlog(Backlog(running=2, due=30, oldest_seconds=61.0))
    metrics.set_sources({Condition.OK: 5, Condition.GONE: 1})
    metrics.set_store(4096)
    metrics.transacted("write", 0.02)
    metrics.configuration_read(is_sound=True)
    metrics.requests.answered("feed", 304, 0.002)
    metrics.shown(3.0)
    metrics.noticed("dropped")

    figures = read(metrics)
    assert figures["rekkas_polls_running"] == 2
    assert figures["rekkas_sources_due"] == 30
    assert figures["rekkas_sources_due_oldest_seconds"] == 61
    assert figures["rekkas_sources health=ok"] == 5
    assert figures["rekkas_sources health=failing"] == 0
    assert figures["rekkas_store_up"] == 1
    assert figures["rekkas_store_bytes"] == 4096
    assert figures["rekkas_store_transaction_seconds_count kind=write"] == 1
    assert figures["rekkas_configuration_is_current"] == 1
    assert figures["rekkas_requests_total kind=feed status=304"] == 1
    assert figures["rekkas_request_seconds_bucket kind=feed le=0.0025"] == 1
    assert figures["rekkas_publishing_lag_seconds_bucket le=5.0"] == 1
    assert figures["rekkas_notices_total outcome=dropped"] == 1
    assert figures["process_start_time_seconds"] == NOW.timestamp()


def test_a_broken_configuration_shows_until_a_whole_one_is_read() -> None:
    metrics = make_metrics()

    metrics.configuration_read(is_sound=False)
    broken = read(metrics)["rekkas_configuration_is_current"]
    metrics.configuration_read(is_sound=True)

    assert (broken, read(metrics)["rekkas_configuration_is_current"]) == (0, 1)


def test_a_store_that_cannot_be_read_keeps_its_last_size() -> None:
    metrics = make_metrics()

    metrics.set_store(4096)
    metrics.set_store(None)

    figures = read(metrics)
    assert (figures["rekkas_store_up"], figures["rekkas_store_bytes"]) == (0, 4096)


def test_what_the_process_takes_only_grows_where_it_is_counted() -> None:
    metrics = make_metrics()
    for cpu, readers in ((2.0, 2), (5.0, 3)):
        taken = ProcessFigures(cpu_seconds=cpu, resident_bytes=100, open_files=7)
        metrics.set_process(taken, readers_started=readers)

    figures = read(metrics)

    assert figures["process_cpu_seconds_total"] == 5
    assert figures["rekkas_readers_started_total"] == 3
    assert figures["process_resident_memory_bytes"] == 100
    assert figures["process_open_fds"] == 7


def test_every_figure_has_a_meaning_and_the_names_that_are_rendered() -> None:
    metrics = make_metrics()
    metrics.polled(recorded(new=1))
    metrics.requests.answered("feed", 200, 0.1)
    figures = Figures(RequestTally(["feed"]), started_at=NOW)

    rendered = {name.split()[0] for name in read(metrics)}

    assert rendered <= figures.names()
    assert all(meaning.endswith(".") for _, _, meaning in figures.describe())
