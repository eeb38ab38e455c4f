"""A service whose articles are kept by a server that comes, goes and comes back."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from sqlalchemy import make_url

from store.service_lock import hold_service_lock
from tests.end_to_end.service import (
    LOOPBACK,
    Service,
    feed_handler,
    rekkas,
    rss,
    running,
    serving,
)
from tests.ports import free_port
from tests.postgresql import TestServer
from tests.store.test_postgresql import end_connections


class Way:
    """The way to a server's socket, a link that can be taken away and laid again."""

    def __init__(self, url: str, link: Path) -> None:
        address = make_url(url)
        self._folder = str(address.query.get("host", ""))
        self._link = link
        self.direct = url
        self.url = address.update_query_dict({"host": str(link)}).render_as_string(
            hide_password=False
        )
        if not self._folder.startswith("/"):
            pytest.skip("the server of REKKAS_TEST_POSTGRESQL has no socket")

    def lay(self) -> None:
        """Let the server be found."""
        self._link.symlink_to(self._folder)

    def take_away(self) -> None:
        """Let the server be found no more, and end what is connected."""
        self._link.unlink()
        end_connections(self.direct)


@pytest.fixture
def way(postgresql: TestServer, tmp_path: Path) -> Iterator[Way]:
    with postgresql.database(has_tables=False) as url:
        yield Way(url, tmp_path / "way")


def write_configuration(folder: Path, url: str, address: str) -> Path:
    settings = {
        "include": ["catalogue:tags"],
        "storage": {"url": url},
        "server": {"listen": f"127.0.0.1:{free_port()}"},
        "fetch": {"allow_private": list(LOOPBACK)},
        "sources": {
            "paper": {"url": f"{address}/paper", "language": "en", "every": "1m"}
        },
        "topics": {"mali": {"title": "Mali", "match": "about:mali"}},
    }
    path = folder / "rekkas.yaml"
    path.write_text(yaml.safe_dump(settings))
    return path


def wait_for_log(service: Service, words: str) -> None:
    for _ in range(400):
        if words in service.log.read_text():
            return
        with suppress(subprocess.TimeoutExpired):
            service.process.wait(0.05)
    raise AssertionError(service.log.read_text())


def test_a_service_waits_for_its_database_and_lives_without_it(
    tmp_path: Path, way: Way
) -> None:
    feeds = {"/paper": rss("Paper", {"1": "Mali and the river"})}
    with serving(feed_handler(feeds)) as address:
        path = write_configuration(tmp_path, way.url, address)
        with running(tmp_path, path) as service:
            wait_for_log(service, "database_awaited")
            way.lay()
            service.wait_for("/topics/mali.rss", "Mali and the river")

            way.take_away()
            meanwhile = service.get("/topics/mali.rss")
            asked = rekkas(tmp_path, "status")
            feeds["/paper"] = rss("Paper", {"1": "Mali and the river", "2": "Mali, 2"})
            way.lay()
            woken = rekkas(tmp_path, "source", "wake", "paper")
            service.wait_for("/topics/mali.rss", "Mali, 2")
            code = service.stop()

    told = service.log.read_text()
    assert meanwhile.status_code == 200
    assert "Mali and the river" in meanwhile.text
    assert asked.returncode == 3
    assert "is not served: start the server" in asked.stderr
    assert woken.returncode == 0, woken
    assert code == 0
    assert "Traceback" not in told


def test_a_service_that_was_cut_off_keeps_others_away_once_it_is_back(
    tmp_path: Path, way: Way
) -> None:
    feeds = {"/paper": rss("Paper", {"1": "Mali and the river"})}
    way.lay()
    with serving(feed_handler(feeds)) as address:
        path = write_configuration(tmp_path, way.url, address)
        with running(tmp_path, path) as service:
            service.wait_for("/topics/mali.rss", "Mali and the river")
            way.take_away()
            wait_for_log(service, "database_lost")
            way.lay()
            wait_for_log(service, '"lock_taken_again": true')
            second = rekkas(tmp_path, "run")
            code = service.stop()

    assert second.returncode == 3
    assert "another rekkas service runs on the database" in second.stderr
    assert code == 0
    assert "Traceback" not in service.log.read_text()


def test_a_service_whose_place_was_taken_meanwhile_ends(
    tmp_path: Path, way: Way
) -> None:
    feeds = {"/paper": rss("Paper", {"1": "Mali and the river"})}
    way.lay()
    with serving(feed_handler(feeds)) as address:
        path = write_configuration(tmp_path, way.url, address)
        with running(tmp_path, path) as service:
            service.wait_for("/topics/mali.rss", "Mali and the river")
            way.take_away()
            with hold_service_lock(way.direct):
                way.lay()
                wait_for_log(service, "lock_lost")
                code = service.process.wait(10)

    assert code == 3
    assert "another rekkas service took over the database" in service.log.read_text()
