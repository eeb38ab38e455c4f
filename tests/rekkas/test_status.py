"""`rekkas status` as it is read: at a terminal, by programs, and before anything is."""

from __future__ import annotations

import json
from pathlib import Path

from tests.end_to_end.service import UNREACHABLE, feed_handler, rss, serving
from tests.rekkas.conftest import Run


def configure(folder: Path, **urls: str) -> None:
    """A source at each of the addresses, which may be on this machine."""
    sources = "".join(f"  {slug}: {{url: '{url}'}}\n" for slug, url in urls.items())
    (folder / "rekkas.yaml").write_text(
        "fetch: {allow_private: [127.0.0.1, '127.0.0.1:9'], per_host: {spacing: 0s}}\n"
        f"sources:\n{sources}"
    )


def test_looking_makes_no_database(run: Run, folder: Path) -> None:
    shown = run("status")
    facts = json.loads(run("status", "--json").stdout)
    listed = [run(*command) for command in (("source", "list"), ("topic", "list"))]

    assert "nothing recorded yet" in shown.stdout
    assert "rekkas run" in shown.stdout
    assert facts["is_recorded"] is False
    assert facts["conditions"] == {"new": 1}
    assert [result.exit_code for result in (shown, *listed)] == [0, 0, 0]
    assert not list(folder.glob("rekkas.db*"))


def test_the_worst_comes_first(run: Run, folder: Path) -> None:
    feeds = {"/good": rss("Good", {"1": "A school opens"}), "/empty": rss("Empty", {})}
    with serving(feed_handler(feeds)) as base:
        configure(
            folder,
            good=f"{base}/good",
            empty=f"{base}/empty",
            down=f"{UNREACHABLE}/feed",
            left=f"{base}/nothing",
        )
        run("ingest")
    facts = json.loads(run("status", "--json").stdout)
    lines = run("status").stdout.splitlines()

    shown = [(row["source"], row["health"]) for row in facts["sources"]]
    assert shown == [
        ("down", "failing"),
        ("left", "failing"),
        ("empty", "empty"),
        ("good", "ok"),
    ]
    assert facts["conditions"] == {"failing": 2, "empty": 1, "ok": 1}
    assert facts["next_poll_at"] == min(row["due_at"] for row in facts["sources"])
    assert lines[1] == "4 sources: 2 failing, 1 empty, 1 ok"
    table = lines.index(next(line for line in lines if line.startswith("source ")))
    assert [line.split()[0] for line in lines[table + 1 : table + 5]] == [
        "down",
        "left",
        "empty",
        "good",
    ]


def test_no_sentence_is_told_twice(run: Run, folder: Path) -> None:
    configure(folder, down=f"{UNREACHABLE}/feed")
    run("ingest")

    assert run("status").stdout.count("No connection to 127.0.0.1") == 1
