"""A kill at any moment loses nothing and doubles nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from store.database.upgrade import open_database
from tests.end_to_end.service import (
    LOOPBACK,
    ROOT,
    environment,
    feed_handler,
    rekkas,
    rss,
    serving,
)
from tests.store.conftest import is_integral, make_url

SOURCES = 4
HEADLINES_A_ROUND = 15


def headlines(source: int, rounds: int) -> dict[str, str]:
    """What a source carries after so many rounds, the newest first."""
    numbers = reversed(range(rounds * HEADLINES_A_ROUND))
    return {
        f"{source}-{number}": f"Morocco and Mali, report {number} of paper {source}"
        for number in numbers
    }


def write_paper_configuration(folder: Path, address: str, url: str) -> None:
    settings = {
        "storage": {"url": url},
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


def kept(url: str) -> dict[str, list[object]]:
    """What is stored, without numbers and moments that depend on the run."""
    queries = {
        "articles": "SELECT uid, title, origin FROM article ORDER BY uid",
        "sightings": "SELECT source, entry_key FROM sighting ORDER BY 1, 2",
        "publications": "SELECT topic, uid FROM publication JOIN article "
        "ON article.id = publication.article ORDER BY 1, 2",
        "places": "SELECT topic, max(position) - count(*) FROM publication "
        "GROUP BY 1 ORDER BY 1",
    }
    with open_database(url) as database:
        assert is_integral(database)
        with database.read() as connection:
            return {
                name: list(map(tuple, connection.exec_driver_sql(query)))
                for name, query in queries.items()
            }


@pytest.mark.parametrize(("kind", "kills"), [("sqlite", 8), ("postgresql", 5)])
def test_kills_lose_and_double_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, kills: int
) -> None:
    chance = random.Random(20261123)  # noqa: S311 - moments of death, no secret
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    undisturbed = f"sqlite:///{whole}/rekkas.db"
    feeds: dict[str, bytes] = {}
    with (
        make_url(kind, killed, request, has_tables=False) as url,
        serving(feed_handler(feeds)) as address,
    ):
        for folder, place in ((killed, url), (whole, undisturbed)):
            folder.mkdir()
            write_paper_configuration(folder, address, place)
        for round_number in range(1, kills + 1):
            for source in range(SOURCES):
                feeds[f"/{source}"] = rss("Paper", headlines(source, round_number))
            kill_after(killed, chance.uniform(0.2, 1.6))

        results = [rekkas(folder, "ingest", "--json") for folder in (killed, whole)]
        after_kills = kept(url)

    assert [result.returncode for result in results] == [0, 0], results
    assert after_kills == kept(undisturbed)
    assert len(after_kills["articles"]) == SOURCES * kills * HEADLINES_A_ROUND
