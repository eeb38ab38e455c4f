"""`rekkas schedule`, `worker` and `serve`: what each needs, and what each refuses."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
import yaml
from click.testing import CliRunner

from rekkas.cli import cli
from tests.end_to_end.cluster import (
    Part,
    Parts,
    Plan,
    Press,
    printing,
    wait_until,
    write_plan,
)
from tests.end_to_end.service import rekkas
from tests.postgresql import TestServer

PLAN = Plan(papers=6, papers_a_host=2, every=600, spacing=1)


@dataclass(frozen=True, kw_only=True)
class Town:
    """A cluster at work, and what a worker of another configuration said."""

    folder: Path
    press: Press
    worker: Part
    stranger: Part
    addresses: tuple[str, str]


def change(configuration: Path, name: str, **changes: object) -> Path:
    """The same configuration but for some keys, as another file."""
    path = configuration.with_name(name)
    path.write_text(yaml.safe_dump(yaml.safe_load(configuration.read_text()) | changes))
    return path


@pytest.fixture(scope="module")
def town(
    postgresql: TestServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    folder, press = tmp_path_factory.mktemp("town"), Press()
    with (
        postgresql.database(has_tables=False) as url,
        printing(press) as port,
        Parts(write_plan(folder, PLAN, url, port)) as parts,
    ):
        path = folder / "rekkas.yaml"
        other = change(path, "other.yaml", topics={})
        stranger = parts.start("worker", other)
        parts.start("schedule")
        wait_until(
            "a stranger refuses", lambda: "configuration_differs" in stranger.told
        )
        servers = parts.start("serve"), parts.start("serve")
        yield Town(
            folder=folder,
            press=press,
            worker=parts.start("worker"),
            stranger=stranger,
            addresses=(servers[0].address(), servers[1].address()),
        )


def fetch(address: str) -> httpx.Response | None:
    """The topic as a server has it; None while there is none."""
    try:
        return httpx.get(f"{address}/topics/mali.rss", trust_env=False)
    except httpx.TransportError:
        return None


def is_whole(address: str) -> bool:
    answer = fetch(address)
    return answer is not None and answer.text.count("</item>") == PLAN.papers


def test_what_one_worker_polls_every_server_serves(town: Town) -> None:
    for address in town.addresses:
        wait_until(
            "all is served", lambda address=address: is_whole(address), seconds=60
        )

    one, other = (fetch(address) for address in town.addresses)
    assert one is not None
    assert other is not None
    assert one.text.count("<guid") == other.text.count("<guid") == PLAN.papers


def test_a_worker_of_another_configuration_polls_nothing_and_says_so(
    town: Town,
) -> None:
    wait_until("all are asked", lambda: len(town.press.asked) == PLAN.papers)

    assert "source_polled" not in town.stranger.told
    assert town.stranger.told.count("configuration_differs") == 1
    assert town.stranger.process.poll() is None
    assert {len(moments) for moments in town.press.asked.values()} == {1}


def test_no_service_runs_beside_a_leader(town: Town) -> None:
    refused = rekkas(town.folder, "run", "--config", "rekkas.yaml")

    assert refused.returncode == 3
    assert "another rekkas service runs on the database" in refused.stderr


@pytest.mark.parametrize("command", ["schedule", "worker"])
def test_a_file_cannot_be_shared(tmp_path: Path, command: str) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text("storage: {url: 'sqlite:///rekkas.db'}\nsources: {}\n")

    refused = CliRunner().invoke(cli, [command, "--config", str(path)])

    assert refused.exit_code == 2
    assert f"`rekkas {command}` shares its work by a database of PostgreSQL" in (
        refused.output
    )
    assert not (tmp_path / "rekkas.db").exists()


def test_a_library_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rekkas.cluster.parts", None)
    path = tmp_path / "rekkas.yaml"
    path.write_text("storage: {url: 'postgresql://127.0.0.1:9/news'}\nsources: {}\n")

    refused = CliRunner().invoke(cli, ["worker", "--config", str(path)])

    assert refused.exit_code == 2
    assert "pip install 'rekkas[cluster]'" in refused.output


@pytest.mark.parametrize("command", ["schedule", "worker", "serve"])
def test_each_waits_for_a_server_that_is_down(tmp_path: Path, command: str) -> None:
    url = "postgresql://ada@127.0.0.1:9/news"
    configuration = write_plan(tmp_path, PLAN, url, port=9)
    with Parts(configuration) as parts:
        part = parts.start(command)
        wait_until("it says what it waits for", lambda: "database_awaited" in part.told)
        waits = part.process.poll() is None
        part.process.send_signal(signal.SIGTERM)
        part.process.wait(5)

    assert waits
    assert "is not served: start the server" in part.told


@pytest.mark.parametrize("command", ["schedule", "worker", "serve"])
def test_a_newer_database_is_refused(
    tmp_path: Path, postgresql: TestServer, command: str
) -> None:
    with postgresql.database() as url:
        with psycopg.connect(url) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        write_plan(tmp_path, PLAN, url, port=9)
        refused = rekkas(tmp_path, command)

    assert refused.returncode == 3
    assert "was written by a newer rekkas" in refused.stderr
