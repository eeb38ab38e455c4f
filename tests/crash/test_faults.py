"""Disks, databases, servers, clocks and networks that fail while the service runs.

Each test ends with a service that has recovered by itself, without a restart.
"""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from config.settings import Settings
from rekkas import generation, succession
from rekkas.scheduler import start_clock
from store.database import sqlite
from store.database.upgrade import open_database
from store.library import Library
from tests.crash.disks import fragile_disk, unchangeable
from tests.crash.in_process import Living, living, make_settings
from tests.crash.killable import KillableServer
from tests.crash.lives import titles
from tests.end_to_end.service import feed_handler, rss, serving
from tests.end_to_end.test_bad_input import fill, needs_mount, small_disk

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BEAT = timedelta(milliseconds=30)


def locked(path: Path) -> sqlite3.Connection:
    """Another program that writes and does not end."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that beats often, so that a test need not wait for seconds."""
    monkeypatch.setattr(generation, "start_clock", partial(start_clock, every=BEAT))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that are cut short: for other writers, and between tries to begin."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr(succession, "_SECONDS_BETWEEN_TRIES", 0.1)


async def test_a_disk_that_fills_keeps_feeds_served_and_ends_by_itself(
    tmp_path: Path,
) -> None:
    needs_mount()
    with small_disk(tmp_path / "disk") as disk:
        async with living(f"sqlite:///{disk}/rekkas.db") as life:
            before = await life.until_shown("The first")
            filler = fill(disk)
            life.papers.articles += [f"Article {n} to fill up" for n in range(40)]

            life.pass_time(2 * MINUTE)
            told = await life.until_told("cannot be kept")
            meanwhile = await life.until_shown("The first")
            asked = len(life.papers.asked)
            await ask_often(life, times=3)
            asked_in_vain = len(life.papers.asked) - asked
            figures = (await life.operator.get("/metrics")).text
            status = (await life.operator.get("/status.json")).json()

            filler.unlink()
            life.pass_time(2 * MINUTE)
            after = await life.until_shown("Article 39 to fill up")
            well = await life.operator.get("/health/ready")

    assert told.status_code == 200
    assert "free space on its disk" in told.text
    assert "rekkas_store_keeps 0.0" in figures
    assert "free space" in status["service"]["warning"]
    assert meanwhile.content == before.content
    assert asked_in_vain == 0
    assert after.text.count("</item>") == 41
    assert well.text == "ready\n"


async def test_a_disk_that_goes_read_only_is_told_and_written_when_it_can_be(
    tmp_path: Path,
) -> None:
    with fragile_disk(tmp_path / "disk") as disk:
        path = disk.folder / "rekkas.db"
        async with living(f"sqlite:///{path}") as life:
            before = await life.until_shown("The first")
            with unchangeable(path):
                life.papers.articles.append("An article meanwhile")
                life.pass_time(2 * MINUTE)
                told = await life.until_told("cannot be kept")
                asked = len(life.papers.asked)
                await ask_often(life, times=3)
                asked_in_vain = len(life.papers.asked) - asked
                meanwhile = await life.until_shown("The first")
                status = (await life.operator.get("/status.json")).json()

            life.pass_time(2 * MINUTE)
            after = await life.until_shown("An article meanwhile")
            well = await life.until_told("ready\n")
        with open_database(f"sqlite:///{path}") as database:
            stored = titles(database)

    assert told.status_code == 200
    assert "cannot be written: check the disk" in told.text
    assert "cannot be written" in status["service"]["warning"]
    assert asked_in_vain == 0
    assert meanwhile.content == before.content
    assert well.status_code == 200
    assert after.text.count("</item>") == len(stored) == len(set(stored)) == 2


async def beats() -> None:
    """Time for many beats of the quick clock: only time shows that nothing is done."""
    await asyncio.sleep(10 * BEAT.total_seconds())


async def ask_often(life: Living, *, times: int) -> None:
    """Let so many minutes go by, each with a beat of the service's."""
    for _ in range(times):
        life.pass_time(2 * MINUTE)
        await beats()


async def test_a_database_that_is_locked_for_a_moment_loses_nothing(
    tmp_path: Path,
) -> None:
    async with living(f"sqlite:///{tmp_path}/rekkas.db") as life:
        await life.until_shown("The first")
        with closing(locked(tmp_path / "rekkas.db")):
            life.papers.articles.append("An article meanwhile")
            asked = len(life.papers.asked)
            life.pass_time(2 * MINUTE)
            await life.until(lambda: len(life.papers.asked) > asked)
            served = await life.until_shown("The first")
        after = await life.until_shown("An article meanwhile")

    assert "meanwhile" not in served.text
    assert after.text.count("</item>") == 2
    assert len(life.papers.asked) == asked + 1


