"""What an operator sees of replay: a trial, the thing itself, and then nothing more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from rekkas.exit_code import ExitCode
from store.database.upgrade import open_database
from store.library import Library
from store.service_lock import hold_service_lock
from tests.rekkas.conftest import Run

Write = Callable[[str], None]


@pytest.fixture
def write(folder: Path) -> Write:
    """Add to the configuration."""

    def add(text: str) -> None:
        path = folder / "rekkas.yaml"
        path.write_text(f"{path.read_text()}\n{text}\n")

    return add


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'rekkas.db'}"


def shown(folder: Path, topic: str) -> list[tuple[int, str]]:
    """What a topic shows, with the place of each article in it."""
    with open_database(url(folder)) as database:
        found = Library(database).latest_publications(topic, limit=500, once=None)
        return [(one.position, one.article.uid) for one in found]


def test_replay_by_the_same_rules_changes_nothing(
    run: Run, folder: Path, write: Write
) -> None:
    write("replay: {keep: 7d}")
    run("ingest", "daily8")
    before = shown(folder, "western-sahara")

    tried, done = run("replay", "--dry-run"), run("replay")

    for result in (tried, done):
        assert result.exit_code == 0, result.output
        assert "answers read again: 1" in result.output
    assert "would change: none" in tried.output
    assert "articles that changed: none" in done.output
    assert shown(folder, "western-sahara") == before


def test_replay_shows_what_other_rules_change_and_changes_it_once(
    run: Run, folder: Path, write: Write
) -> None:
    write("replay: {keep: 7d}")
    run("ingest", "daily8")
    write("tags: {analysts: {title: Analysts, kind: theme, names: {en: [analyst]}}}")

    tried = run("replay", "--dry-run", "--json")
    done, again = run("replay", "--json"), run("replay", "--json")

    rows = [json.loads(line) for line in tried.stdout.splitlines()]
    assert rows
    assert {row["effect"] for row in rows} == {"tagged otherwise"}
    assert done.stdout == tried.stdout
    assert again.stdout == ""
    assert run("db", "check").exit_code == 0


def test_replay_reads_only_what_is_asked_for(run: Run, write: Write) -> None:
    write("replay: {keep: 7d}")
    run("ingest", "daily8")

    assert "read again: 0" in run("replay", "silent").output
    assert "read again: 0" in run("replay", "--since", "2999-01-01").output
    assert "read again: 1" in run("replay", "daily8", "--since", "1h").output


def test_replay_without_kept_answers_says_so(run: Run) -> None:
    run("ingest", "daily8")

    assert "answers read again: 0" in run("replay").output


def test_replay_names_an_unknown_source(run: Run) -> None:
    refused = run("replay", "moon")

    assert refused.exit_code == ExitCode.USAGE
    assert "moon" in refused.output


def test_replay_waits_for_no_service_and_a_trial_for_none(
    run: Run, folder: Path
) -> None:
    run("ingest", "daily8")
    with hold_service_lock(url(folder)):
        refused, tried = run("replay"), run("replay", "--dry-run")

    assert refused.exit_code == ExitCode.STORAGE
    assert tried.exit_code == 0


def test_an_answer_that_is_no_feed_is_left_aside(
    run: Run, folder: Path, write: Write
) -> None:
    write("replay: {keep: 7d}")
    run("ingest", "daily8")
    path = folder / "rekkas.yaml"
    settings = yaml.safe_load(path.read_text())
    settings["sources"]["daily8"] = {"url": "https://daily8.example/feed"}
    path.write_text(yaml.safe_dump(settings))

    result = run("replay", "daily8")

    assert result.exit_code == 0, result.output
    assert "cannot be read" in result.output
    assert "articles that changed: none" in result.output
