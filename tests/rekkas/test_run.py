"""`rekkas run` as a process, where only a process shows it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from tests.end_to_end.service import (
    ROOT,
    Service,
    environment,
    rekkas,
    running,
    write_configuration,
)
from tests.ports import free_port

# An address for each process, so that two runs on one machine do not meet.
_NAMESERVER = (f"127.99.{os.getpid() >> 8 & 255}.{os.getpid() & 255}", 53)


def test_a_dead_resolver_does_not_hold_up_the_stop(tmp_path: Path) -> None:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("only root may give one process a resolver of its own")
    resolver = tmp_path / "resolv.conf"
    resolver.write_text(f"nameserver {_NAMESERVER[0]}\n")
    (tmp_path / "rekkas.yaml").write_text(
        "server: {listen: '127.0.0.1:0'}\n"
        "sources: {paper: {url: 'https://paper.example/feed'}}\n"
    )
    mount = f"mount --bind {resolver} /etc/resolv.conf || exit 77; "
    command = f"exec {sys.executable} -m rekkas run"

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as dead:
        dead.bind(_NAMESERVER)
        dead.settimeout(30)
        with subprocess.Popen(
            ["unshare", "-m", "sh", "-c", mount + command],
            cwd=tmp_path,
            env={**environment(tmp_path), "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            dead.recvfrom(512)  # and no answer, ever
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=5)

    assert process.returncode == 0
    assert "service_stopped" in told


def test_a_locked_database_does_not_hold_up_the_stop(tmp_path: Path) -> None:
    path = write_configuration(tmp_path)
    rekkas(tmp_path, "ingest", "daily8")  # makes the database
    other = sqlite3.connect(tmp_path / "rekkas.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with running(tmp_path, path) as service:
        wait_for_log(service, "service_started")
        code = service.stop()
    other.close()

    assert code == 0
    assert "Traceback" not in service.log.read_text()


def wait_for_log(service: Service, event: str) -> None:
    for _ in range(400):
        if event in service.log.read_text():
            return
        with suppress(subprocess.TimeoutExpired):
            service.process.wait(0.05)
    raise AssertionError(service.log.read_text())


def test_the_log_says_where_it_serves_and_what(tmp_path: Path) -> None:
    ports = {name: f"127.0.0.1:{free_port()}" for name in ("listen", "admin_listen")}
    path = write_configuration(tmp_path, server=ports)
    with running(tmp_path, path) as service:
        service.wait_for("/health/live")
        service.stop()

    first = yaml.safe_load(service.log.read_text().splitlines()[0])
    assert first["event"] == "service_started"
    assert first["serving"] == f"{service.base}/"
    assert first["database"] == str(tmp_path / "rekkas.db")
    assert first["configuration"] == str(path)


def test_an_admin_listener_that_is_taken_is_told_and_readers_are_served(
    tmp_path: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        listen = {
            "listen": f"127.0.0.1:{free_port()}",
            "admin_listen": f"127.0.0.1:{port}",
        }
        configuration = write_configuration(tmp_path, server=listen, sources={})

        with running(tmp_path, configuration) as service:
            service.wait_for("/health/live", "ok")
            exit_code = service.stop()

    log = service.log.read_text()
    assert "admin_not_served" in log
    assert "server.admin_listen" in log
    assert exit_code == 0
