"""`rekkas plan`: what a new configuration would change, before it does."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from config.difference import Changed, Difference, compare
from config.errors import ConfigError
from config.load import LoadedSettings, load_settings
from config.settings import Settings
from rekkas import compose
from rekkas.cli import config_option
from rekkas.commands.shared import load, mistakes, recorded
from rekkas.commands.tables import show_json


@click.command()
@config_option
@click.argument(
    "new", metavar="NEW", type=click.Path(path_type=Path), help="A configuration."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def plan(new: Path, *, as_json: bool) -> None:
    """Show what the configuration NEW would change in place of the present one.

    Sources, topics and tags that come, change or go; how many stored articles enter
    and leave each topic; what waits for a restart. Nothing is changed.
    """
    loaded = load()
    try:
        wanted = load_settings(new, environ=os.environ).settings
    except ConfigError as error:
        raise mistakes(error) from error
    difference = compare(loaded.settings, wanted)
    moves = _moves(loaded, wanted, difference)
    if as_json:
        show_json(_facts(difference, moves))
        return
    for line in _lines(difference, moves):
        click.echo(line)


def _moves(
    loaded: LoadedSettings, wanted: Settings, difference: Difference
) -> Mapping[tuple[str, bool], int]:
    """How many stored articles would enter (True) or leave (False) changed topics."""
    changed = difference.sections.get("topics", Changed())
    slugs = changed.added + changed.changed
    with recorded(loaded) as library:
        if library is None or not slugs:
            return {}
        rules = compose.build_rules(wanted)
        changes = library.changes({slug: rules.topics[slug] for slug in slugs})
        return Counter((one.topic, one.reason is not None) for one in changes)


def _facts(
    difference: Difference, moves: Mapping[tuple[str, bool], int]
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        name: {
            "added": list(changed.added),
            "changed": list(changed.changed),
            "removed": list(changed.removed),
        }
        for name, changed in difference.sections.items()
    }
    topics = sorted({topic for topic, _ in moves})
    return facts | {
        "keys": list(difference.keys),
        "at_restart": list(difference.at_restart),
        "articles": {
            topic: {
                "entering": moves.get((topic, True), 0),
                "leaving": moves.get((topic, False), 0),
            }
            for topic in topics
        },
    }


def _lines(
    difference: Difference, moves: Mapping[tuple[str, bool], int]
) -> Iterator[str]:
    if not difference:
        yield "nothing changes"
    for name, changed in difference.sections.items():
        for how in ("added", "changed", "removed"):
            slugs = getattr(changed, how)
            if slugs:
                yield f"{name} {how}: {', '.join(slugs)}"
    for topic in sorted({topic for topic, _ in moves}):
        entering, leaving = moves.get((topic, True), 0), moves.get((topic, False), 0)
        yield f"  {topic}: {entering} stored articles enter, {leaving} leave"
    if "tags" in difference.sections:
        yield "  stored articles are tagged anew, and topics may follow"
    for key in difference.keys:
        waits = " (at the next start)" if key in difference.at_restart else ""
        yield f"{key} changes{waits}"
