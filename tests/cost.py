"""What a piece of work costs, without what it costs to watch its lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time


@dataclass(slots=True)
class Cost:
    """Seconds of CPU that a block took; known when it has ended."""

    seconds: float = 0.0


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure the block; coverage, which makes Python many times slower, looks away.

    What only a measured block runs is therefore not counted as covered.
    """
    cost, watcher = Cost(), sys.gettrace()
    sys.settrace(None)
    started = process_time()
    try:
        yield cost
    finally:
        cost.seconds = process_time() - started
        sys.settrace(watcher)
