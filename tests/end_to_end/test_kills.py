"""A kill at any moment loses nothing and doubles nothing."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import yaml

from tests.end_to_end.service import (
    LOOPBACK,
    ROOT,
    environment,
    feed_handler,
    rekkas,
    rss,
    serving,
)

KILLS = 20
SOURCES = 4
HEADLINES_A_ROUND = 15


def headlines(source: int, rounds: int) -> dict[str, str]:
    """What a source carries after so many rounds, the newest first."""
    numbers = reversed(range(rounds * HEADLINES_A_ROUND))
    return {
        f"{source}-{number}": f"Morocco and Mali, report {number} of paper {source}"
        for number in numbers
    }


def write_paper_configuration(folder: Path, address: str) -> None:
    settings = {
        "include": ["catalogue:tags"],
        "fetch": {
            "per_host": {"spacing": "0s", "concurrency": 4},
            "allow_private": list(LOOPBACK),
        },
        "sources": {
            f"paper-{number}": {"url": f"{address}/{number}", "language": "en"}
            for number in range(SOURCES)
        },
        "topics": {
            "both": {"title": "Both", "match": "about:morocco about:mali"},
            "papers": {"title": "Papers", "match": "source:paper-0 OR source:paper-1"},
        },
    }
    (folder / "rekkas.yaml").write_text(yaml.safe_dump(settings))


def kill_after(folder: Path, seconds: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "rekkas", "ingest"],
        cwd=folder,
        env={**environment(folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


def kept(folder: Path) -> dict[str, list[object]]:
    """What is stored, without numbers and moments that depend on the run."""
    connection = sqlite3.connect(folder / "rekkas.db")
    queries = {
        "integrity": "PRAGMA integrity_check",
        "orphans": "PRAGMA foreign_key_check",
        "articles": "SELECT uid, title, origin FROM article ORDER BY uid",
        "sightings": "SELECT source, entry_key FROM sighting ORDER BY 1, 2",
        "publications": "SELECT topic, uid FROM publication JOIN article "
        "ON article.id = publication.article ORDER BY 1, 2",
        "places": "SELECT topic, max(position) - count(*) FROM publication GROUP BY 1",
    }
    try:
        return {
            name: connection.execute(query).fetchall()
            for name, query in queries.items()
        }
    finally:
        connection.close()


def test_twenty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261123)  # noqa: S311 - moments of death, no secret
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    feeds: dict[str, bytes] = {}
    with serving(feed_handler(feeds)) as address:
        for folder in (killed, whole):
            folder.mkdir()
            write_paper_configuration(folder, address)
        for round_number in range(1, KILLS + 1):
            for source in range(SOURCES):
                feeds[f"/{source}"] = rss("Paper", headlines(source, round_number))
            kill_after(killed, chance.uniform(0.2, 1.6))

        results = [rekkas(folder, "ingest", "--json") for folder in (killed, whole)]

    assert [result.returncode for result in results] == [0, 0], results
    after_kills, undisturbed = kept(killed), kept(whole)
    assert after_kills["integrity"] == [("ok",)]
    assert after_kills == undisturbed
    assert len(undisturbed["articles"]) == SOURCES * KILLS * HEADLINES_A_ROUND
