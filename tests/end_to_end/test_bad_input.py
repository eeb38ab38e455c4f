"""What bad input gets: a clear word, the other sources go on, nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.end_to_end.service import (
    LOOPBACK,
    rekkas,
    rss,
    running,
    serving,
    write_configuration,
)

GOOD = {"1": "Morocco opens a school", "2": "Mali opens a road"}
_CHUNK = b"x" * 65536
_MOST_CHUNKS = 3200  # 200 MB: what never ends must end if a bound fails


class Troublesome(BaseHTTPRequestHandler):
    """Each path is a kind of trouble."""

    def do_GET(self) -> None:
        answer: dict[str, Callable[[], None]] = {
            "/good": lambda: self._send(rss("Good", GOOD)),
            "/html": lambda: self._send(b"<!DOCTYPE html><html><body>Hi</body></html>"),
            "/empty": lambda: self._send(b""),
            "/huge": lambda: self._stream(length=100 * 1024 * 1024),
            "/endless": lambda: self._stream(length=None),
            "/gone": lambda: self.send_error(410),
            "/broken": lambda: self._send(b"<rss><channel><item><title>Half"),
        }
        try:
            answer[self.path]()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, *, length: int | None) -> None:
        self.send_response(200)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        for _ in range(_MOST_CHUNKS):
            self.wfile.write(_CHUNK)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


TROUBLES = {
    "html": "not_a_feed",
    "empty": "not_a_feed",
    "huge": "too_large",
    "endless": "too_large",
    "gone": "http_client",
    "nowhere": "dns",
    "refused": "connect",
}


def write_sources(folder: Path, sources: dict[str, Any]) -> Path:
    path = folder / "rekkas.yaml"
    settings = {
        "include": ["catalogue:tags", "catalogue:topics"],
        "fetch": {
            "per_host": {"spacing": "0s", "concurrency": 8},
            "deadline": "20s",
            "allow_private": list(LOOPBACK),
        },
        "sources": sources,
    }
    path.write_text(yaml.safe_dump(settings))
    return path


def lines(output: str) -> dict[str, Any]:
    return {line["source"]: line for line in map(json.loads, output.splitlines())}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One pass over a good source and every trouble."""
    folder = tmp_path_factory.mktemp("trouble")
    with serving(Troublesome) as address:
        sources = {name: {"url": f"{address}/{name}"} for name in (*TROUBLES, "good")}
        sources["broken"] = {"url": f"{address}/broken"}
        sources["nowhere"] = {"url": "http://no-such-host.invalid/feed"}
        sources["refused"] = {"url": "http://127.0.0.1:9/feed"}
        write_sources(folder, sources)
        yield rekkas(folder, "ingest", "--json")


@pytest.mark.parametrize("source", TROUBLES)
def test_trouble_is_named(report: Any, source: str) -> None:
    line = lines(report.stdout)[source]

    assert line["outcome"] == "failed"
    assert line["failure"]["kind"] == TROUBLES[source]
    assert line["failure"]["detail"]


def test_the_other_sources_go_on(report: Any) -> None:
    line = lines(report.stdout)["good"]

    assert (line["outcome"], line["new"]) == ("recorded", 2)


def test_some_failures_exit_with_one_and_no_traceback(report: Any) -> None:
    assert report.returncode == 1
    assert "Traceback" not in report.stderr


SNAPSHOTS: dict[str, tuple[bytes | None, str]] = {
    "a snapshot that is empty": (b"", "empty"),
    "a snapshot that is not UTF-8": ("\nL'Algérie\n".encode("latin-1"), "UTF-8"),
    "a snapshot that is not there": (None, "snapshot.txt"),
}


@pytest.mark.parametrize("case", SNAPSHOTS.values(), ids=SNAPSHOTS.keys())
def test_a_bad_snapshot_is_named(
    case: tuple[bytes | None, str], tmp_path: Path
) -> None:
    body, word = case
    if body is not None:
        (tmp_path / "snapshot.txt").write_bytes(body)
    write_sources(tmp_path, {"page": {"kind": "snapshot", "path": "snapshot.txt"}})

    done = rekkas(tmp_path, "ingest", "--json")

    failure = lines(done.stdout)["page"]["failure"]
    assert done.returncode == 1
    assert word in failure["detail"]


