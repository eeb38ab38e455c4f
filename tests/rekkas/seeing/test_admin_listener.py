"""The operator's listener beside a service that runs in this process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from config.settings import Settings
from rekkas.compose_push import Surroundings
from rekkas.daemon import Service
from rekkas.serving import Listeners, bind
from store.database.upgrade import open_database
from tests.factories import NOW
from tests.rekkas.test_daemon import SOURCES, TOPICS, Paper, wait_for

Clients = tuple[httpx.AsyncClient, httpx.AsyncClient]


@asynccontextmanager
async def served(folder: Path, paper: Paper, **changes: Any) -> AsyncIterator[Clients]:
    """A service, and clients of its public and of its admin listener."""
    settings = Settings.model_validate({"sources": SOURCES, "topics": TOPICS} | changes)
    stop = asyncio.Event()
    with bind("127.0.0.1:0") as public, bind("127.0.0.1:0") as admin:
        service = Service(
            settings,
            Surroundings(
                database=open_database(f"sqlite:///{folder}/rekkas.db"),
                clock=lambda: NOW,
                transport=httpx.MockTransport(paper),
            ),
            Listeners(public=public, admin=admin),
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


class Gone(Paper):
    """The paper's server says that it is gone; a webhook takes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: asyncio.Queue[httpx.Request] = asyncio.Queue()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            await request.aread()
            self.told.put_nowait(request)
            return httpx.Response(204)
        return httpx.Response(410)


async def test_a_webhook_is_told_through_the_guarded_client(tmp_path: Path) -> None:
    paper = Gone()
    notify = {"webhook": "https://chat.example/hook", "authorization": "Bearer secret"}
    sources = {"paper": {"url": "https://paper.example/feed"}}

    async with (
        served(tmp_path, paper, notify=notify, sources=sources, topics={}),
        asyncio.timeout(20),
    ):
        request = await paper.told.get()

    message = json.loads(request.content)
    assert str(request.url) == "https://chat.example/hook"
    assert request.headers["authorization"] == "Bearer secret"
    assert request.headers["user-agent"].startswith("rekkas/")
    assert (message["source"], message["condition"]) == ("paper", "gone")
    assert message["service"].startswith("http://127.0.0.1:")


async def test_a_scraper_that_never_reads_does_not_hold_up_the_stop(
    tmp_path: Path,
) -> None:
    async with served(tmp_path, Paper()) as (_, operator):
        await wait_for(operator, "/health/ready", "ready")
        port = operator.base_url.port
        silent = [
            await asyncio.open_connection("127.0.0.1", port, limit=1) for _ in range(5)
        ]
        for _, writer in silent:
            writer.write(b"GET /status HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
    for _, writer in silent:
        writer.close()
