"""Whoever calls a command can rely on the number with which it ends."""

from __future__ import annotations

from rekkas.exit_code import ExitCode


def test_codes_stay_as_scripts_know_them() -> None:
    assert {one.name: int(one) for one in ExitCode} == {
        "DONE": 0,
        "SOURCES_FAILED": 1,
        "USAGE": 2,
        "STORAGE": 3,
        "INTERRUPTED": 130,
        "PIPE_CLOSED": 141,
    }


def test_every_code_says_in_a_sentence_what_it_tells() -> None:
    assert all(one.meaning.endswith(".") for one in ExitCode)
