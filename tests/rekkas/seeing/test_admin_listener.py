"""The operator's listener beside a service that runs in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from config.settings import Settings
from rekkas.daemon import Service
from rekkas.serving import Listeners, bind
from store.database.upgrade import open_database
from tests.factories import NOW
from tests.rekkas.test_daemon import SOURCES, TOPICS, Paper, wait_for

Clients = tuple[httpx.AsyncClient, httpx.AsyncClient]


@asynccontextmanager
async def served(folder: Path, paper: Paper) -> AsyncIterator[Clients]:
    """A service, and clients of its public and of its admin listener."""
    settings = Settings.model_validate({"sources": SOURCES, "topics": TOPICS})
    stop = asyncio.Event()
    with bind("127.0.0.1:0") as public, bind("127.0.0.1:0") as admin:
        service = Service(
            settings,
            open_database(f"sqlite:///{folder}/rekkas.db"),
            Listeners(public=public, admin=admin),
            clock=lambda: NOW,
            transport=httpx.MockTransport(paper),
        )
        running = asyncio.create_task(service.run(stop))
        bases = (
            "http://127.0.0.1:{1}".format(*s.getsockname()) for s in (public, admin)
        )
        try:
            async with (
                httpx.AsyncClient(base_url=next(bases), trust_env=False) as reader,
                httpx.AsyncClient(base_url=next(bases), trust_env=False) as operator,
            ):
                yield reader, operator
        finally:
            stop.set()
            async with asyncio.timeout(5):
                await running


async def test_polls_and_requests_are_seen_by_the_operator(tmp_path: Path) -> None:
    async with served(tmp_path, Paper()) as (reader, operator):
        await wait_for(reader, "/topics/paper.rss", "<item")
        figures = await wait_for(
            operator, "/metrics", 'rekkas_requests_total{kind="feed"'
        )
        ready = await operator.get("/health/ready")
        page = await operator.get("/status")

    assert 'rekkas_polls_total{failure="",outcome="recorded"} 2.0' in figures.text
    assert 'rekkas_sources{health="ok"} ' in figures.text
    assert 'rekkas_store_transaction_seconds_count{kind="write"} ' in figures.text
    assert "rekkas_readers_started_total 0.0" not in figures.text
    assert ready.text == "ready\n"
    assert "Sources, the worst first" in page.text


async def test_readers_see_nothing_of_it(tmp_path: Path) -> None:
    async with served(tmp_path, Paper()) as (reader, _):
        await wait_for(reader, "/health/live", "ok")
        private = ("/metrics", "/status", "/status.json", "/health/ready")
        answers = [await reader.get(path) for path in private]

    assert [answer.status_code for answer in answers] == [404] * 4


async def test_the_operator_sees_no_feeds_there(tmp_path: Path) -> None:
    async with served(tmp_path, Paper()) as (_, operator):
        await wait_for(operator, "/health/ready", "ready")
        answer = await operator.get("/topics/paper.rss")

    assert answer.status_code == 404


async def test_a_flood_of_scrapes_leave_readers_served(tmp_path: Path) -> None:
    async with served(tmp_path, Paper()) as (reader, operator):
        await wait_for(reader, "/topics/paper.rss", "<item")
        flood = [
            asyncio.create_task(
                operator.get("/metrics", headers={"Connection": "close"})
            )
            for _ in range(100)
        ]
        feed = await reader.get("/topics/paper.rss")
        answers = await asyncio.gather(*flood, return_exceptions=True)

    statuses = {one.status_code for one in answers if isinstance(one, httpx.Response)}
    assert feed.status_code == 200
    assert statuses <= {200, 503}
    assert 200 in statuses
