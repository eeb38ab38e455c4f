"""`rekkas topic rebuild`: decide topics anew for everything that is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import click

from rekkas import compose, configured_sources
from rekkas.cli import config_option
from rekkas.commands.shared import (
    load,
    refuse_unknown,
    storage_troubles,
    stored,
    utc_now,
)
from rekkas.commands.tables import show_json
from store.classify.decide import Rules
from store.database.engine import Database
from store.library import Library
from store.prepare import prepare_store
from store.redecide import Change, begin_again, decide_next
from store.service_lock import hold_service_lock

_MOST_SHOWN = 20


@click.command()
@config_option
@click.argument(
    "slug", metavar="[TOPIC]", required=False, help="The name of a topic. Default: all."
)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=_MOST_SHOWN,
    show_default=True,
    help="Articles shown of each kind of change of each topic.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def rebuild(slug: str | None, *, dry_run: bool, limit: int, as_json: bool) -> None:
    """Decide a topic, or every topic, anew, and show what enters and what leaves.

    A service that runs does so by itself for topics that have changed, once it has
    read them. Articles that leave keep their place, in case they come back.
    """
    loaded = load()
    topics = loaded.settings.topics
    if slug is not None:
        refuse_unknown(slug, list(topics), what="topic")
    slugs = list(topics) if slug is None else [slug]
    rules = compose.build_rules(loaded.settings)
    with stored(loaded) as database:
        wanted = {one: rules.topics[one] for one in slugs}
        report = _Report(limit)
        report.note(Library(database).changes(wanted))
        if not dry_run:
            with (
                storage_troubles(),
                hold_service_lock(str(loaded.settings.storage.url)),
            ):
                prepare_store(
                    database,
                    configured_sources.source_names(loaded.settings),
                    rules,
                    now=utc_now(),
                )
                _decide(database, rules, slugs)
    if as_json:
        show_json(report.rows(slugs))
    else:
        report.show(slugs, dry_run=dry_run)


def _decide(database: Database, rules: Rules, slugs: list[str]) -> None:
    begin_again(database, rules, slugs)
    while done := decide_next(database, rules, now=utc_now()):
        click.echo(f"decided {done.reached} of {done.of} articles", err=True)


class _Report:
    """What enters and leaves each topic: how many, and the first of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._counts: dict[tuple[str, bool], int] = defaultdict(int)
        self._shown: dict[tuple[str, bool], list[Change]] = defaultdict(list)

    def note(self, changes: Iterable[Change]) -> None:
        """Count the changes."""
        for change in changes:
            key = (change.topic, change.reason is not None)
            self._counts[key] += 1
            if self._counts[key] <= self._limit:
                self._shown[key].append(change)

    def rows(self, slugs: Iterable[str]) -> list[Mapping[str, Any]]:
        """Each topic with its counts and articles, for machines."""
        return [
            {
                "topic": slug,
                "entering": self._counts[slug, True],
                "leaving": self._counts[slug, False],
                "enter": [_row(change) for change in self._shown[slug, True]],
                "leave": [_row(change) for change in self._shown[slug, False]],
            }
            for slug in slugs
        ]

    def show(self, slugs: Iterable[str], *, dry_run: bool) -> None:
        """Print a line for each topic and, below it, one for each article shown."""
        enter, leave = ("would enter", "would leave") if dry_run else ("enter", "leave")
        for row in self.rows(slugs):
            entering, leaving = row["entering"], row["leaving"]
            click.echo(f"{row['topic']}: {entering} {enter}, {leaving} {leave}")
            for one in row["enter"]:
                reason = ", ".join(one["reason"])
                click.echo(f"  + {one['article']}  {one['title']}  ({reason})")
            for one in row["leave"]:
                click.echo(f"  - {one['article']}  {one['title']}")


def _row(change: Change) -> dict[str, Any]:
    return {
        "article": change.article.id,
        "title": change.article.title,
        "reason": list(change.reason.clauses) if change.reason else None,
    }
