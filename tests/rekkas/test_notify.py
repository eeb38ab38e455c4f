"""What a service manager is told, over a real socket."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from rekkas.notify import Notifier, build_notifier
from tests.end_to_end.service import ROOT, environment


class Manager:
    """The end of the socket at which systemd sits."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:] if address[0] == "@" else address)
        self._socket.settimeout(20)

    def hear(self) -> str:
        """The next message."""
        return self._socket.recv(4096).decode()

    def hear_until(self, word: str) -> list[str]:
        """What is told until a message begins with the word, which is the last."""
        heard = [self.hear()]
        while not heard[-1].startswith(word):
            heard.append(self.hear())
        return heard

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["a file", "the abstract namespace"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Manager]:
    is_file = request.param == "a file"
    manager = Manager(str(tmp_path / "n") if is_file else f"@rekkas-{os.getpid()}")
    yield manager
    manager.close()


def test_each_state_is_one_message(manager: Manager) -> None:
    notifier = build_notifier({"NOTIFY_SOCKET": manager.address}, process=1)

    notifier.waiting("waiting: no\nserver", seconds=60)
    notifier.ready("12 sources")
    notifier.reloading()
    notifier.stopping()

    assert manager.hear() == "STATUS=waiting: no server\nEXTEND_TIMEOUT_USEC=60000000"
    assert manager.hear() == "READY=1\nSTATUS=12 sources"
    assert re.fullmatch(r"RELOADING=1\nMONOTONIC_USEC=[0-9]+", manager.hear())
    assert manager.hear() == "STOPPING=1"


async def test_the_watchdog_hears_of_a_loop_that_turns(manager: Manager) -> None:
    surroundings = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "3000"}
    notifier = build_notifier(surroundings, process=7)

    with notifier.beating():
        heard = [await asyncio.to_thread(manager.hear) for _ in range(3)]

    assert heard == ["WATCHDOG=1"] * 3


SILENT = {
    "no watchdog": {},
    "that of another process": {"WATCHDOG_USEC": "3000", "WATCHDOG_PID": "8"},
    "one that is no number": {"WATCHDOG_USEC": "soon", "WATCHDOG_PID": "7"},
    "one that never bites": {"WATCHDOG_USEC": "0", "WATCHDOG_PID": "7"},
}


@pytest.mark.parametrize("surroundings", SILENT.values(), ids=SILENT)
async def test_without_a_watchdog_nothing_beats(surroundings: dict[str, str]) -> None:
    async with asyncio.timeout(5):
        await build_notifier(surroundings, process=7).beat()


NOBODY = {
    "no manager": None,
    "a socket that is not there": "/nonexistent/notify",
    "a socket that is none": "/etc/hostname",
    "an address longer than any may be": "/" + "x" * 200,
}


@pytest.mark.parametrize("address", NOBODY.values(), ids=NOBODY)
def test_where_nobody_listens_nothing_goes_wrong(address: str | None) -> None:
    Notifier(address).ready("12 sources")


@pytest.mark.parametrize("written", ["", "relative", "vsock:2:1234"])
def test_an_address_of_another_kind_is_none(written: str) -> None:
    build_notifier({"NOTIFY_SOCKET": written}, process=1).ready("12 sources")


def test_a_service_tells_of_its_start_a_reload_and_its_end(tmp_path: Path) -> None:
    manager = Manager(str(tmp_path / "notify"))
    path = tmp_path / "rekkas.yaml"
    settings = {"server": {"listen": "127.0.0.1:0", "admin_listen": None}}
    path.write_text(yaml.safe_dump(settings))
    surroundings = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "60000000"}
    with subprocess.Popen(
        [sys.executable, "-m", "rekkas", "run", "--config", str(path)],
        cwd=tmp_path,
        env={**environment(tmp_path), **surroundings, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    ) as process:
        started = manager.hear_until("READY=1")
        path.write_text(yaml.safe_dump(settings | {"publish": {"limit": 20}}))
        process.send_signal(signal.SIGHUP)
        reloaded = manager.hear_until("READY=1")
        process.send_signal(signal.SIGTERM)
        stopped = manager.hear_until("STOPPING=1")
        exit_code = process.wait(10)
    manager.close()

    assert "WATCHDOG=1" in started
    assert "STATUS=0 sources, serving at port" in started[-1]
    assert any(message.startswith("RELOADING=1") for message in reloaded)
    assert stopped[-1] == "STOPPING=1"
    assert exit_code == 0
