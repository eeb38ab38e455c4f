from pathlib import Path
from typing import Any

import pytest

from config.findings import Finding
from config.layers import Layers, anchor_paths
from config.yaml_tree.file import YamlFile
from config.yaml_tree.reader import read_yaml


def file(text: str, name: str) -> YamlFile:
    return read_yaml(text, file=name, environ={"X": "x"})


LAYERS = Layers(
    [
        file("sources:\n  a: {url: u, title: A}\ninclude: [z]", "early"),
        file("sources:\n  a: {title: '${X}'}\n  b:\ntags:", "late"),
    ]
)

PLACES: dict[str, tuple[Finding, str]] = {
    "a value stands where the last file gives it": (
        Finding(path=("sources", "a", "title"), message="m"),
        "late:2:14: sources.a.title: m",
    ),
    "a value that only an earlier file gives": (
        Finding(path=("sources", "a", "url"), message="m"),
        "early:2:12: sources.a.url: m",
    ),
    "a key": (
        Finding(path=("sources", "a", "url"), message="m", is_about_key=True),
        "early:2:7: sources.a.url: m",
    ),
    "a missing key stands at the key it is missing from": (
        Finding(path=("sources", "b", "url"), message="m"),
        "late:3:3: sources.b.url: m",
    ),
    "what nobody gives stands at the top of the last file": (
        Finding(path=("zzz",), message="m"),
        "late:1:1: zzz: m",
    ),
    "a message that repeats a secret is not told": (
        Finding(path=("sources", "a", "title"), message="x", quotes_value=True),
        "late:2:14: sources.a.title: this does not fit once the environment's values "
        "are filled in",
    ),
    "a message that repeats what stands in the file is told": (
        Finding(path=("sources", "a", "url"), message="u", quotes_value=True),
        "early:2:12: sources.a.url: u",
    ),
    "a column within the value": (
        Finding(path=("sources", "a", "url"), message="m", column=2),
        "early:2:13: sources.a.url: m",
    ),
}


@pytest.mark.parametrize(("finding", "problem"), PLACES.values(), ids=PLACES.keys())
def test_a_finding_gets_its_place(finding: Finding, problem: str) -> None:
    assert str(LAYERS.problem(finding)) == problem


def test_later_files_count_and_includes_and_empty_sections_do_not() -> None:
    assert LAYERS.merge() == {"sources": {"a": {"url": "u", "title": "x"}, "b": None}}


def test_a_value_is_known_as_written() -> None:
    assert LAYERS.written(("sources", "a", "title")) == "${X}"
    assert LAYERS.written(("sources", "a")) is None
    assert LAYERS.written(("sources", "a", "zzz")) is None


UNTOUCHED: dict[str, dict[str, Any]] = {
    "nothing": {},
    "sections out of shape": {"sources": [1], "storage": "x"},
    "a source out of shape": {"sources": {"a": 1, "b": {"path": 2}}},
    "a database in memory": {"storage": {"url": "sqlite:///:memory:"}},
    "another database": {"storage": {"url": "mysql://x"}},
    "no database": {"storage": {"url": None}},
    "an address without a path": {"storage": {"url": "sqlite:///"}},
}


@pytest.mark.parametrize("data", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_what_holds_no_path_stays(data: dict[str, Any]) -> None:
    before = repr(data)

    anchor_paths(data, Path("/ops"))

    assert repr(data) == before


def test_relative_paths_start_at_the_folder() -> None:
    data = {"sources": {"a": {"path": "../x"}}, "storage": {"url": "sqlite:///x.db"}}

    anchor_paths(data, Path("/ops"))

    assert data == {
        "sources": {"a": {"path": "/x"}},
        "storage": {"url": "sqlite:////ops/x.db"},
    }
