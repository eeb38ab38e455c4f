"""The operator's listener: what it answers, whatever the store does."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.fetch.outcome import FailureKind, FetchFailed
from ingest.pace.schedule import PollPolicy
from ingest.poll import PollOutcome
from publish.web.admin_app import build_admin_app
from publish.web.pages import Pages
from rekkas.seeing import desk as desk_module
from rekkas.seeing.control_room import ControlRoom
from rekkas.seeing.desk import ServiceDesk
from rekkas.seeing.values import Backlog
from store.database.engine import Database
from store.database.sources import SourceName
from store.database.upgrade import open_database
from store.errors import StoreError
from store.library import Library
from store.prepare import prepare_store
from store.record import Recorder
from tests.factories import NOW, make_entry, make_polled
from tests.publish.factories import make_edition, make_rules
from tests.store.conftest import make_rules as make_store_rules

SECRET = "https://reader:hunter2@paper.example/feed?key=hunter2"


@dataclass
class Subject:
    """A service of which nothing runs."""

    has_begun: bool = True
    problems: Sequence[str] = ()
    sources: Sequence[str] = ("paper", "radio")
    readers_started: int = 2
    waiting: Backlog = field(default_factory=lambda: Backlog(running=1, due=4))

    def backlog(self) -> Backlog:
        return self.waiting


def fill(database: Database) -> None:
    """Two sources and one that was configured once; one article of today."""
    rules = make_store_rules()
    names = [
        SourceName(slug=slug, title=slug.title(), home=None)
        for slug in ("paper", "radio", "former")
    ]
    prepare_store(database, names, rules, now=NOW)
    recorder = Recorder(database, rules)
    failed = FetchFailed(kind=FailureKind.DNS, detail=f"no such host: {SECRET}")
    outcomes: dict[str, PollOutcome] = {
        "paper": make_polled(make_entry(origin="paper")),
        "radio": failed,
    }
    for slug, outcome in outcomes.items():
        recorder.record_poll(slug, outcome, policy=PollPolicy(), now=NOW)


@pytest.fixture
def library(tmp_path: Path) -> Any:
    with open_database(f"sqlite:///{tmp_path}/rekkas.db") as database:
        fill(database)
        yield Library(database)


def client_of(
    library: Any,
    subject: Subject | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> httpx.AsyncClient:
    room = ControlRoom(clock=lambda: NOW + timedelta(minutes=1))
    pages = Pages(make_edition(make_rules()))
    desk = ServiceDesk(subject or Subject(), room, library, pages, clock=clock)
    transport = httpx.ASGITransport(build_admin_app(desk), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://admin")


class Store:
    """A library of which one question hangs, or fails, and that counts its answers."""

    def __init__(self, *, trouble: Exception | None = None) -> None:
        self.asked = 0
        self.may_answer = threading.Event()
        self._trouble = trouble

    def size_bytes(self) -> int:
        self.asked += 1
        if self._trouble is not None:
            raise self._trouble
        self.may_answer.wait(30)
        return 1


async def test_figures_are_what_a_scraper_expects(library: Library) -> None:
    async with client_of(library) as client:
        answer = await client.get("/metrics")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    assert "rekkas_polls_running 1.0\n" in answer.text
    assert "rekkas_sources_due 4.0\n" in answer.text
    assert "rekkas_readers_started_total 2.0\n" in answer.text
    assert "rekkas_store_up 1.0\n" in answer.text


async def test_a_flood_of_scrapers_is_answered_from_one_rendering() -> None:
    store = Store()
    store.may_answer.set()

    async with client_of(store) as client:
        answers = [await client.get("/metrics") for _ in range(200)]

    assert {answer.status_code for answer in answers} == {200}
    assert store.asked <= 3


async def test_the_service_is_ready_when_its_polls_have_begun(
    library: Library,
) -> None:
    subject = Subject(has_begun=False)

    async with client_of(library, subject) as client:
        before = await client.get("/health/ready")
        subject.has_begun = True
        after = await client.get("/health/ready")

    assert (before.status_code, before.text) == (
        503,
        "the first polls have not begun\n",
    )
    assert (after.status_code, after.text) == (200, "ready\n")


async def test_a_broken_configuration_is_told_and_keeps_the_service_ready(
    library: Library,
) -> None:
    subject = Subject(problems=[f"rekkas.yaml:3:1: no such key at {SECRET}"])

    async with client_of(library, subject) as client:
        ready = await client.get("/health/ready")
        page = await client.get("/status")
        listed = await client.get("/status.json")

    assert ready.status_code == 200
    assert "rekkas.yaml:3:1: no such key" in page.text
    assert listed.json()["service"]["problems"][0].startswith("rekkas.yaml:3:1")
    assert "hunter2" not in page.text + listed.text


async def test_a_store_in_trouble_is_told_shortly() -> None:
    store = Store(trouble=StoreError(f"the disk is full at {SECRET}"))

    async with client_of(store) as client:
        answers = {
            path: await client.get(path)
            for path in ("/health/ready", "/metrics", "/status", "/health/live")
        }

    assert answers["/health/ready"].status_code == 503
    assert "cannot be read: the disk is full" in answers["/health/ready"].text
    assert "rekkas_store_up 0.0\n" in answers["/metrics"].text
    assert answers["/status"].status_code == 503
    assert answers["/health/live"].status_code == 200
    assert not any("hunter2" in answer.text for answer in answers.values())


async def test_a_store_that_hangs_holds_up_no_probe_and_takes_one_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk_module, "_LOOK_SECONDS", 0.01)
    store, hours = Store(), itertools.count(step=3600)

    async with client_of(store, clock=lambda: float(next(hours))) as client:
        answers = [await client.get("/health/ready") for _ in range(20)]
        asked = store.asked
        store.may_answer.set()
        monkeypatch.setattr(desk_module, "_LOOK_SECONDS", 10)
        after = await client.get("/health/ready")

    assert {answer.status_code for answer in answers} == {503}
    assert asked == 1
    assert after.status_code == 200


async def test_the_page_shows_the_worst_first_and_only_what_is_configured(
    library: Library,
) -> None:
    async with client_of(library) as client:
        page = (await client.get("/status")).text

    assert page.index("Radio") < page.index("Paper")
    assert "Failing" in page
    assert "Former" not in page
    assert page.count("<svg") == 3
    assert "<rect" in page
    assert "hunter2" not in page


async def test_machines_read_the_same(library: Library) -> None:
    async with client_of(library) as client:
        listed = (await client.get("/status.json")).json()

    radio, paper = listed["sources"]
    assert listed["is_ready"] is True
    assert listed["conditions"] == {"failing": 1, "ok": 1}
    assert (radio["source"], radio["health"], radio["failures"]) == (
        "radio",
        "failing",
        1,
    )
    assert paper["arrivals"] == {NOW.date().isoformat(): 1}
    assert listed["next_poll_at"] == min(paper["due_at"], radio["due_at"])
    assert "hunter2" not in json.dumps(listed)


ODD = {
    "an address that is not here": ("GET", "/topics/mali.rss", 404),
    "a slash too many": ("GET", "/metrics/", 404),
    "a method that changes things": ("POST", "/metrics", 405),
    "markup in an address": ("GET", "/<script>alert(1)</script>", 404),
}


@pytest.mark.parametrize("case", ODD.values(), ids=ODD)
async def test_what_is_asked_is_never_repeated(
    library: Library, case: tuple[str, str, int]
) -> None:
    method, path, status = case

    async with client_of(library) as client:
        answer = await client.request(method, path, headers={"Host": "evil.example"})

    assert answer.status_code == status
    assert len(answer.text) < 40
    assert "script" not in answer.text
    assert "evil.example" not in f"{answer.text}{answer.headers}"


async def test_the_page_has_its_stylesheet_and_runs_nothing(library: Library) -> None:
    async with client_of(library) as client:
        page, style = await client.get("/status"), await client.get("/style.css")

    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert style.headers["content-type"].startswith("text/css")
