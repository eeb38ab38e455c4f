"""A service in this process, whose time a test moves and whose papers it prints."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from config.settings import Settings
from rekkas.compose_push import Surroundings
from rekkas.daemon import Service
from rekkas.serving import Listeners, bind
from store.database.upgrade import open_database
from tests.end_to_end.service import rss
from tests.factories import NOW
from tests.ingest.exchange_factories import make_answer

FEED = "/topics/papers.rss"
_SECONDS = 30.0
_SECONDS_A_TRY = 0.05


@dataclass(slots=True)
class Papers:
    """The servers of all sources: what each carries, and who asked with what."""

    articles: list[str] = field(default_factory=lambda: ["The first article"])
    asked: list[str] = field(default_factory=list)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.host)
        latest = f'"{len(self.articles)}"'
        if request.headers.get("if-none-match") == latest:
            return make_answer(304, pieces=[])
        entries = {
            f"{request.url.host}-{number}": f"{title} of {request.url.host}"
            for number, title in enumerate(self.articles)
        }
        return make_answer(headers={"etag": latest}, pieces=[rss("Paper", entries)])


@dataclass(slots=True)
class Living:
    """A service that runs: its readers, its operator, its time and its papers."""

    readers: httpx.AsyncClient
    operator: httpx.AsyncClient
    papers: Papers
    now: datetime = NOW

    def pass_time(self, span: timedelta) -> None:
        """Let the service's clock show another time."""
        self.now += span

    async def until(self, is_so: Callable[[], Any], *, what: str = "") -> None:
        """Until something is so; fails when that takes too long."""
        for _ in range(int(_SECONDS / _SECONDS_A_TRY)):
            if is_so():
                return
            await asyncio.sleep(_SECONDS_A_TRY)
        raise AssertionError(f"it never came to be: {what or is_so}")

    async def until_shown(self, title: str) -> httpx.Response:
        """The feed, once it tells of an article."""
        return await self._until(self.readers, FEED, title)

    async def until_told(self, words: str) -> httpx.Response:
        """What the operator is told of the service's readiness, once it says so."""
        return await self._until(self.operator, "/health/ready", words)

    async def _until(
        self, client: httpx.AsyncClient, path: str, words: str
    ) -> httpx.Response:
        for _ in range(int(_SECONDS / _SECONDS_A_TRY)):
            answer = await client.get(path)
            if words in answer.text:
                return answer
            await asyncio.sleep(_SECONDS_A_TRY)
        raise AssertionError(f"{path} never had {words!r}: {answer.text}")


def make_settings(papers: int = 1) -> Settings:
    """Papers that are asked every minute, and a topic of all that they carry."""
    return Settings.model_validate(
        {
            "sources": {
                f"paper-{number}": {
                    "url": f"https://paper-{number}.example/feed",
                    "every": "1m",
                }
                for number in range(papers)
            },
            "topics": {"papers": {"title": "Papers", "match": "article"}},
        }
    )


@asynccontextmanager
async def living(
    url: str, settings: Settings | None = None, *, transport: Any = None
) -> AsyncIterator[Living]:
    """A service on the database at `url`, stopped and awaited at the end of the block.

    `transport` takes the place of its papers; "network" means none.
    """
    papers, stop = Papers(), asyncio.Event()
    with bind("127.0.0.1:0") as public, bind("127.0.0.1:0") as admin:
        async with (
            client_of(public.getsockname()[1]) as readers,
            client_of(admin.getsockname()[1]) as operator,
        ):
            life = Living(readers, operator, papers)
            service = Service(
                settings or make_settings(),
                Surroundings(
                    database=open_database(url),
                    clock=lambda: life.now,
                    transport=None
                    if transport == "network"
                    else httpx.MockTransport(papers),
                ),
                Listeners(public=public, admin=admin),
            )
            running = asyncio.create_task(service.run(stop))
            try:
                yield life
            finally:
                stop.set()
                async with asyncio.timeout(30):
                    await running


def client_of(port: int) -> httpx.AsyncClient:
    """Somebody who asks at a port of loopback."""
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False)
