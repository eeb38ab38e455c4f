"""`rekkas check`: name every mistake of the configuration, or say that it is good."""

from __future__ import annotations

from pathlib import Path

import click

from rekkas.commands.shared import config_option, load


@click.command()
@config_option
def check(configuration: Path | None) -> None:
    """Name file, line, column and key of every mistake; start nothing."""
    loaded = load(configuration)
    settings = loaded.settings
    enabled = sum(source.enabled for source in settings.sources.values())
    click.echo(
        f"{loaded.path or 'the shipped configuration'} is good: "
        f"{len(settings.sources)} sources ({enabled} enabled), "
        f"{len(settings.tags)} tags, {len(settings.topics)} topics"
    )
