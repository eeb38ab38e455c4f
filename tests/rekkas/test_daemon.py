from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import Settings
from ingest.pace.schedule import PollPolicy
from rekkas.compose_push import Surroundings
from rekkas.daemon import Service
from rekkas.serving import AddressInUseError, Listeners, bind
from store.classify.decide import Rules
from store.classify.tagging import build_tagger
from store.database.sources import SourceName
from store.database.upgrade import open_database
from store.prepare import prepare_store, wake_source
from store.record import Recorder
from store.redecide import PIECE
from tests.end_to_end.service import CATALOGUE, rss
from tests.factories import NOW, make_numbered, make_polled
from tests.ingest.exchange_factories import make_answer

SOURCES = {
    "daily8": {
        "kind": "snapshot",
        "path": str(CATALOGUE / "snapshots" / "daily8.txt"),
        "captured_at": "2025-06-22T12:00:00Z",
    },
    "paper": {"url": "https://paper.example/feed"},
    "off": {"url": "https://off.example/feed", "enabled": False},
}
TOPICS = {
    "saved": {"title": "Saved", "match": "source:daily8"},
    "paper": {"title": "Paper", "match": "source:paper"},
}
_TRIES = 3000


class Paper:
    """The server of every source: counts who asks, and can be made to wait."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        await self.may_answer.wait()
        return make_answer(pieces=[rss("Paper", {"1": "A school opens"})])


@asynccontextmanager
async def served(folder: Path, paper: Paper) -> AsyncIterator[httpx.AsyncClient]:
    """A service in this process, stopped and awaited at the end of the block."""
    settings = Settings.model_validate({"sources": SOURCES, "topics": TOPICS})
    stop = asyncio.Event()
    with bind("127.0.0.1:0") as listener:
        service = Service(
            settings,
            Surroundings(
                database=open_database(f"sqlite:///{folder}/rekkas.db"),
                clock=lambda: NOW,
                transport=httpx.MockTransport(paper),
            ),
            Listeners(public=listener),
        )
        running = asyncio.create_task(service.run(stop))
        base = "http://127.0.0.1:{1}".format(*listener.getsockname())
        try:
            async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
                yield client
        finally:
            stop.set()
            async with asyncio.timeout(5):
                await running


async def wait_for(client: httpx.AsyncClient, path: str, text: str) -> httpx.Response:
    """The first answer that carries the text; each request lets the service work."""
    for _ in range(_TRIES):
        answer = await client.get(path)
        if text in answer.text:
            return answer
    raise AssertionError(f"{path} never had {text}: {answer.text}")


async def test_what_is_polled_is_served(tmp_path: Path) -> None:
    paper = Paper()

    async with served(tmp_path, paper) as client:
        saved = await wait_for(client, "/topics/saved.rss", "<item")
        fetched = await wait_for(client, "/topics/paper.atom", "A school opens")

    assert saved.status_code == fetched.status_code == 200
    assert paper.asked == ["https://paper.example/feed"]


async def test_feeds_name_the_port_they_are_served_on(tmp_path: Path) -> None:
    async with served(tmp_path, Paper()) as client:
        feed = await client.get("/topics/saved.atom")

    assert f'href="http://127.0.0.1:{client.base_url.port}/topics/saved.atom"' in (
        feed.text
    )


async def test_snapshots_are_served_while_the_network_is_silent(
    tmp_path: Path,
) -> None:
    paper = Paper()
    paper.may_answer.clear()

    async with served(tmp_path, paper) as client:
        saved = await wait_for(client, "/topics/saved.rss", "<item")

    assert saved.status_code == 200


async def test_a_restart_asks_only_what_is_due(tmp_path: Path) -> None:
    paper = Paper()
    for _ in range(2):
        async with served(tmp_path, paper) as client:
            await wait_for(client, "/topics/paper.rss", "<item")

    assert len(paper.asked) == 1


async def test_a_new_topic_of_a_large_store_is_decided_beside_serving(
    tmp_path: Path,
) -> None:
    paper = Paper()
    paper.may_answer.clear()
    entries = [
        make_numbered(number, title=f"Story {number}", origin="paper")
        for number in range(PIECE + 20, 0, -1)
    ]
    with open_database(f"sqlite:///{tmp_path}/rekkas.db") as database:
        name = SourceName(slug="paper", title="Paper", home=None)
        rules = Rules(tagger=build_tagger({}, publisher_names=()), topics={})
        prepare_store(database, [name], rules, now=NOW)
        Recorder(database, rules).record_poll(
            "paper", make_polled(*entries), policy=PollPolicy(), now=NOW
        )

    async with served(tmp_path, paper) as client:
        feed = await wait_for(client, "/topics/paper.atom", f"Story {PIECE + 20}<")

    assert feed.status_code == 200


ADDRESSES: Mapping[str, Any] = {
    "a port of any number": "127.0.0.1:0",
    "a name": "localhost:0",
    "every address": "0.0.0.0:0",
}


@pytest.mark.parametrize("listen", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_address_to_listen_on(listen: str) -> None:
    with bind(listen) as listener:
        assert listener.getsockname()[1] > 0


def test_an_ipv6_address_to_listen_on() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")

    with bind("[::1]:0") as listener:
        assert listener.family is socket.AF_INET6


def test_an_address_in_use_is_named_with_what_to_do() -> None:
    with bind("127.0.0.1:0") as listener:
        port = listener.getsockname()[1]

        with pytest.raises(AddressInUseError, match=rf":{port} .*server\.listen"):
            bind(f"127.0.0.1:{port}")


def test_an_address_that_is_not_ours_is_named() -> None:
    with pytest.raises(AddressInUseError, match=r"192\.0\.2\.1"):
        bind("192.0.2.1:8080")


async def test_a_source_that_is_woken_is_asked_by_the_service_that_runs(
    tmp_path: Path,
) -> None:
    paper = Paper()

    async with served(tmp_path, paper) as client:
        await wait_for(client, "/topics/paper.atom", "A school opens")
        with open_database(f"sqlite:///{tmp_path}/rekkas.db") as beside:
            wake_source(beside, "paper")
        async with asyncio.timeout(10):
            while len(paper.asked) < 2:
                await client.get("/topics/paper.atom")

    assert paper.asked == ["https://paper.example/feed"] * 2
