"""`rekkas topic`: what is published."""

from __future__ import annotations

import click

from rekkas.cli import config_option
from rekkas.commands.shared import load, stored
from rekkas.commands.tables import show_json, show_table, topic_rows
from store.library import Library

_COLUMNS = ("topic", "title", "articles", "latest_at", "match")


@click.group()
@config_option
def topic() -> None:
    """What is published."""


@topic.command("list")
@config_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_topics(*, as_json: bool) -> None:
    """List every configured topic and how it fares."""
    loaded = load()
    with stored(loaded) as database:
        rows = list(topic_rows(loaded.settings, Library(database)))
    if as_json:
        show_json(rows)
    else:
        show_table(rows, _COLUMNS)
