"""Days among faults cost a service no more with time, and lose nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from store.database.engine import Connection
from store.database.upgrade import open_database
from store.keeping import check_database
from tests.end_to_end.fast_days import BEGIN
from tests.end_to_end.faulty_papers import Paper, articles_between
from tests.end_to_end.memory import MEGABYTE, needs_proc
from tests.end_to_end.service import ROOT, environment

_AS_DEPLOYED = {"MALLOC_ARENA_MAX": "2"}
"""What the unit and the image set, too: freed memory is given back by every thread."""


@dataclass(frozen=True)
class Life:
    """What was told each hour, when each paper answered well, and the log."""

    hours: Sequence[Mapping[str, int]]
    answered_at: Mapping[str, Sequence[datetime]]
    log: str


def live(folder: Path, *, papers: int, hours: int, minutes_a_second: int) -> Life:
    """Let a service live in the folder."""
    arguments = (str(folder), str(papers), str(hours), str(minutes_a_second))
    ended = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.fast_days", *arguments],
        env={**environment(folder), "PYTHONPATH": str(ROOT), **_AS_DEPLOYED},
        capture_output=True,
        text=True,
        timeout=hours * 60 / minutes_a_second + 60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-5_000:]
    told: list[Any] = [json.loads(line) for line in ended.stdout.splitlines()]
    answered_at = {
        slug: [datetime.fromisoformat(moment) for moment in moments]
        for slug, moments in told.pop().items()
    }
    return Life(told, answered_at, ended.stderr)


def column(connection: Connection, query: str) -> list[str]:
    return list(connection.exec_driver_sql(query).scalars())


def assert_nothing_lost_or_doubled(folder: Path, life: Life) -> None:
    """What papers printed is stored, once, and published, once."""
    with open_database(f"sqlite:///{folder}/rekkas.db") as database:
        assert list(check_database(database)) == []
        with database.read() as connection:
            keys = column(connection, "SELECT entry_key FROM sighting")
            links = column(connection, "SELECT link FROM article")
            about = column(
                connection,
                "SELECT article FROM article_tag WHERE tag = 'mali' "
                "AND strength = 'about'",
            )
            polled = {
                slug: datetime.fromisoformat(moment).replace(tzinfo=UTC)
                for slug, moment in connection.exec_driver_sql(
                    "SELECT slug, last_success_at FROM source "
                    "WHERE last_success_at IS NOT NULL"
                )
            }
            shown = column(
                connection, "SELECT article FROM publication WHERE topic = 'mali'"
            )
    printed = {
        f"guid:{guid}"
        for slug, moments in life.answered_at.items()
        if slug in polled
        for guid in articles_between(
            Paper(int(slug.rpartition("-")[2]), BEGIN),
            BEGIN,
            # The answer that was kept last; the polls of a source follow each other.
            max(moment for moment in moments if moment <= polled[slug]),
        )
    }
    assert printed - set(keys) == set()
    assert len(keys) == len(set(keys))
    assert len(links) == len(set(links))
    assert sorted(about) == sorted(shown)


@needs_proc
def test_hours_among_faults_lose_and_double_nothing(tmp_path: Path) -> None:
    life = live(tmp_path, papers=30, hours=6, minutes_a_second=20)

    assert life.hours[-1]["failed"] > 0
    assert "_crashed" not in life.log
    assert_nothing_lost_or_doubled(tmp_path, life)


@pytest.mark.soak
@needs_proc
def test_a_week_among_faults_takes_no_more_with_time(tmp_path: Path) -> None:
    life = live(tmp_path, papers=150, hours=7 * 24, minutes_a_second=10)

    assert "_crashed" not in life.log
    assert_nothing_lost_or_doubled(tmp_path, life)
    days = [
        median(hour["bytes"] for hour in life.hours[begin : begin + 24])
        for begin in range(0, 7 * 24, 24)
    ]
    print([f"{taken / MEGABYTE:.0f} MiB" for taken in days])  # noqa: T201 - shown by -rP
    # Stories are kept in memory for three days: until then there are more and more.
    assert days[-1] < days[3] * 1.1
    assert life.hours[-1]["files"] < life.hours[24]["files"] + 10
    assert life.hours[-1]["tasks"] < 150 + 50
