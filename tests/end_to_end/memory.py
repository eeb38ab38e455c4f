"""What a process and all that it has started take of a machine's memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

MEGABYTE = 1024 * 1024

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="memory is read off Linux's /proc"
)


def tree_of(process_id: int) -> Iterator[int]:
    """The process and all that it has started, as far as they still live."""
    yield process_id
    for task in Path(f"/proc/{process_id}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        yield from chain.from_iterable(tree_of(int(child)) for child in children)


def resident_bytes(process_id: int) -> int:
    """What the process has in memory; 0 when it has ended."""
    try:
        pages = Path(f"/proc/{process_id}/statm").read_text().split()
    except OSError:
        return 0
    return int(pages[1]) * 4096
