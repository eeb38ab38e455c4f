"""`rekkas init`: write a configuration to start from."""

from __future__ import annotations

from pathlib import Path

import click

from config.starter import starter_configuration
from rekkas.cli import EXIT_USAGE
from rekkas.commands.shared import Trouble, config_option


@click.command()
@config_option
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def init(context: click.Context, configuration: Path | None, *, force: bool) -> None:
    """Write rekkas.yaml, or the file that --config names."""
    path = configuration or context.find_object(Path) or Path("rekkas.yaml")
    try:
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(starter_configuration())
    except FileExistsError:
        raise Trouble(
            f"{path} is there already: edit it, or write over it with --force",
            exit_code=EXIT_USAGE,
        ) from None
    except OSError as error:
        raise Trouble(
            f"{path} cannot be written ({error.strerror}): name another file with "
            "--config",
            exit_code=EXIT_USAGE,
        ) from error
    click.echo(f"wrote {path}; next: edit it, `rekkas check`, `rekkas run`", err=True)
