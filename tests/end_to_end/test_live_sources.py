"""The service follows its sources: what they publish is soon in its topic feeds."""

from __future__ import annotations

from pathlib import Path

import feedparser
import yaml

from tests.end_to_end.service import (
    LOOPBACK,
    feed_handler,
    rss,
    running,
    serving,
)
from tests.ports import free_port


def write_live_configuration(folder: Path, address: str) -> Path:
    settings = {
        "include": ["catalogue:tags"],
        "server": {"listen": f"127.0.0.1:{free_port()}"},
        "fetch": {
            "per_host": {"spacing": "0s", "concurrency": 2},
            "allow_private": list(LOOPBACK),
        },
        "sources": {
            "paper": {"url": f"{address}/paper", "language": "en", "every": "1s"},
            "broken": {"url": f"{address}/broken", "every": "1s"},
        },
        "topics": {"mali": {"title": "Mali", "match": "about:mali"}},
    }
    path = folder / "rekkas.yaml"
    path.write_text(yaml.safe_dump(settings))
    return path


def test_what_a_source_publishes_is_soon_in_the_topic_feed(tmp_path: Path) -> None:
    feeds = {"/paper": rss("Paper", {"1": "Mali plants trees"}), "/broken": b"<html>"}
    with (
        serving(feed_handler(feeds)) as address,
        running(tmp_path, write_live_configuration(tmp_path, address)) as service,
    ):
        first = service.wait_for("/topics/mali.rss", "Mali plants trees")
        feeds["/paper"] = rss(
            "Paper", {"2": "Mali harvests rice", "1": "Mali plants trees"}
        )
        second = service.wait_for("/topics/mali.rss", "Mali harvests rice")
        unchanged = service.get(
            "/topics/mali.rss", If_None_Match=second.headers["etag"]
        )

    ids = [
        [entry.id for entry in feedparser.parse(answer.content).entries]
        for answer in (first, second)
    ]
    assert len(ids[1]) == 2
    assert ids[0][0] in ids[1]
    assert first.headers["etag"] != second.headers["etag"]
    assert unchanged.status_code == 304


def test_a_changed_headline_keeps_the_id_of_its_item(tmp_path: Path) -> None:
    feeds = {"/paper": rss("Paper", {"1": "Mali plants trees"}), "/broken": b""}
    with (
        serving(feed_handler(feeds)) as address,
        running(tmp_path, write_live_configuration(tmp_path, address)) as service,
    ):
        before = service.wait_for("/topics/mali.atom", "Mali plants trees")
        feeds["/paper"] = rss("Paper", {"1": "Mali plants a million trees"})
        after = service.wait_for("/topics/mali.atom", "a million")

    (old,) = feedparser.parse(before.content).entries
    (new,) = feedparser.parse(after.content).entries
    assert new.id == old.id
    assert new.updated > old.updated
