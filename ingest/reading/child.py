"""One child process as its parent sees it: started, asked, killed."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable

from ingest.reading import frames
from ingest.reading.errors import NoWorkerError, TooComplexError

_START_SECONDS = 30.0  # for imports, on a machine that is busy with everything else


class Child:
    """A process that waits for jobs, one at a time."""

    def __init__(self, *arguments: str) -> None:
        """Start it and wait until it is ready.

        Raises:
            NoWorkerError: it cannot be started.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = _start(theirs, arguments)
        except OSError as error:
            ours.close()
            raise NoWorkerError(f"no process can be started: {error}") from error
        self._socket = ours
        try:
            frames.receive(ours, seconds=_START_SECONDS)
        except OSError as error:
            self.close()
            raise NoWorkerError(f"a new process ended at once: {error}") from error

    def ask(
        self, job: Callable[[], object], *, seconds: float
    ) -> tuple[bytes, memoryview]:
        """What the process says to the job: its mark and its reply.

        Raises:
            TooComplexError: it took longer, or the job has killed it.
        """
        try:
            self._socket.settimeout(seconds)
            frames.send(self._socket, pickle.dumps(job))
            answer = memoryview(frames.receive(self._socket, seconds=seconds))
        except TimeoutError:
            raise TooComplexError(f"more than {seconds:g} seconds") from None
        except OSError as error:
            raise TooComplexError("down the process that reads it") from error
        return bytes(answer[:1]), answer[1:]

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it now, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """End it and leave nothing of it behind."""
        self._process.kill()
        self._process.wait()
        self._socket.close()


def _start(stdin: socket.socket, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
    # A group of its own, so that Ctrl-C in a terminal is the parent's to obey. What it
    # imports is found where the parent found it.
    search = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "ingest.reading.worker", *arguments],
        stdin=stdin.fileno(),
        # Threads for matrices would only reserve memory: ours are small.
        env={**os.environ, "PYTHONPATH": search, "OPENBLAS_NUM_THREADS": "1"},
        process_group=0,
    )
