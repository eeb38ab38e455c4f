"""`rekkas source export`: the configured sources as OPML."""

from __future__ import annotations

from pathlib import Path

import click

from ingest.lists.opml import render_opml
from rekkas.cli import config_option
from rekkas.commands.shared import Trouble, load
from rekkas.exit_code import ExitCode
from rekkas.new_sources import listed_sources


@click.command("export")
@config_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the list is written. Default: to the output.",
)
@click.option("--all", "with_all", is_flag=True, help="Those switched off too.")
def export_list(output: Path | None, *, with_all: bool) -> None:
    """Write the feeds that are polled as OPML 2.0, for other readers to import.

    No password and no value of the environment leaves with it.
    """
    loaded = load()
    slugs = [
        slug
        for slug, source in loaded.settings.sources.items()
        if source.enabled or with_all
    ]
    listed = tuple(listed_sources(loaded, slugs))
    _write(render_opml(listed), output)
    click.echo(
        f"sources written: {len(listed)}" + _rest(len(slugs) - len(listed)), err=True
    )


def _rest(count: int) -> str:
    return f"; no feeds, or with a secret in their address: {count}" if count else ""


def _write(document: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(document, nl=False)
        return
    try:
        output.write_bytes(document)
    except OSError as error:
        raise Trouble(
            f"{output} cannot be written ({error.strerror}): name another file",
            exit_code=ExitCode.USAGE,
        ) from error
