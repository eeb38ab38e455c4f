"""A service in this process whose feeds can be changed, for hubs and subscribers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from config.settings import Settings
from ingest.pace.schedule import PollPolicy
from rekkas.compose import build_rules
from rekkas.compose_push import Surroundings
from rekkas.daemon import Service
from rekkas.serving import Listeners, bind
from store.database.engine import Database
from store.database.upgrade import open_database
from store.record import Recorder
from tests.factories import NOW, make_numbered, make_polled

TOPICS = {
    "paper": {"title": "Paper", "match": "source:paper"},
    "other": {"title": "Other", "match": "source:other"},
}
# Both are due in a week only: nothing is asked while the tests run.
SOURCES = {
    slug: {"url": f"http://127.0.0.1:9/{slug}", "enabled": False}
    for slug in ("paper", "other")
}


class MovableClock:
    """The time, which a test may let pass."""

    def __init__(self) -> None:
        self._moved = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._moved

    def move(self, span: timedelta) -> None:
        """Let so much time pass at once."""
        self._moved += span


class Pushing:
    """A running service, and what a test does to it."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        client: httpx.AsyncClient,
        clock: MovableClock,
    ) -> None:
        self.client = client
        self.base = str(client.base_url)
        self.clock = clock
        self._settings = settings
        self._database = database
        self._published = 0

    def topic(self, file: str = "paper.atom") -> str:
        """The address of a feed."""
        return f"{self.base}/topics/{file}".replace("//topics", "/topics")

    async def publish(self, source: str = "paper") -> str:
        """Let a source bring an article; its title."""
        self._published += 1
        title = f"News number {self._published}"
        entry = make_numbered(self._published, title=title, origin=source)
        recorder = Recorder(self._database, build_rules(self._settings))
        await asyncio.to_thread(
            recorder.record_poll,
            source,
            make_polled(entry),
            policy=PollPolicy(),
            now=NOW,
        )
        return title

    async def until_logged(
        self, events: Sequence[Mapping[str, Any]], event: str, count: int = 1
    ) -> None:
        """Go on once this was logged so often; each request lets the service work."""
        async with asyncio.timeout(15):
            while sum(one["event"] == event for one in events) < count:
                await self.client.get("/health/live")

    async def ask_hub(self, **fields: str) -> httpx.Response:
        """A form for the hub; `mode="x"` is sent as hub.mode, and so on."""
        form = {f"hub.{name}": value for name, value in fields.items()}
        return await self.client.post("/hub", data=form)


@asynccontextmanager
async def pushing(
    folder: Path,
    websub: dict[str, Any],
    *allowed: str,
    port: int = 0,
    **changes: Any,
) -> AsyncIterator[Pushing]:
    """A service that tells of changes; it may connect to these hosts of loopback."""
    settings = Settings.model_validate(
        {
            "websub": websub,
            "sources": SOURCES,
            "topics": TOPICS,
            "fetch": {"allow_private": list(allowed or ("127.0.0.1",))},
            **changes,
        }
    )
    stop = asyncio.Event()
    clock = MovableClock()
    with bind(f"127.0.0.1:{port}") as listener, _database(folder) as beside:
        service = Service(
            settings,
            Surroundings(database=_database(folder), clock=clock),
            Listeners(public=listener),
        )
        running = asyncio.create_task(service.run(stop))
        base = "http://127.0.0.1:{1}".format(*listener.getsockname())
        try:
            async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
                await client.get("/health/live")
                ours = Pushing(settings, beside, client, clock)
                yield ours
        finally:
            stop.set()
            async with asyncio.timeout(5):
                await running


def _database(folder: Path) -> Database:
    return open_database(f"sqlite:///{folder}/rekkas.db")
