"""Workers beside each other: how many polls one makes a second, and how many two do.

Everything is on one machine: the scheduler, the workers, PostgreSQL and the publishers,
each a host of its own on loopback. All sources are due all the time and answer that
nothing has changed. First publishers answer after a second, so that workers wait and
cores are left; then at once, so that the cores are what is shared.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tests.end_to_end.cluster import (
    Parts,
    Plan,
    Press,
    printing,
    wait_until,
    write_plan,
)
from tests.postgresql import serve_postgresql

_PLAN = Plan(papers=300, papers_a_host=1, every=1, spacing=1)
_COUNTED_SECONDS = 20
_PATIENCE_SECONDS = 180


def main() -> None:
    """Print polls a second of one worker and of two."""
    print(
        f"{os.cpu_count()} cores, {_PLAN.papers} sources, load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for delay in (1.0, 0.0):
            one, two = (measure(Path(folder), delay, workers) for workers in (1, 2))
            print(
                f"answers after {delay:.0f} s: one worker {one:6.1f} polls/s, "
                f"two {two:6.1f}, {two / one:.2f} times as many"
            )


def measure(folder: Path, delay: float, workers: int) -> float:
    """The polls a second of so many workers, once every source was polled."""
    press = Press(delay=delay)
    with (
        serve_postgresql("benchmark", "cluster") as server,
        server.database(has_tables=False) as url,
        printing(press) as port,
        Parts(write_plan(folder, _PLAN, url, port, reading={"workers": 1})) as parts,
    ):
        for command in ("schedule", *["worker"] * workers):
            parts.start(command)
        wait_until(
            "every source is asked",
            lambda: len(press.asked) == _PLAN.papers,
            seconds=_PATIENCE_SECONDS,
        )
        press.is_frozen = True
        before = count(press)
        time.sleep(_COUNTED_SECONDS)
        return (count(press) - before) / _COUNTED_SECONDS


def count(press: Press) -> int:
    """The requests so far."""
    return sum(map(len, press.asked.values()))


if __name__ == "__main__":
    main()
