"""Articles leave on command and in the service, and archives have theirs first."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from structlog.testing import capture_logs

from config.settings import Settings
from rekkas import compose, configured_sources
from rekkas.pruning import keep_pruning, prune_all
from store.database.engine import Database
from store.database.upgrade import open_database
from store.errors import StoreError
from store.library import Library
from store.prepare import prepare_store
from store.retention import Pruned
from tests.factories import NOW, make_numbered, make_polled
from tests.rekkas.conftest import Run

DAY = timedelta(days=1)
SETTINGS = {
    "keep": {"age": "10d"},
    "publish": {"limit": 2, "archive_page": 2},
    "sources": {"yabiladi": {"url": "https://paper.example/feed"}},
    "topics": {"all": {"title": "All", "match": "source:yabiladi"}},
}


def publish(database: Database, settings: Settings, *days: int) -> None:
    """An article on each of these days, each alone in its document."""
    rules = compose.build_rules(settings)
    prepare_store(database, configured_sources.source_names(settings), rules, now=NOW)
    recorder = compose.build_recorder(settings, database, rules)
    policy = compose.policies(settings)["yabiladi"]
    for day in days:
        entry = make_numbered(day)
        polled = make_polled(entry)
        recorder.record_poll("yabiladi", polled, policy=policy, now=NOW + day * DAY)


def open_filled(folder: Path, settings: Settings) -> Database:
    database = open_database(f"sqlite:///{folder}/rekkas.db")
    publish(database, settings, *range(1, 8))
    return database


def test_archives_have_their_pages_before_articles_leave(tmp_path: Path) -> None:
    settings = Settings.model_validate(SETTINGS)
    with open_filled(tmp_path, settings) as database:
        pruned = prune_all(settings, database, now=NOW + 15 * DAY)

        archive = Library(database).archive
        assert pruned == Pruned(articles=4)
        assert archive.last_number("all") == 3
        assert all(archive.find_page("all", number) for number in (1, 2, 3))


def test_pruning_may_be_stopped_between_two_pieces(tmp_path: Path) -> None:
    settings = Settings.model_validate(
        SETTINGS | {"keep": {"age": "10d", "content": "2d"}}
    )
    with open_filled(tmp_path, settings) as database:
        later = NOW + 15 * DAY
        first = prune_all(settings, database, now=later, stops=lambda: True)
        rest = prune_all(settings, database, now=later)

    assert first == Pruned(articles=4)
    assert rest == Pruned(texts=2)


def test_nothing_leaves_where_all_is_kept(tmp_path: Path) -> None:
    settings = Settings.model_validate(SETTINGS | {"keep": {}})
    with open_filled(tmp_path, settings) as database:
        assert prune_all(settings, database, now=NOW + 999 * DAY) == Pruned()


class Clock:
    """Time that ends the service after so many looks."""

    def __init__(self, leaving: asyncio.Event, looks: int) -> None:
        self._leaving = leaving
        self._looks = looks

    def __call__(self) -> datetime:
        self._looks -= 1
        if not self._looks:
            self._leaving.set()
        return NOW + 15 * DAY


async def prune_often(
    settings: Settings, database: Database, *, looks: int
) -> list[dict[str, object]]:
    """What is logged by a service that prunes so often, without a pause."""
    leaving = asyncio.Event()
    with capture_logs() as logs:
        await keep_pruning(
            settings,
            database,
            leaving,
            clock=Clock(leaving, looks),
            pauses=(timedelta(0), timedelta(0)),
        )
    return [dict(line) for line in logs]


async def test_a_service_prunes_again_and_again(tmp_path: Path) -> None:
    settings = Settings.model_validate(SETTINGS)
    with open_filled(tmp_path, settings) as database:
        logs = await prune_often(settings, database, looks=3)

    assert [line["event"] for line in logs] == ["articles_pruned"]
    assert logs[0]["articles"] == 4


async def test_a_service_prunes_again_after_trouble(tmp_path: Path) -> None:
    settings = Settings.model_validate(SETTINGS)
    with open_filled(tmp_path, settings) as database:
        broken = Broken(database)
        logs = await prune_often(settings, broken, looks=2)  # type: ignore[arg-type]

    events = ["pages_not_closed", "articles_not_pruned"]
    assert [line["event"] for line in logs] == events * 2


class Broken:
    """A database that cannot be read."""

    def __init__(self, database: Database) -> None:
        self.kind = database.kind
        self.place = database.place

    def read(self) -> None:
        """Fail."""
        raise StoreError("rekkas.db: no space left")

    write = read


def test_prune_says_what_would_leave_and_then_lets_it_leave(
    run: Run, folder: Path
) -> None:
    run("ingest", "daily8")
    path = folder / "rekkas.yaml"
    path.write_text(path.read_text() + "\nkeep: {content: 1m}\n")

    foreseen = run("db", "prune", "--dry-run")
    pruned = run("db", "prune")

    assert foreseen.exit_code == pruned.exit_code == 0
    assert "articles that would leave: 0" in foreseen.output
    assert "articles that left: 0" in pruned.output


def test_prune_says_that_all_is_kept(run: Run) -> None:
    run("ingest", "daily8")

    assert "articles are kept for ever" in run("db", "prune").output
