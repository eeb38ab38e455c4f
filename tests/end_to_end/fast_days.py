"""A program: the service lives through days in minutes, and tells what it took.

    python -m tests.end_to_end.fast_days FOLDER PAPERS HOURS MINUTES_A_SECOND

Papers fail, the store is locked now and then, the operator adds a topic each day, and
readers come and go. Prints a line of JSON for each hour of the service's time, and at
last one with the moments at which each paper answered well.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import httpx
import yaml

from config.load import load_settings
from rekkas.compose_push import Surroundings
from rekkas.daemon import Service
from rekkas.logs import configure_logs
from rekkas.reloading import Reloads
from rekkas.serving import Listeners, bind
from store.database.upgrade import open_database
from tests.end_to_end.faulty_papers import Paper, Servers
from tests.end_to_end.memory import resident_bytes, tree_of

BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
_LOCKED_SECONDS = 1.5
_DOCUMENTS = (
    "topics/day-0.atom",
    "topics/day-0.rss",
    "topics/mali.json",
    "topics/mali",
    "topics/mali.atom?page=1",
    "all.atom",
    "tags/mali.atom",
    "sources/paper-1.rss",
    "sources/paper-2",
    "search?q=about%3Amali",
    "opml",
    "",
)


class FastClock:
    """Time that goes so many minutes in a second, from `BEGIN` on."""

    def __init__(self, minutes_a_second: float) -> None:
        self._began = time.monotonic()
        self._speed = minutes_a_second * 60

    def __call__(self) -> datetime:
        """The moment, aware UTC."""
        return BEGIN + timedelta(seconds=self._speed * (time.monotonic() - self._began))

    def seconds_until(self, moment: datetime) -> float:
        """How long the moment is still away, on a clock that nobody hurries."""
        return (moment - self()).total_seconds() / self._speed


def write_settings(folder: Path, papers: list[Paper], day: int) -> None:
    """The operator's file as it is on a day: a topic more than on the day before."""
    topics = {
        f"day-{each}": {"title": f"Day {each}", "match": "mali OR niger"}
        for each in range(day + 1)
    }
    settings = {
        "include": ["catalogue:tags"],
        "storage": {"url": f"sqlite:///{folder}/rekkas.db"},
        "fetch": {"deadline": "1s", "per_host": {"spacing": "0s"}},
        "publish": {"limit": 50},
        "sources": {
            paper.slug: {"url": f"https://{paper.slug}.example/feed", "language": "en"}
            for paper in papers
        },
        "topics": {"mali": {"title": "Mali", "match": "about:mali"}, **topics},
    }
    new = folder / "rekkas.yaml.new"
    new.write_text(yaml.safe_dump(settings))
    new.replace(folder / "rekkas.yaml")


async def live(folder: Path, papers: list[Paper], hours: int, speed: float) -> None:
    """Run the service for so many hours of its own time."""
    write_settings(folder, papers, 0)
    load = partial(load_settings, folder / "rekkas.yaml", environ={})
    loaded, clock, stop = load(), FastClock(speed), asyncio.Event()
    servers = Servers(papers, clock)
    with bind("127.0.0.1:0") as listener:
        service = Service(
            loaded.settings,
            Surroundings(
                database=open_database(str(loaded.settings.storage.url)),
                clock=clock,
                transport=httpx.MockTransport(servers),
            ),
            Listeners(public=listener),
        )
        base = "http://127.0.0.1:{1}".format(*listener.getsockname())
        running = asyncio.create_task(service.run(stop, Reloads(loaded, load)))
        around = [
            asyncio.create_task(visit(base)),
            asyncio.create_task(disturb(folder / "rekkas.db")),
        ]
        try:
            await watch(hours, clock, partial(write_settings, folder, papers), servers)
        finally:
            for task in around:
                task.cancel()
            await asyncio.wait(around)
            stop.set()
            await running
    answered = {
        slug: [moment.isoformat() for moment in moments]
        for slug, moments in servers.answered_at.items()
    }
    print(json.dumps(answered), flush=True)  # noqa: T201 - what the program is for


async def watch(
    hours: int,
    clock: FastClock,
    write_day: Callable[[int], None],
    servers: Servers,
) -> None:
    """Tell each hour what the service takes; bring each day's configuration."""
    for hour in range(1, hours + 1):
        await asyncio.sleep(clock.seconds_until(BEGIN + timedelta(hours=hour)))
        if hour % 24 == 0:
            await asyncio.to_thread(write_day, hour // 24)
        told = {
            "hour": hour,
            "asked": servers.asked,
            "failed": servers.failed,
            "tasks": len(asyncio.all_tasks()),
            **taken(),
        }
        print(json.dumps(told), flush=True)  # noqa: T201 - what the program is for


def taken() -> dict[str, int]:
    """What the service takes of the machine."""
    return {
        "bytes": sum(map(resident_bytes, tree_of(os.getpid()))),
        "files": sum(1 for _ in Path("/proc/self/fd").iterdir()),
    }


async def visit(base: str) -> None:
    """Be a few readers who remember what they were given."""
    known: dict[str, str] = {}
    chance = Random(2026)  # noqa: S311 - the same visits each time
    async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
        while True:
            await asyncio.sleep(0.1)
            path = chance.choice(_DOCUMENTS)
            headers = {"If-None-Match": known[path]} if path in known else {}
            try:
                answer = await client.get(f"/{path}", headers=headers)
            except httpx.TransportError:
                continue  # it has not begun yet, or ends
            assert answer.status_code in (200, 304, 404, 503), (path, answer.text)
            if "ETag" in answer.headers:
                known[path] = answer.headers["ETag"]


async def disturb(database: Path) -> None:
    """Hold the database for a moment, every few seconds, as a backup might."""
    while True:
        await asyncio.sleep(15)
        await asyncio.to_thread(_hold, database)


def _hold(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(_LOCKED_SECONDS)
        connection.execute("ROLLBACK")


def main(arguments: list[str]) -> Any:
    """Live in the folder that is named first."""
    folder, count, hours, speed = arguments
    configure_logs()
    papers = [Paper(number, BEGIN) for number in range(int(count))]
    asyncio.run(live(Path(folder), papers, int(hours), float(speed)))


if __name__ == "__main__":
    main(sys.argv[1:])
