"""PostgreSQL killed while a service, or the parts of one, are at work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import yaml

from store.database.upgrade import open_database
from store.prepare import wake_source
from tests.crash.killable import KillableServer
from tests.end_to_end.cluster import (
    Part,
    Parts,
    Plan,
    Press,
    printing,
    wait_until,
    write_plan,
)
from tests.end_to_end.test_cluster import is_all_kept
from tests.ports import free_port

PLAN = Plan(papers=12, papers_a_host=2, every=2, spacing=0)
_CHANGES = 4  # lost, refused, starting up, and back

FEED = "/topics/mali.rss"
WAYS = {"in one process": ("run",), "in many": ("schedule", "worker", "serve")}


@dataclass(frozen=True, kw_only=True)
class Town:
    """A service at work: its parts by their commands, and what they are asked at."""

    parts: dict[str, Part]
    press: Press
    server: KillableServer
    public: httpx.Client
    operators: dict[str, httpx.Client]

    @property
    def told(self) -> str:
        """What all parts have logged."""
        return "".join(part.told for part in self.parts.values())

    def ready(self) -> dict[str, str]:
        """What the operator of each part is told of its readiness."""
        return {
            command: client.get("/health/ready").text
            for command, client in self.operators.items()
        }

    def is_all_shown(self) -> bool:
        """Whether the feed has an article for each paper."""
        try:
            return self.public.get(FEED).text.count("</item>") >= PLAN.papers
        except httpx.TransportError:
            return False


def write_part(path: Path, command: str, public: int, admin: int) -> Path:
    """The configuration with ports of one part's own."""
    settings = yaml.safe_load(path.read_text())
    settings["server"] = {
        "listen": f"127.0.0.1:{public}",
        "admin_listen": f"127.0.0.1:{admin}",
    }
    own = path.with_name(f"{command}.yaml")
    own.write_text(yaml.safe_dump(settings))
    return own


def client_of(port: int) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False)


@contextmanager
def town(
    folder: Path, server: KillableServer, commands: tuple[str, ...]
) -> Iterator[Town]:
    """A service of these parts that shows something of every paper."""
    press, public = Press(), free_port()
    with (
        printing(press) as port,
        Parts(path := write_plan(folder, PLAN, server.url, port)) as parts,
        client_of(public) as readers,
    ):
        admins = {command: free_port() for command in commands}
        made = Town(
            parts={
                command: parts.start(command, write_part(path, command, public, admin))
                for command, admin in admins.items()
            },
            press=press,
            server=server,
            public=readers,
            operators={command: client_of(admin) for command, admin in admins.items()},
        )
        try:
            wait_until("all is shown", made.is_all_shown, seconds=60)
            yield made
        finally:
            for client in made.operators.values():
                client.close()


def live_without_server(town: Town, *, seconds: float) -> None:
    """Kill the server, look at what every part says and shows, and bring it back."""
    town.server.kill()
    wait_until(
        "each part says what it waits for",
        lambda: all("cannot be read: " in told for told in town.ready().values()),
    )
    threading.Event().wait(seconds)  # the fault lasts
    assert town.is_all_shown()
    assert all(part.process.poll() is None for part in town.parts.values())
    town.server.start()
    # A source of which nothing could be kept is asked again within a minute.
    with open_database(town.server.url) as database:
        for number in range(PLAN.papers):
            wake_source(database, f"paper-{number}")


def until_all_is_kept(town: Town) -> None:
    """Until every paper was asked anew, all is well, and each article is there once."""
    before = {paper: len(moments) for paper, moments in town.press.asked.items()}
    wait_until(
        "every paper has news",
        lambda: all(
            len(town.press.asked[paper]) >= n + 3 for paper, n in before.items()
        ),
        seconds=90,
    )
    town.press.is_frozen = True
    wait_until("all is kept once", lambda: is_all_kept(town.press, town.server.url))
    wait_until("all are ready", lambda: set(town.ready().values()) == {"ready\n"})


def assert_told_briefly(told: str) -> None:
    """The log says what is awaited when that changes, and not at each try."""
    events = ("database_lost", "queue_awaited", "polls_not_offered", "leader_awaited")
    assert all(told.count(f'"{event}"') <= _CHANGES for event in events)
    assert "Traceback" not in told


@pytest.mark.parametrize("commands", WAYS.values(), ids=WAYS)
def test_parts_live_through_a_server_that_is_killed(
    tmp_path: Path, killable: KillableServer, commands: tuple[str, ...]
) -> None:
    with town(tmp_path, killable, commands) as made:
        live_without_server(made, seconds=4)
        until_all_is_kept(made)
        told = made.told

    assert "is not served: start the server" in told
    assert_told_briefly(told)


@pytest.mark.soak
@pytest.mark.parametrize("commands", WAYS.values(), ids=WAYS)
def test_parts_live_through_half_a_minute_without_their_server(
    tmp_path: Path, killable: KillableServer, commands: tuple[str, ...]
) -> None:
    with town(tmp_path, killable, commands) as made:
        live_without_server(made, seconds=30)
        until_all_is_kept(made)
        told = made.told

    assert_told_briefly(told)
