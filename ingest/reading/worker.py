"""The child process: does the jobs that `pool` sends, one after the other, in limits.

Runs as `python -m ingest.reading.worker SECONDS BYTES MODULE...`, with the socket to
its parent as standard input. It ends when the parent is gone: at once when idle, else
when its CPU time is used up.
"""

from __future__ import annotations

import pickle
import resource
import socket
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from ingest.reading import frames
from ingest.reading.errors import TooComplexError

READY = b"ready"
STAYS = b"+"  # before a reply: the next job may come
LEAVES = b"-"  # the job has made the process large, or left it in doubt

_GROWTH_BYTES = 48 * 1024 * 1024  # what a process keeps of a job and may live with
# Measured: feedparser takes 10 bytes for each byte of a feed of long texts, 50 for each
# of a feed of headlines.
_JOB_BYTES = 32 * 1024 * 1024
_BYTES_A_BYTE = 64
_STATM = Path("/proc/self/statm")  # Linux only; elsewhere memory is not limited


def main() -> None:
    """Import what jobs need, and do them until the parent has gone."""
    seconds, size, *modules = sys.argv[1:]
    for module in modules:
        import_module(module)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit_memory(int(size))
    with socket.socket(fileno=sys.stdin.fileno()) as parent:
        serve(parent, cpu_seconds=int(seconds))


def serve(parent: socket.socket, *, cpu_seconds: int) -> None:
    """Say that we are ready; then a reply for each job, the last one marked."""
    most = memory().resident + _GROWTH_BYTES
    try:
        frames.send(parent, READY)
        mark = STAYS
        while mark == STAYS:
            mark, reply = do(frames.receive(parent), cpu_seconds=cpu_seconds)
            mark = LEAVES if memory().resident > most else mark
            frames.send(parent, mark + reply)
    except ConnectionError:
        return  # nobody is left to tell


def do(job: bytes | bytearray, *, cpu_seconds: int) -> tuple[bytes, bytes]:
    """Whether to stay, and the pickled reply: True and a result, False and an error."""
    _limit_cpu(cpu_seconds)
    _limit_memory_for(len(job))
    try:
        function = pickle.loads(job)  # noqa: S301 - both ends of the socket are ours
        del job  # a document twice over would count
        return STAYS, pickle.dumps((True, function()))
    except MemoryError:
        return LEAVES, _failure(TooComplexError("more memory than it may"))
    except RecursionError:
        return STAYS, _failure(TooComplexError("more depth than there is"))
    except Exception as error:  # noqa: BLE001 - the outermost loop: told to the parent
        error.add_note("".join(traceback.format_tb(error.__traceback__)))
        return STAYS, _failure(error)


class Memory(NamedTuple):
    """Bytes of address space, and those of them that are in memory."""

    size: int
    resident: int


def memory(statm: Path = _STATM) -> Memory:
    """What the process takes now; nothing where the system does not say."""
    if not statm.exists():
        return Memory(0, 0)
    size, resident, *_ = statm.read_text().split()
    page = resource.getpagesize()
    return Memory(int(size) * page, int(resident) * page)


def limit_memory(size: int) -> None:
    """Let the process take so many bytes beyond what it has now."""
    now = memory().size
    limit = now + size if now else resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _limit_memory_for(job_bytes: int) -> None:
    """Let a small job take less than a large one: so much, and some for each byte."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        wanted = memory().size + _JOB_BYTES + job_bytes * _BYTES_A_BYTE
        resource.setrlimit(resource.RLIMIT_AS, (min(wanted, hard), hard))


def _limit_cpu(seconds: int) -> None:
    """Let the kernel end the process when the job has used so many more seconds."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(time.process_time()) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _failure(error: Exception) -> bytes:
    try:
        reply = pickle.dumps((False, error))
        pickle.loads(reply)  # noqa: S301 - ours; many exceptions come back differently
    except Exception:  # noqa: BLE001 - whatever an exception's class does
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return reply


if __name__ == "__main__":
    main()
