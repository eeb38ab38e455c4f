"""`rekkas schema`: the configuration as JSON Schema."""

from __future__ import annotations

import json

import click

from config.json_schema import settings_schema
from rekkas.cli import config_option


@click.command()
@config_option
def schema() -> None:
    """Print the JSON Schema of rekkas.yaml, for editors that complete and check.

    It is the same for every configuration.
    """
    click.echo(json.dumps(settings_schema(), indent=2))
