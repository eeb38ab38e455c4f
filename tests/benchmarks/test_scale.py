"""The sums over what was measured: they keep to the laws of queues and of shares."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from benchmarks.scaling.capacity import (
    FULLEST,
    MOST_SOURCES,
    parts_of,
    sources_until_full,
    volume_of,
)
from benchmarks.scaling.costs import UnitCosts
from benchmarks.scaling.measuring import measure_keeping
from benchmarks.scaling.turns import simulate_turns
from benchmarks.scaling.world import World

NOTHING = UnitCosts(**dict.fromkeys((one.name for one in fields(UnitCosts)), 0.0))
WORLD = World(
    sources=86_400,
    polls=10.0,
    articles=4.0,
    deaf=0.5,
    rush=2.0,
    subscriptions=864_000,
    visits=24.0,
    fresh=0.25,
    feeds=100,
    topics=3.0,
    document_bytes=30_000.0,
    exchange_bytes=1_000.0,
)


def test_a_world_is_told_by_the_second() -> None:
    assert WORLD.polls_a_second == 10
    assert WORLD.articles_a_second == 4
    assert WORLD.documents_a_second == 4 + 0.5 * 6
    assert WORLD.visits_a_second == 240


RENDERINGS = {
    "as often as articles change a feed": ({}, 12),
    "not where nobody asks": ({"visits": 0.1}, 1),
    "once a second each": ({"feeds": 5}, 5),
}


@pytest.mark.parametrize("case", RENDERINGS.values(), ids=RENDERINGS)
def test_feeds_are_made_anew(case: tuple[dict[str, float], float]) -> None:
    changed, renderings = case

    assert replace(WORLD, **changed).renderings_a_second == renderings  # type: ignore[arg-type]  # numbers of either kind


USES = {
    "fetching": ({"fetch": 5.0}, 10 * 0.005),
    "reading": ({"read_document": 2.0, "read_article": 10.0}, (7 * 2 + 40) / 2000),
    "the writer": (
        {"hold_unchanged": 1.0, "hold_document": 2.0, "hold_article": 5.0},
        (3 * 1 + 7 * 2 + 4 * 5) / 1000,
    ),
    "rendering and serving": (
        {"render": 10.0, "serve_304": 0.1, "serve_200": 0.5},
        (12 * 10 + 180 * 0.1 + 60 * 0.5) / 1000,
    ),
}


@pytest.mark.parametrize("name", USES)
def test_a_part_is_used_in_the_busiest_hour(name: str) -> None:
    costs, mean = USES[name]

    used = {
        part.name: part.used
        for part in parts_of(WORLD, replace(NOTHING, **costs), cores=2)
    }

    assert used[name] == pytest.approx(2 * mean)


def test_reading_is_the_only_part_that_one_process_does_not_do() -> None:
    costs = replace(NOTHING, fetch=1.0, read_document=1.0, hold_unchanged=1.0)

    used = {part.name: part.needed for part in parts_of(WORLD, costs, cores=2)}

    assert used["one process"] == used["fetching"] + used["the writer"]
    assert used["all cores"] == used["one process"] + used["reading"]


def test_the_fullest_part_is_named_first_and_filled_by_so_many_sources() -> None:
    costs = replace(NOTHING, fetch=5.0, hold_unchanged=1.0)

    until = sources_until_full(WORLD, costs, cores=2)
    filled = WORLD.grown(until["fetching"])

    first = parts_of(filled, costs, cores=2)[0]
    assert first.name in {"fetching", "one process"}
    fetching = next(
        part for part in parts_of(filled, costs, cores=2) if part.name == "fetching"
    )
    assert fetching.used == pytest.approx(FULLEST, rel=0.01)
    assert until["the writer"] > until["fetching"] > until["one process"]


def test_no_number_of_sources_fills_what_they_do_not_use() -> None:
    until = sources_until_full(WORLD, replace(NOTHING, render=1.0), cores=2)

    assert until["fetching"] == MOST_SOURCES
    assert until["rendering and serving"] == MOST_SOURCES  # no more feeds: 0.2 of it


def test_volumes_are_of_what_is_fetched_kept_and_served() -> None:
    costs = replace(NOTHING, article_bytes=1000.0, source_bytes=10.0, feed_bytes=5000.0)

    volume = volume_of(WORLD, costs)

    assert volume.received == 10 * 1_000 + 7 * 30_000
    assert volume.served == 60 * 5000 + 180 * 1_000
    assert volume.kept_a_year == 4 * 86_400 * 365 * 1000
    assert volume.memory == 864_000


@pytest.mark.parametrize("used", [0.3, 0.6, 0.8])
def test_turns_wait_as_long_as_queues_of_one_do(used: float) -> None:
    """Pollaczek and Khinchine: arrivals at random, whatever the holds are."""
    holds = [(0.001, 3.0), (0.010, 1.0)]
    mean = (3 * 0.001 + 0.010) / 4
    square = (3 * 0.001**2 + 0.010**2) / 4
    rate = used / mean

    turns = simulate_turns(rate, holds, count=300_000, seed=1)

    assert turns.used == pytest.approx(used, rel=0.02)
    assert turns.mean == pytest.approx(rate * square / (2 * (1 - used)), rel=0.1)
    assert turns.percentile(0.0) == 0
    assert turns.percentile(0.5) <= turns.percentile(0.99) <= turns.waits[-1]


def test_what_is_kept_is_measured(tmp_path: Path) -> None:
    kept = measure_keeping(tmp_path, f"sqlite:///{tmp_path}/a.db", rounds=3)

    assert kept.read_document > 0
    assert 0 < kept.hold_unchanged < kept.hold_document
    assert kept.article_bytes > 0
    assert kept.feed_bytes > 0
