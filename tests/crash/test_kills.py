"""Kills at random instants lose nothing, double nothing, and leave files whole."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.crash.killable import KillableServer
from tests.crash.lives import Course, begin_course

SEED = 20261123


def kill_again_and_again(course: Course, kills: int) -> None:
    chance = Random(SEED)  # noqa: S311 - moments of death, no secret
    for _ in range(kills):
        course.live_and_die(chance)
        course.check()
    course.finish()
    print(f"{kills} kills: {course.summary()}")  # noqa: T201 - shown by pytest -s


def test_kills_lose_and_double_nothing_on_sqlite(tmp_path: Path) -> None:
    with begin_course(tmp_path, f"sqlite:///{tmp_path}/rekkas.db") as course:
        kill_again_and_again(course, 4)


def test_kills_lose_and_double_nothing_on_postgresql(
    tmp_path: Path, killable: KillableServer
) -> None:
    with begin_course(tmp_path, killable) as course:
        kill_again_and_again(course, 4)


@pytest.mark.soak
def test_two_hundred_kills_on_sqlite(tmp_path: Path) -> None:
    with begin_course(tmp_path, f"sqlite:///{tmp_path}/rekkas.db") as course:
        kill_again_and_again(course, 200)


@pytest.mark.soak
def test_two_hundred_kills_on_postgresql(
    tmp_path: Path, killable: KillableServer
) -> None:
    with begin_course(tmp_path, killable) as course:
        kill_again_and_again(course, 200)
