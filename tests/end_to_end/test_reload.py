"""A running service takes over a changed configuration, or keeps the old one whole."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

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

_TRIES, _SECONDS_A_TRY = 200, 0.05


class Operator:
    """Who writes the file while the service runs."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.path = folder / "rekkas.yaml"
        self.settings: dict[str, Any] = {
            "server": {"listen": f"127.0.0.1:{free_port()}"},
            "fetch": {"per_host": {"spacing": "0s"}, "allow_private": list(LOOPBACK)},
            "sources": {"paper": {"url": f"{address}/paper", "every": "1h"}},
            "topics": {"mali": {"title": "Mali", "match": "mali"}},
        }
        self.path.write_text(yaml.safe_dump(self.settings))

    def replace(self, text: str | None = None) -> None:
        """Put the settings, or any text, in the place of the file."""
        other = self.folder / "rekkas.yaml.new"
        other.write_text(yaml.safe_dump(self.settings) if text is None else text)
        other.rename(self.path)


@pytest.fixture
def paper() -> Iterator[str]:
    feeds = {
        "/paper": rss("Paper", {"1": "Mali plants trees"}),
        "/radio": rss("Radio", {"2": "Niger builds a bridge"}),
    }
    with serving(feed_handler(feeds)) as address:
        yield address


def wait_for_log(service: Service, event: str) -> str:
    """The log once it tells of the event."""
    for _ in range(_TRIES):
        told = service.log.read_text()
        if event in told:
            return told
        with suppress(subprocess.TimeoutExpired):
            service.process.wait(_SECONDS_A_TRY)
    raise AssertionError(service.log.read_text())


def test_new_sources_and_topics_are_there_without_a_restart(
    tmp_path: Path, paper: str
) -> None:
    operator = Operator(tmp_path, paper)
    with running(tmp_path, operator.path) as service:
        before = service.wait_for("/topics/mali.rss", "Mali plants trees")
        operator.settings["sources"]["radio"] = {"url": f"{paper}/radio"}
        operator.settings["topics"]["niger"] = {"title": "Niger", "match": "niger"}
        operator.settings["topics"]["trees"] = {"title": "Trees", "match": "trees"}
        operator.replace()
        service.wait_for("/topics/niger.rss", "Niger builds a bridge")
        service.wait_for("/topics/trees.rss", "Mali plants trees")
        after = service.get("/topics/mali.rss")
        told = service.log.read_text()

    assert after.headers["etag"] == before.headers["etag"]
    assert "sources_added" in told
    assert "topics_added" in told


def test_a_broken_file_leaves_the_old_one_running(tmp_path: Path, paper: str) -> None:
    operator = Operator(tmp_path, paper)
    with running(tmp_path, operator.path) as service:
        service.wait_for("/topics/mali.rss", "Mali plants trees")
        operator.replace("topics: {mali: {title: Mali, match: 'mali OR'}}")
        told = wait_for_log(service, "configuration_not_loaded")
        still = service.get("/topics/mali.rss")
        operator.settings["topics"]["trees"] = {"title": "Trees", "match": "trees"}
        operator.replace()
        service.wait_for("/topics/trees.rss", "Mali plants trees")

    assert "topics.mali.match" in told
    assert "Mali plants trees" in still.text


def test_reload_says_what_it_does_and_what_waits_for_a_restart(
    tmp_path: Path, paper: str
) -> None:
    operator = Operator(tmp_path, paper)
    unheard = rekkas(tmp_path, "reload")
    with running(tmp_path, operator.path) as service:
        service.wait_for("/topics/mali.rss", "Mali plants trees")
        operator.settings["server"]["listen"] = f"127.0.0.1:{free_port()}"
        operator.replace()
        done = rekkas(tmp_path, "reload")
        told = wait_for_log(service, "restart_needed")
        operator.replace("topics: {mali: 1}")
        refused = rekkas(tmp_path, "reload")
        still = service.get("/topics/mali.rss")

    assert unheard.returncode == 3
    assert "rekkas run" in unheard.stderr
    assert done.returncode == 0, done.stderr
    assert "server.listen" in told
    assert refused.returncode == 2
    assert "topics.mali" in refused.stderr
    assert still.status_code == 200


def test_plan_shows_what_a_file_would_change(tmp_path: Path, paper: str) -> None:
    operator = Operator(tmp_path, paper)
    rekkas(tmp_path, "ingest")
    new = tmp_path / "new.yaml"
    operator.settings["topics"] = {
        "mali": {"title": "Mali", "match": "bamako"},
        "trees": {"title": "Trees", "match": "trees"},
    }
    operator.settings["server"]["listen"] = "127.0.0.1:1"
    new.write_text(yaml.safe_dump(operator.settings))

    shown = rekkas(tmp_path, "plan", str(new))
    nothing = rekkas(tmp_path, "plan", str(operator.path))
    new.write_text("topics: 1")
    broken = rekkas(tmp_path, "plan", str(new))

    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.splitlines() == [
        "topics added: trees",
        "topics changed: mali",
        "  mali: 0 stored articles enter, 1 leave",
        "  trees: 1 stored articles enter, 0 leave",
        "server.listen changes (at the next start)",
    ]
    assert nothing.stdout == "nothing changes\n"
    assert broken.returncode == 2
    assert "topics" in broken.stderr


def test_the_health_feed_tells_of_a_broken_file_also_after_a_restart(
    tmp_path: Path, paper: str
) -> None:
    operator = Operator(tmp_path, paper)
    operator.settings["publish"] = {"health_feed": True}
    operator.replace()
    whole = operator.path.read_text()
    with running(tmp_path, operator.path) as service:
        service.wait_for("/topics/mali.rss", "Mali plants trees")
        operator.replace("notify: {authorization: !hunter2 token}")
        broken = service.wait_for("/health.json", "notify.authorization").json()
        copy = tmp_path / "copy.yaml"
        copy.write_text(whole)
        shown = rekkas(tmp_path, "status", "--config", str(copy))
        listed = rekkas(tmp_path, "status", "--json", "--config", str(copy))
        refused = rekkas(tmp_path, "status")
    operator.replace(whole)
    with running(tmp_path, operator.path) as service:
        mended = service.wait_for("/health.json", "whole again").json()
    well = rekkas(tmp_path, "status")

    (told,) = broken["items"]
    assert "rekkas.yaml:1:25: notify.authorization" in told["content_text"]
    assert "hunter2" not in str(broken)
    assert "configuration broken for" in shown.stdout
    assert "\n  rekkas.yaml:1:25: notify.authorization\n" in shown.stdout
    standing = json.loads(listed.stdout)["configuration"]
    assert (standing["count"], standing["broken_since"][:10]) == (
        1,
        told["date_published"][:10],
    )
    assert refused.returncode == 2
    assert "notify.authorization" in refused.stderr
    assert [item["title"] for item in mended["items"]] == [
        "The configuration is whole again",
        "The configuration is broken",
    ]
    assert mended["items"][1]["id"] == told["id"]
    assert "configuration" not in well.stdout
