"""Faults that only a process shows: at its start, of its names, of its files."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import yaml

from tests.crash.disks import fragile_disk
from tests.crash.in_process import FEED
from tests.end_to_end.service import (
    LOOPBACK,
    Service,
    feed_handler,
    rekkas,
    rss,
    running,
    serving,
)
from tests.end_to_end.test_bad_input import fill, needs_mount, small_disk
from tests.ports import free_port

FEEDS = {"/feed": rss("Paper", {"1": "The first article"})}


def write_configuration(folder: Path, database: Path, *urls: str) -> Path:
    settings = {
        "storage": {"url": f"sqlite:///{database}"},
        "server": {"listen": f"127.0.0.1:{free_port()}", "admin_listen": None},
        "fetch": {
            "allow_private": [*LOOPBACK, "paper.example"],
            "per_host": {"spacing": "0s", "concurrency": 8},
        },
        "sources": {
            f"paper-{number}": {"url": url, "every": "1s"}
            for number, url in enumerate(urls)
        },
        "topics": {"papers": {"title": "Papers", "match": "article"}},
    }
    path = folder / "rekkas.yaml"
    path.write_text(yaml.safe_dump(settings))
    return path


def wait_for_log(service: Service, words: str) -> None:
    """Until the log tells of something; fails when the service dies before."""
    for _ in range(600):
        if words in service.log.read_text():
            return
        try:
            service.process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(f"{words!r} is not in {service.log.read_text()}")


def test_a_start_on_a_full_disk_waits_and_goes_on_by_itself(tmp_path: Path) -> None:
    needs_mount()
    with small_disk(tmp_path / "disk") as disk, serving(feed_handler(FEEDS)) as address:
        path = write_configuration(tmp_path, disk / "rekkas.db", f"{address}/feed")
        filler = fill(disk)
        with running(tmp_path, path) as service:
            wait_for_log(service, "database_awaited")
            told = service.log.read_text()
            filler.unlink()
            service.wait_for(FEED, "The first article")
            code = service.stop()

    assert "free space on its disk" in told
    assert code == 0
    assert "Traceback" not in service.log.read_text()


def test_a_start_on_a_read_only_disk_waits_and_goes_on_by_itself(
    tmp_path: Path,
) -> None:
    needs_mount()
    with small_disk(tmp_path / "disk") as disk, serving(feed_handler(FEEDS)) as address:
        path = write_configuration(tmp_path, disk / "rekkas.db", f"{address}/feed")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with running(tmp_path, path) as service:
            wait_for_log(service, "database_awaited")
            told = service.log.read_text()
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
            service.wait_for(FEED, "The first article")
            code = service.stop()

    assert "Read-only file system" in told
    assert code == 0
    assert "Traceback" not in service.log.read_text()


def test_a_disk_that_fails_is_named_and_loses_nothing_once_it_is_mended(
    tmp_path: Path,
) -> None:
    feeds = dict(FEEDS)
    with (
        fragile_disk(tmp_path / "disk") as disk,
        serving(feed_handler(feeds)) as address,
    ):
        database = disk.folder / "rekkas.db"
        path = write_configuration(tmp_path, database, f"{address}/feed")
        with running(tmp_path, path) as service:
            shown = service.wait_for(FEED, "The first article")
            disk.fail()
            feeds["/feed"] = rss("Paper", {"1": "The first article",
                                           "2": "The second article"})  # fmt: skip
            wait_for_log(service, "record_failed")
            meanwhile = service.get(FEED)
            told, code = service.log.read_text(), service.stop()
        disk.repair()
        with running(tmp_path, path) as service:
            after = service.wait_for(FEED, "The second article")
            service.stop()
        sound = rekkas(tmp_path, "db", "check", "--config", str(path))

    assert "cannot be written: check the disk" in told
    assert meanwhile.content == shown.content
    assert code == 0
    assert after.text.count("</item>") == 2
    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert "Traceback" not in service.log.read_text()


class Patient:
    """A paper that answers when it may, and remembers what it was asked with."""

    def __init__(self) -> None:
        self.validators: list[str | None] = []
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.answered = threading.Event()

    @property
    def handler(self) -> type[BaseHTTPRequestHandler]:
        """What answers for it."""
        paper = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path != "/feed":
                    self.send_error(404)
                    return
                paper.validators.append(self.headers.get("If-None-Match"))
                paper.asked.set()
                paper.may_answer.wait(60)
                body = FEEDS["/feed"]
                self.send_response(200)
                self.send_header("ETag", '"1"')
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                self.wfile.flush()
                paper.answered.set()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Answers


def test_what_was_answered_and_not_kept_is_asked_again_without_its_validators(
    tmp_path: Path,
) -> None:
    paper, database = Patient(), tmp_path / "rekkas.db"
    with serving(paper.handler) as address:
        path = write_configuration(tmp_path, database, f"{address}/feed")
        with running(tmp_path, path) as service:
            assert paper.asked.wait(60)
            with closing(sqlite3.connect(database, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                paper.may_answer.set()
                assert paper.answered.wait(60)
                service.process.kill()
                service.process.wait()
        paper.answered.clear()
        with running(tmp_path, path) as service:
            service.wait_for(FEED, "The first article")
            paper.answered.clear()
            assert paper.answered.wait(60)
            service.stop()

    assert paper.validators[:3] == [None, None, '"1"']


class Names:
    """A name service on loopback that says nothing until it may."""

    def __init__(self, way: socket.socket) -> None:
        self._way = way
        self.asked, self.may_answer = threading.Event(), threading.Event()

    def serve(self) -> None:
        """Answer, until the socket is shut, that every name is 127.0.0.1."""
        while True:
            question, sender = self._way.recvfrom(512)
            if not question:
                return
            self.asked.set()
            if self.may_answer.is_set():
                self._way.sendto(answer_name(question), sender)


def answer_name(question: bytes) -> bytes:
    """The answer of RFC 1035 to a question: 127.0.0.1, or nothing for other types."""
    end = question.index(b"\0", 12) + 5
    is_address = question[end - 4 : end - 2] == b"\0\1"
    counts = struct.pack(">HHHH", 1, int(is_address), 0, 0)
    record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 0, 4) + b"\x7f\0\0\1"
    head = question[:2] + b"\x81\x80" + counts + question[12:end]
    return head + (record if is_address else b"")


@contextmanager
def name_service(place: tuple[str, int]) -> Iterator[Names]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.bind(place)
        names = Names(way)
        thread = threading.Thread(target=names.serve, name="names")
        thread.start()
        try:
            yield names
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", place)
            thread.join()


def test_a_name_service_that_is_gone_takes_only_what_it_names(tmp_path: Path) -> None:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("only root may give one process a resolver of its own")
    place = (f"127.98.{os.getpid() >> 8 & 255}.{os.getpid() & 255}", 53)
    resolver = tmp_path / "resolv.conf"
    resolver.write_text(f"nameserver {place[0]}\noptions timeout:1 attempts:1\n")
    within = ("unshare", "-m", "sh", "-c", f"mount --bind {resolver} /etc/resolv.conf "
              '&& exec "$@"', "sh")  # fmt: skip
    feeds = {**FEEDS, "/named": rss("Named", {"2": "The named article"})}
    with serving(feed_handler(feeds)) as address, name_service(place) as names:
        named = f"http://paper.example:{address.rpartition(':')[2]}/named"
        path = write_configuration(
            tmp_path, tmp_path / "rekkas.db", f"{address}/feed", named
        )
        with running(tmp_path, path, within) as service:
            service.wait_for(FEED, "The first article")
            wait_for_log(service, '"kind": "dns"')
            without = service.get(FEED).text
            names.may_answer.set()
            rekkas(tmp_path, "source", "wake", "paper-1")
            service.wait_for(FEED, "The named article")
            code = service.stop()

    assert names.asked.is_set()
    assert "The named article" not in without
    assert code == 0
    assert "Traceback" not in service.log.read_text()


def test_a_service_out_of_files_goes_on_when_it_has_some_again(tmp_path: Path) -> None:
    feeds = dict(FEEDS)
    within = ("sh", "-c", 'ulimit -n 60 && exec "$@"', "sh")
    with serving(feed_handler(feeds)) as address:
        path = write_configuration(tmp_path, tmp_path / "rekkas.db", f"{address}/feed")
        with running(tmp_path, path, within) as service:
            service.wait_for(FEED, "The first article")
            with ExitStack() as crowd:
                for _ in range(80):
                    crowd.enter_context(connect(service))
                feeds["/feed"] = rss("Paper", {"1": "The first article",
                                               "2": "The second article"})  # fmt: skip
                wait_for_log(service, "poll_failed")
            service.wait_for(FEED, "The second article")
            code = service.stop()

    assert code == 0
    assert "Traceback" not in service.log.read_text()


def connect(service: Service) -> socket.socket:
    """Somebody who connects and says nothing."""
    port = int(service.base.rpartition(":")[2])
    return socket.create_connection(("127.0.0.1", port), timeout=10)