def test_a_snapshot_cut_in_the_middle_gives_what_is_whole(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "config/catalogue/snapshots/daily8.txt"
    whole = shipped.read_text(encoding="utf-8")
    last_title = "Morocco, Rwanda Deepen Military Ties Amid Algeria's Provocations"
    cut = whole[: whole.index(last_title) + len(last_title)]
    (tmp_path / "snapshot.txt").write_text(cut, encoding="utf-8")
    write_sources(tmp_path, {"page": {"kind": "snapshot", "path": "snapshot.txt"}})

    done = rekkas(tmp_path, "ingest", "--json")

    assert lines(done.stdout)["page"]["new"] == 4


def test_mistakes_in_the_configuration_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "rekkas.yaml").write_text(
        "sources:\n"
        "  paper: {url: ftp://paper.example/, language: no}\n"
        "topics:\n"
        "  a: {title: A, match: 'about:mali OR'}\n"
        "colour: blue\n"
    )

    for command in ("check", "run", "ingest"):
        done = rekkas(tmp_path, command)

        assert done.returncode == 2
        for place in (
            "rekkas.yaml:2:16",
            "rekkas.yaml:2:48",
            "rekkas.yaml:4",
            "colour",
        ):
            assert place in done.stderr
        assert "Traceback" not in done.stderr


def test_a_database_of_a_newer_version_is_named(tmp_path: Path) -> None:
    write_configuration(tmp_path)
    rekkas(tmp_path, "ingest", "daily8")
    with sqlite3.connect(tmp_path / "rekkas.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    done = rekkas(tmp_path, "run")

    assert done.returncode == 3
    assert "newer rekkas" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    write_configuration(tmp_path)
    (tmp_path / "rekkas.db").write_text("notes " * 500)

    done = rekkas(tmp_path, "ingest", "daily8")

    assert done.returncode == 3
    assert "rekkas.db is no SQLite database" in done.stderr


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of one megabyte; needs the right to mount."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave no room on the disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as stream:
        try:
            while stream.write(b"x" * 4096):
                pass
        except OSError:
            pass
    return filler


def needs_mount() -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a small file system")


def test_a_full_disk_is_named_and_loses_nothing(tmp_path: Path) -> None:
    needs_mount()
    with small_disk(tmp_path / "disk") as disk, serving(Troublesome) as address:
        path = write_sources(tmp_path, {"good": {"url": f"{address}/good"}})
        settings = yaml.safe_load(path.read_text())
        settings["storage"] = {"url": f"sqlite:///{disk / 'rekkas.db'}"}
        path.write_text(yaml.safe_dump(settings))
        filler = fill(disk)

        full = rekkas(tmp_path, "ingest")
        filler.unlink()
        free = rekkas(tmp_path, "ingest", "--json")

    assert full.returncode == 3
    assert "free" in full.stderr
    assert "Traceback" not in full.stderr
    assert lines(free.stdout)["good"]["new"] == 2


def test_a_read_only_disk_is_named_and_loses_nothing(tmp_path: Path) -> None:
    needs_mount()
    with small_disk(tmp_path / "disk") as disk, serving(Troublesome) as address:
        path = write_sources(tmp_path, {"good": {"url": f"{address}/good"}})
        settings = yaml.safe_load(path.read_text())
        settings["storage"] = {"url": f"sqlite:///{disk / 'rekkas.db'}"}
        path.write_text(yaml.safe_dump(settings))
        rekkas(tmp_path, "ingest")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

        refused = rekkas(tmp_path, "ingest")
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        again = rekkas(tmp_path, "ingest", "--json")

    assert refused.returncode == 3
    assert str(disk) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert lines(again.stdout)["good"]["outcome"] == "not_modified"


def test_a_service_on_a_disk_that_fills_goes_on_serving(tmp_path: Path) -> None:
    needs_mount()
    with small_disk(tmp_path / "disk") as disk:
        path = write_configuration(
            tmp_path, storage={"url": f"sqlite:///{disk / 'rekkas.db'}"}
        )
        with running(tmp_path, path) as service:
            first = service.wait_for("/topics/western-sahara.rss", "<item")
            fill(disk)
            second = service.wait_for("/topics/western-sahara.rss", "<item")
            code = service.stop()

    assert second.content == first.content
    assert code == 0
    assert "Traceback" not in service.log.read_text()
