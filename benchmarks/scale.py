"""How many sources one machine carries, and which part of it is full first.

First what one piece of each kind of work takes is measured over the code of the
service; then these are summed for a thousand to a million sources, and polls are
simulated that wait for the one writer. What papers publish and how often they are
polled is replayed from real publication times, where there are some in
../shared/data/publish_times or the folder given as an argument. What nobody can measure
here, who reads and how often, is assumed, and printed with the rest.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from pathlib import Path

from benchmarks.polling import read_outlets, read_radio
from benchmarks.replay.rules import DAY, rekkas
from benchmarks.replay.run import WARM_UP, replay
from benchmarks.scaling.capacity import (
    FULLEST,
    parts_of,
    sources_until_full,
    volume_of,
)
from benchmarks.scaling.costs import UnitCosts
from benchmarks.scaling.measuring import (
    Kept,
    measure_fetching,
    measure_keeping,
    measure_memory,
    measure_serving,
)
from benchmarks.scaling.turns import simulate_turns
from benchmarks.scaling.world import World
from tests.postgresql import serve_postgresql

_FOLDER = Path(__file__).parents[2] / "shared" / "data" / "publish_times"
_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ROUNDS = 120
_SIMULATED = 200_000
_READERS = 10
# Assumed: for each source there are ten subscriptions, asked every half hour.
_ASSUMED = World(
    sources=1_000,
    polls=12.0,
    articles=10.0,
    deaf=0.4,
    rush=2.0,
    subscriptions=1_000 * _READERS,
    visits=48.0,
    fresh=0.1,
    feeds=1_000,
    topics=3.0,
    document_bytes=30_000.0,
    exchange_bytes=1_000.0,
)


def main(folder: Path) -> None:
    """Measure, and print the sums."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    worlds = dict(_worlds(folder))
    for title, world in worlds.items():
        print(f"\nof each source and of all readers, {title}:")
        show_values(world)
    for name, costs in measured():
        print(f"\n{name}: milliseconds of one piece of work, and bytes")
        show_values(costs)
        for title, world in worlds.items():
            print(f"\n{name}, {title}: how much of each part is used")
            show_sums(world, costs)
            show_turns(world, costs)


def show_values(values: World | UnitCosts) -> None:
    """Print each by its name."""
    for field in fields(values):
        print(f"  {field.name:<16}{getattr(values, field.name):>12,.3f}")


def _worlds(folder: Path) -> Iterator[tuple[str, World]]:
    """The assumed world, its papers as real ones publish and as we poll them."""
    if not folder.is_dir():
        print(f"there is no folder {folder}: polls and articles are assumed")
        yield "assumed", _ASSUMED
        return
    outlets = read_outlets(folder / "outlets.jsonl.gz")
    yield f"{len(outlets)} outlets", _publishing(outlets)
    yield "one busy radio", _publishing([read_radio(folder / "ant_jawhara.txt")])


def _publishing(papers: Sequence[Sequence[float]]) -> World:
    """Papers that publish at these times, polled with a patience of an hour."""
    polls = replay(papers, rekkas, 1.0).polls_a_day / len(papers)
    rates = [_rate(times) for times in papers]
    return replace(_ASSUMED, polls=polls, articles=sum(rates) / len(rates))


def _rate(times: Sequence[float]) -> float:
    """Articles a day, after what a poller learns from."""
    begin = times[0] + WARM_UP
    return sum(time >= begin for time in times) * DAY / (times[-1] - begin)


def measured() -> Iterator[tuple[str, UnitCosts]]:
    """What each piece of work takes, over SQLite and over PostgreSQL."""
    fetch, memory = measure_fetching(), measure_memory()
    known, whole = measure_serving()
    for name, kept in _kept():
        yield (
            name,
            UnitCosts(
                fetch=fetch,
                read_document=kept.read_document,
                read_article=kept.read_article,
                hold_unchanged=kept.hold_unchanged,
                hold_document=kept.hold_document,
                hold_article=kept.hold_article,
                render=kept.render,
                serve_304=known,
                serve_200=whole,
                article_bytes=kept.article_bytes,
                source_bytes=memory,
                feed_bytes=float(kept.feed_bytes),
            ),
        )


def _kept() -> Iterator[tuple[str, Kept]]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        yield (
            "SQLite",
            measure_keeping(folder, f"sqlite:///{folder}/a.db", rounds=_ROUNDS),
        )
        with _postgresql() as url:
            yield "PostgreSQL", measure_keeping(folder, url, rounds=_ROUNDS)


@contextmanager
def _postgresql() -> Iterator[str]:
    with ExitStack() as opened:
        server = opened.enter_context(serve_postgresql("bench", "scale"))
        yield opened.enter_context(server.database(has_tables=False))


def show_sums(world: World, costs: UnitCosts) -> None:
    """Print how much of each part is used in the busiest hour, and what fills it."""
    cores = float(os.cpu_count() or 1)
    until = sources_until_full(world, costs, cores=cores)
    print(f"  {'sources':<24}" + "".join(f"{size:>12,}" for size in _SIZES))
    worlds = [world.grown(size) for size in _SIZES]
    volumes = [volume_of(each, costs) for each in worlds]
    used = [
        {part.name: part.used for part in parts_of(each, costs, cores=cores)}
        for each in worlds
    ]
    rows = {
        "polls a second": [f"{each.polls_a_second:,.2f}" for each in worlds],
        "received, Mb/s": [f"{each.received * 8 / 1e6:,.2f}" for each in volumes],
        "served, Mb/s": [f"{each.served * 8 / 1e6:,.2f}" for each in volumes],
        "kept a year, GB": [f"{each.kept_a_year / 1e9:,.1f}" for each in volumes],
        "memory, MB": [f"{each.memory / 1e6:,.1f}" for each in volumes],
    } | {name: [f"{each[name]:.1%}" for each in used] for name in sorted(until)}
    for title, row in rows.items():
        print(f"  {title:<24}" + "".join(f"{value:>12}" for value in row))
    print(f"  sources that use {FULLEST:.0%} of a part in the busiest hour:")
    for part, count in sorted(until.items(), key=lambda each: each[1]):
        print(f"    {part:<22}{count:>12,}")


def show_turns(world: World, costs: UnitCosts) -> None:
    """Print how long polls wait for the writer, by how much it is used."""
    unchanged = world.polls_a_second - world.documents_a_second
    news = world.articles / max(min(world.articles, world.polls), 1e-9)
    holds = [
        (costs.hold_unchanged / 1000, unchanged),
        (
            (costs.hold_document + news * costs.hold_article) / 1000,
            world.documents_a_second,
        ),
    ]
    mean = sum(hold * weight for hold, weight in holds) / world.polls_a_second
    print(f"  polls that wait for the writer ({_SIMULATED:,} simulated):")
    for used in (0.3, 0.5, FULLEST, 0.9):
        turns = simulate_turns(used / mean, holds, count=_SIMULATED, seed=1)
        print(
            f"    used {turns.used:>4.0%} by {used / mean:>6.1f} polls/s: they wait "
            f"{turns.mean * 1000:>7.1f} ms, one in a hundred "
            f"{turns.percentile(0.99) * 1000:>7.1f} ms"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
