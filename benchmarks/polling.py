"""When to poll: real publication times, replayed under our rule and others'.

Prints, for each rule held to the same polls a day, the delay with which articles are
found and how many are lost. Cost is polls a day times mean delay in minutes; the rule
that costs less finds articles sooner for the same polls. All sources of one table share
one scale. What our rule presumes was chosen on the part called "chosen on"; the other
parts had no say in it. The data are no part of this repository: give their folder as
an argument, or have them in ../shared/data/publish_times.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.replay.rules import DAY, RULES
from benchmarks.replay.run import Result, replay_to_budget

_FOLDER = Path(__file__).parents[2] / "shared" / "data" / "publish_times"
_RADIO_BUDGETS = (20, 30, 40, 50, 60)
_OUTLET_BUDGETS = (2, 4)  # for each outlet
_RADIO_CHOSEN_ON = 45 * DAY
_HEADINGS = ("polls a day", "mean", "median", "90 %", "lost", "cost")


def main(folder: Path) -> None:
    """Print a table for each part of the data, or why there is none."""
    if not folder.is_dir():
        print(f"skipped: there is no folder {folder} of publication times")
        return
    radio = read_radio(folder / "ant_jawhara.txt")
    cut = radio[0] + _RADIO_CHOSEN_ON
    parts = {
        "one radio, whole": radio,
        "one radio, chosen on (its first 45 days)": [t for t in radio if t < cut],
        "one radio, the rest": [t for t in radio if t >= cut],
    }
    for title, times in parts.items():
        print_table(title, [times], _RADIO_BUDGETS)
    outlets = read_outlets(folder / "outlets.jsonl.gz")
    for title, sources in {
        "all outlets together": outlets,
        "outlets, chosen on (every second)": outlets[::2],
        "outlets, the rest": outlets[1::2],
    }.items():
        budgets = [budget * len(sources) for budget in _OUTLET_BUDGETS]
        print_table(f"{title}: {len(sources)}", sources, budgets)


def read_radio(path: Path) -> list[float]:
    """The times in a file of one ISO time a line, in order."""
    return sorted(_minutes(line) for line in path.read_text().split())


def read_outlets(path: Path) -> list[list[float]]:
    """The times of each outlet, by its name."""
    with gzip.open(path, "rt") as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda r: r["source"])
    return [sorted(_minutes(time) for time in row["published_at"]) for row in rows]


def print_table(
    title: str, sources: Sequence[Sequence[float]], budgets: Sequence[float]
) -> None:
    """Every rule at every budget, in minutes of delay."""
    print(f"\n{title}")
    print(f"  {'':<16}" + "".join(f"{heading:>13}" for heading in _HEADINGS))
    for budget in budgets:
        for name, make_rule in RULES.items():
            result = replay_to_budget(sources, make_rule, budget)
            print(f"  {name:<16}{_row(result, budget)}", flush=True)


def _row(result: Result, budget: float) -> str:
    numbers = (
        f"{result.polls_a_day:.1f}",
        f"{result.mean:.1f}",
        f"{result.percentile(0.5):.0f}",
        f"{result.percentile(0.9):.0f}",
        f"{result.lost}",
        f"{result.cost:.0f}",
    )
    is_held = abs(result.polls_a_day / budget - 1) < 0.05
    remark = "" if is_held else f"  cannot be held to {budget:g} a day"
    return "".join(f"{number:>13}" for number in numbers) + remark


def _minutes(time: str) -> float:
    return datetime.fromisoformat(time).replace(tzinfo=UTC).timestamp() / 60


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
