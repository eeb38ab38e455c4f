from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import polling
from benchmarks.replay.rules import DAY, RULES, MakeRule, fixed, rekkas
from benchmarks.replay.run import Result, replay, replay_to_budget

START = 20_000 * DAY
EVERY_HOUR = [START + 60.0 * number for number in range(24 * 40)]
MORNINGS = [
    START + day * DAY + hour * 60 + 7 * number
    for day in range(60)
    for hour in (8, 9, 10)
    for number in range(8)
]


def test_a_fixed_interval_delays_by_half_of_it() -> None:
    every_minute = [START + float(number) for number in range(int(20 * DAY))]

    result = replay([every_minute], fixed, 0.25)

    assert result.polls_a_day == pytest.approx(96, rel=0.01)
    assert result.mean == pytest.approx(7, rel=0.01)
    assert result.percentile(0.5) == 7
    assert result.lost == 0


def test_what_the_window_does_not_hold_is_lost() -> None:
    result = replay([EVERY_HOUR], fixed, 24)

    assert result.lost == pytest.approx(26 * 4, abs=4)
    assert len(result.delays) + result.lost == pytest.approx(26 * 24, abs=24)


@pytest.mark.parametrize("make_rule", RULES.values(), ids=RULES.keys())
def test_every_rule_is_held_to_a_budget(make_rule: MakeRule) -> None:
    result = replay_to_budget([EVERY_HOUR], make_rule, 20)

    assert result.polls_a_day == pytest.approx(20, rel=0.05)


def test_our_rule_costs_less_where_a_source_has_habits() -> None:
    ours = replay_to_budget([MORNINGS], rekkas, 10)
    others = [
        replay_to_budget([MORNINGS], rule, 10)
        for rule in RULES.values()
        if rule is not rekkas
    ]

    assert ours.lost == 0
    assert ours.cost < min(other.cost for other in others)


def test_the_cost_is_polls_times_delay() -> None:
    result = Result(polls_a_day=24.0, delays=(10.0, 20.0, 60.0), lost=0)

    assert result.cost == 24 * 30
    assert result.percentile(0.9) == 60


def test_without_data_it_says_why_it_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    polling.main(tmp_path / "nowhere")

    shown = capsys.readouterr().out
    assert shown.startswith("skipped: there is no folder ")


def test_the_times_are_read_in_order(tmp_path: Path) -> None:
    radio = tmp_path / "radio.txt"
    radio.write_text("1970-01-01T02:00:00\n1970-01-01T01:00:00\n")
    outlets = tmp_path / "outlets.jsonl.gz"
    row = {"source": "a", "published_at": ["1970-01-01T00:07:00"]}
    outlets.write_bytes(gzip.compress(json.dumps(row).encode()))

    assert polling.read_radio(radio) == [60, 120]
    assert polling.read_outlets(outlets) == [[7]]
