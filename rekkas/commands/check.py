"""`rekkas check`: name every mistake of the configuration, or say that it is good."""

from __future__ import annotations

import click

from rekkas.cli import config_option
from rekkas.commands.shared import load


@click.command()
@config_option
def check() -> None:
    """Name file, line, column and key of every mistake; start nothing."""
    loaded = load()
    settings = loaded.settings
    enabled = sum(source.enabled for source in settings.sources.values())
    click.echo(
        f"{loaded.path or 'the shipped configuration'} is good: "
        f"{len(settings.sources)} sources ({enabled} enabled), "
        f"{len(settings.tags)} tags, {len(settings.topics)} topics"
    )
