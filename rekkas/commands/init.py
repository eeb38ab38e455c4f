"""`rekkas init`: write a configuration to start from."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from config.starter import starter_configuration
from rekkas.cli import config_option
from rekkas.commands.shared import Trouble
from rekkas.exit_code import ExitCode

_USUAL = Path("rekkas.yaml")


@click.command()
@config_option
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def init(context: click.Context, *, force: bool) -> None:
    """Write rekkas.yaml, or the file that --config names."""
    path = context.find_root().obj or _USUAL
    try:
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(starter_configuration())
    except FileExistsError:
        raise Trouble(
            f"{path} is there already: edit it, or write over it with --force",
            exit_code=ExitCode.USAGE,
        ) from None
    except OSError as error:
        raise Trouble(
            f"{path} cannot be written ({error.strerror}): name another file with "
            "--config",
            exit_code=ExitCode.USAGE,
        ) from error
    option = "" if path == _USUAL else f" --config {quote(str(path))}"
    click.echo(f"{path} is written. Next, edit it, then:", err=True)
    click.echo(f"  rekkas check{option}   names every mistake", err=True)
    click.echo(f"  rekkas run{option}     polls, publishes and serves", err=True)
