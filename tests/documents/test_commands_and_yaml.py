"""Whatever the documents tell to type works as they say it does."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from rekkas.cli import cli
from tests.documents.paper import SERVED
from tests.end_to_end.service import LOOPBACK, feed_handler, serving

DOCS = Path(__file__).parents[2] / "docs"
PAGES = (
    DOCS / "tutorial.md",
    DOCS / "topics.md",
    *sorted((DOCS / "how-to").glob("*.md")),
    *sorted((DOCS / "explanation").glob("*.md")),
)
PAPER = "https://paper.example"
_BLOCK = re.compile(r"^```(yaml|console)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    """What is typed, and the words that are to come, in their order."""

    typed: str
    shown: tuple[str, ...]


def each_step(page: Path) -> Iterator[str | Command]:
    """The configurations that a page writes, and the commands that it runs."""
    for language, info, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "yaml" and text.startswith("# rekkas.yaml"):
            yield text
        elif language == "console" and not info.strip().startswith("not-run: "):
            yield from _commands(text)


def _commands(text: str) -> Iterator[Command]:
    for block in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        typed, *shown = block.strip().splitlines()
        yield Command(typed, tuple(line.strip() for line in shown))


def write_settings(folder: Path, text: str, address: str) -> None:
    """The configuration as it is shown, its paper on loopback."""
    settings = yaml.safe_load(text.replace(PAPER, address))
    settings.setdefault("fetch", {})["allow_private"] = list(LOOPBACK)
    (folder / "rekkas.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True))


def run(command: Command, address: str) -> None:
    """Run the command, and find what is to come of it."""
    program, *arguments = shlex.split(command.typed.replace(PAPER, address))
    assert program == "rekkas", "only commands of ours can be held to what they say"
    ended = CliRunner().invoke(cli, arguments, prog_name="rekkas")
    output = (ended.stdout + ended.stderr).replace(address, PAPER)
    assert ended.exit_code == 0, (command.typed, output)
    place = 0
    for words in command.shown:
        place = output.find(words, place)
        assert place >= 0, (command.typed, words, output)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_tells_to_type_works(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REKKAS_CONFIG", raising=False)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    steps = list(each_step(page))
    with serving(feed_handler(SERVED)) as address:
        if steps and not any(
            isinstance(step, Command) and step.typed == "rekkas init" for step in steps
        ):
            write_settings(
                tmp_path,
                'include: ["catalogue:maghreb", "catalogue:tags", "catalogue:topics"]',
                address,
            )
        for step in steps:
            if isinstance(step, Command):
                run(step, address)
            else:
                write_settings(tmp_path, step, address)


def test_most_pages_tell_to_type_something() -> None:
    silent = [page.stem for page in PAGES if not list(each_step(page))]

    assert silent == ["many-machines", "run-under-systemd"]
