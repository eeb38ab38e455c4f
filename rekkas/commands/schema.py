"""`rekkas schema`: the configuration as JSON Schema."""

from __future__ import annotations

import json

import click

from config.json_schema import settings_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of rekkas.yaml, for editors that complete and check."""
    click.echo(json.dumps(settings_schema(), indent=2))
