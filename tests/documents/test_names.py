"""Commands, options and keys that documents name are those that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from config.json_schema import settings_schema
from rekkas.cli import cli
from tests.reference.keys import each_section

ROOT = Path(__file__).parents[2]
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
_PATH = re.compile(r"`([a-z]+(?:\.[a-z_]+)+)(?::[^`]*)?`")
_TYPED = re.compile(r"`rekkas ((?:[a-z]|--)[^`]*)`")


def wrong_words(typed: str) -> Iterator[str]:
    """The words behind `rekkas` that are no command or no option of it."""
    commands: list[click.Command] = [cli]
    for word in typed.replace("\\|", "|").split():
        bare = word.strip("[]…")
        if bare.startswith("--"):
            if not all(_has_option(one, bare) for one in commands):
                yield word
        elif all(isinstance(one, click.Group) for one in commands):
            found = [_below(one, name) for one in commands for name in bare.split("|")]
            commands = [one for one in found if one is not None]
            if None in found:
                yield word
                return


def _below(group: click.Command, name: str) -> click.Command | None:
    assert isinstance(group, click.Group)
    return group.get_command(click.Context(group), name)


def _has_option(command: click.Command, option: str) -> bool:
    return any(option in one.opts for one in command.params) or option == "--help"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    typed = _TYPED.findall(page.read_text(encoding="utf-8"))

    assert [(one, word) for one in typed for word in wrong_words(one)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_key_that_a_page_names_is_there(page: Path) -> None:
    assert list(wrong_keys(page.read_text(encoding="utf-8"))) == []


def wrong_keys(text: str) -> Iterator[str]:
    """The paths, as code, that begin as a key's does and are none."""
    known = set(each_path())
    sections = {path.partition(".")[0] for path in known}
    for path in _PATH.findall(text):
        section = path.partition(".")[0]
        if section in sections and path not in known and not _is_module(path):
            yield path


def each_path() -> Iterator[str]:
    """The path of every key, as documents write it."""
    for section in each_section(settings_schema()):
        above = "" if section.heading == "The file" else f"{section.heading}."
        for key in section.keys:
            yield f"{above}{key}"


def _is_module(path: str) -> bool:
    """Whether the dots part packages and modules, of which one is called publish."""
    package, module, *_ = path.split(".")
    place = ROOT / package / module
    return place.is_dir() or place.with_suffix(".py").is_file()


def test_a_key_is_looked_up() -> None:
    text = "`fetch.per_host.spacing`, `fetch.spacing`, `publish.web`, `rekkas.db`"

    assert list(wrong_keys(text)) == ["fetch.spacing"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    {
        "an option that is there": ("db prune --dry-run", []),
        "an option that is not": ("db vacuum --dry-run", ["--dry-run"]),
        "several commands": ("db backup|restore", []),
        "a command that is not there": ("db shrink", ["shrink"]),
        "an option of rekkas itself": ("--version", []),
        "what a command takes": ("topic explain TOPIC ARTICLE", []),
    }.values(),
)
def test_a_command_is_looked_up(typed: str, expected: list[str]) -> None:
    assert list(wrong_words(typed)) == expected
