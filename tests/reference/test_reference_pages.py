"""What documents say of commands, keys, events and figures is what the code has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.json_schema import settings_schema
from rekkas.log_events import EVENTS
from tests.reference.commands import each_command, help_of, own_parameters
from tests.reference.keys import each_section, meaning_of
from tests.reference.pages import DOCS, PAGES

ROOT = Path(__file__).parents[2]
PACKAGES = ("config", "ingest", "store", "publish", "rekkas")
LEVELS = {"debug", "info", "warning", "error"}
NAME = re.compile("[a-z]+(_[a-z]+)+")
NO_EVENTS = {"due_at", "left_out", "without_page"}  # keys, where events are variables


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_the_code_has_it(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")

    assert written == PAGES[name](), "run `make docs`"


def test_every_event_of_the_code_has_a_meaning_and_no_other_has() -> None:
    used = {event for path in sources() for event in events_of(path)}

    assert used == set(EVENTS)


def test_every_meaning_is_a_sentence() -> None:
    assert all(NAME.fullmatch(name) for name in EVENTS)
    assert all(meaning.endswith(".") for meaning in EVENTS.values())


def test_every_key_of_the_configuration_has_a_meaning() -> None:
    schema = settings_schema()
    told = {
        (section.heading, key): meaning_of(value, schema["$defs"])
        for section in each_section(schema)
        for key, value in section.keys.items()
    }

    assert len(told) > 100
    assert [where for where, meaning in told.items() if not meaning.endswith(".")] == []


def test_every_key_of_every_model_stands_on_the_page() -> None:
    schema = settings_schema()
    models = [schema, *schema["$defs"].values()]
    keys = {(key, str(v)) for one in models for key, v in _keys_of(one).items()}
    shown = [one.keys.items() for one in each_section(schema)]

    assert keys == {(key, str(value)) for pairs in shown for key, value in pairs}


def _keys_of(model: dict[str, Any]) -> dict[str, Any]:
    return dict(model.get("properties", {}))


def test_every_command_and_all_that_it_takes_is_explained() -> None:
    commands = list(each_command())

    assert len(commands) > 20
    assert all(one.command.help for one in commands)
    assert [
        (one.command_path, parameter.name)
        for one in commands
        for parameter in own_parameters(one.command)
        if not help_of(parameter).endswith(".")
    ] == []


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def events_of(path: Path) -> set[str]:
    """The events that a module writes, where one is a variable all that look so."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = [node for node in ast.walk(tree) if is_log_method(node)]
    named = [call.args[0] for call in calls if is_log_method(call.func)]
    names = {node.value for node in named if isinstance(node, ast.Constant)}
    if len(methods) > len([node for node in named if isinstance(node, ast.Constant)]):
        names |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and NAME.fullmatch(node.value)
        } - NO_EVENTS
    return {str(name) for name in names}


def is_log_method(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in LEVELS
        and isinstance(node.value, ast.Name)
        and node.value.id == "_log"
    )