@pytest.mark.usefixtures("hasty")
async def test_a_database_that_stays_locked_is_told_and_written_when_it_is_free(
    tmp_path: Path,
) -> None:
    async with living(f"sqlite:///{tmp_path}/rekkas.db") as life:
        await life.until_shown("The first")
        with closing(locked(tmp_path / "rekkas.db")):
            life.papers.articles.append("An article meanwhile")
            life.pass_time(2 * MINUTE)
            told = await life.until_told("is locked by another program")
        life.pass_time(2 * MINUTE)
        after = await life.until_shown("An article meanwhile")
        well = await life.until_told("ready\n")

    assert told.status_code == well.status_code == 200
    assert after.text.count("</item>") == 2


@pytest.mark.usefixtures("hasty")
async def test_a_start_with_a_database_that_cannot_be_written_serves_and_waits(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/rekkas.db"
    async with living(url) as life:
        await life.until_shown("The first")
    other = locked(tmp_path / "rekkas.db")

    async with living(url) as life:
        served = await life.until_shown("The first")
        told = await life.operator.get("/health/ready")
        life.papers.articles.append("An article afterwards")
        life.pass_time(2 * MINUTE)
        other.close()
        after = await life.until_shown("An article afterwards")
        await life.until_told("ready\n")

    assert served.status_code == 200
    assert (told.status_code, told.text) == (503, "the first polls have not begun\n")
    assert after.text.count("</item>") == 2


async def test_a_server_of_the_database_that_is_killed_is_done_without(
    killable: KillableServer,
) -> None:
    async with living(killable.url) as life:
        before = await life.until_shown("The first")
        killable.kill()
        life.papers.articles.append("An article meanwhile")
        asked = len(life.papers.asked)
        told = await life.until_told("cannot be read")
        await ask_often(life, times=3)
        meanwhile = await life.until_shown("The first")
        asked_meanwhile = len(life.papers.asked) - asked

        killable.start()
        life.pass_time(2 * MINUTE)
        after = await life.until_shown("An article meanwhile")
        well = await life.until_told("ready\n")
    with open_database(killable.url) as database:
        stored = titles(database)

    assert told.status_code == 503
    assert meanwhile.content == before.content
    assert asked_meanwhile == 0
    assert well.status_code == 200
    assert after.text.count("</item>") == len(stored) == len(set(stored)) == 2


_STEPS = 40
JUMPS = {"three days ahead": timedelta(days=3), "two hours back": timedelta(hours=-2)}


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_a_clock_that_jumps_brings_no_storm_and_no_stall(
    tmp_path: Path, jump: timedelta
) -> None:
    url, papers = f"sqlite:///{tmp_path}/rekkas.db", 20
    async with living(url, make_settings(papers)) as life:
        await life.until(lambda: len(life.papers.asked) >= papers)
        await life.until_shown("The first")
        life.papers.asked.clear()
        life.pass_time(jump)
        await beats()
        after_jump = Counter(life.papers.asked)

        life.papers.asked.clear()
        for _ in range(_STEPS):
            # A poll that a busy machine let fail comes again within the hour.
            life.pass_time(2 * MINUTE)
            await beats()
            if len(set(life.papers.asked)) == papers:
                break
        asked_afterwards = len(set(life.papers.asked))
        with open_database(url) as database:
            library = Library(database)
            await life.until(
                lambda: all(
                    timedelta(0) < wait <= HOUR for wait in waits(library, life.now)
                ),
                what="every source waits, and none for long",
            )

    assert all(count == 1 for count in after_jump.values())
    assert asked_afterwards == papers


def waits(library: Library, now: datetime) -> list[timedelta]:
    """How long each source is to wait from now on."""
    paces = [state.pace for state in library.source_states().values()]
    return [pace.due_at - now for pace in paces if pace is not None]


async def test_black_holes_and_closed_ports_leave_other_sources_alone(
    tmp_path: Path,
) -> None:
    feeds = {"/feed": rss("Paper", {"1": "The first article"})}
    with (
        socket.create_server(("127.0.0.2", 0), backlog=200) as hole,
        serving(feed_handler(feeds)) as address,
    ):
        port = hole.getsockname()[1]
        urls = {
            **{f"hole-{n}": f"http://127.0.0.2:{port}/{n}" for n in range(30)},
            **{f"closed-{n}": f"http://127.0.0.3:{port}/{n}" for n in range(30)},
            "open": f"{address}/feed",
        }
        settings = Settings.model_validate(
            {
                "fetch": {"allow_private": ["127.0.0.1", "127.0.0.2", "127.0.0.3"]},
                "sources": {slug: {"url": url} for slug, url in urls.items()},
                "topics": {"papers": {"title": "Papers", "match": "article"}},
            }
        )
        url = f"sqlite:///{tmp_path}/rekkas.db"
        async with living(url, settings, transport="network") as life:
            shown = await life.until_shown("The first article")
            backlog = (await life.operator.get("/metrics")).text

    assert shown.text.count("</item>") == 1
    assert "rekkas_polls_running 0.0" not in backlog
