"""`rekkas publish`: every feed and page as files for a web server."""

from __future__ import annotations

from pathlib import Path

import click

from config.settings import Settings
from publish.errors import FolderRefusedError
from publish.static_site import SiteReport, write_site
from rekkas import compose
from rekkas.cli import config_option
from rekkas.commands.shared import Trouble, load, stored
from rekkas.exit_code import ExitCode
from store.database.engine import Database
from store.library import Library


@click.command()
@config_option
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of its own for the site; it is made where it is not there.",
)
def publish(out: Path) -> None:
    """Write every feed, page and archive into a folder that a web server hands out.

    Touches only what has changed, and takes away only what it once wrote.
    """
    loaded = load()
    if loaded.settings.server.base_url is None:
        click.echo(
            "server.base_url is not set: feeds will say that they are at this machine",
            err=True,
        )
    with stored(loaded) as database:
        report = _write(out, loaded.settings, database)
    click.echo(
        f"files written: {report.written}, unchanged: {report.kept}, taken away: "
        f"{report.removed}",
        err=True,
    )


def _write(out: Path, settings: Settings, database: Database) -> SiteReport:
    try:
        return write_site(out, compose.build_site(settings, Library(database)))
    except FolderRefusedError as error:
        raise Trouble(str(error), exit_code=ExitCode.USAGE) from error
    except OSError as error:
        raise Trouble(
            f"{error.filename or out} cannot be written ({error.strerror}): let this "
            "user write there and see that the disk has room; what is published stays "
            "whole",
            exit_code=ExitCode.STORAGE,
        ) from error
