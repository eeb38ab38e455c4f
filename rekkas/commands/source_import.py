"""`rekkas source import`: the sources of an OPML file, into the operator's file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

import click

from config.edit import Edit
from config.load import LoadedSettings
from config.new_source import NewSource
from config.settings import Settings
from ingest.lists.listed import ListedSource, NotAListError, SubscriptionList
from ingest.lists.opml import parse_opml
from rekkas.cli import config_option
from rekkas.commands.editing import add_sources, refuse_shipped
from rekkas.commands.shared import Trouble, load
from rekkas.commands.tables import show_json
from rekkas.exit_code import ExitCode
from rekkas.new_sources import known_addresses, name_known, sources_of_list


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """A list held against the configuration: what is new, and what is known as what."""

    listed: SubscriptionList
    new: tuple[NewSource, ...]
    known: tuple[tuple[ListedSource, str], ...]


@click.command("import")
@config_option
@click.argument(
    "file",
    type=click.File("rb"),
    metavar="FILE.opml",
    help="A list of subscriptions; - reads it from the input.",
)
@click.option("--dry-run", is_flag=True, help="Show the change, and make none.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def import_list(
    context: click.Context, file: IO[bytes], *, dry_run: bool, as_json: bool
) -> None:
    """Add the sources of a subscription list (OPML; - reads stdin).

    Folders become categories. Sources that you have already are named and left out.
    """
    loaded = load()
    refuse_shipped(loaded)
    found = _sort(_read(file, loaded.settings), loaded.settings)
    edit = _add(loaded, found.new, dry_run=dry_run)
    if as_json:
        show_json(_facts(found, edit, dry_run=dry_run))
    else:
        _show(found, edit, loaded, dry_run=dry_run)
    if found.listed.left_out and not found.listed.sources:
        context.exit(ExitCode.SOURCES_FAILED)


def _read(file: IO[bytes], settings: Settings) -> SubscriptionList:
    limit = settings.fetch.max_body_bytes
    body = file.read(limit + 1)
    if len(body) > limit:
        raise _no_list(file, f"it is larger than {limit:,} bytes")
    try:
        return parse_opml(body)
    except NotAListError as error:
        raise _no_list(file, str(error)) from error


def _no_list(file: IO[bytes], reason: str) -> Trouble:
    return Trouble(
        f"{file.name} cannot be imported: {reason}", exit_code=ExitCode.USAGE
    )


def _sort(listed: SubscriptionList, settings: Settings) -> _Sorted:
    addresses = known_addresses(settings)
    slugs = [(source, addresses.slug_of(source.url)) for source in listed.sources]
    new = [source for source, slug in slugs if slug is None]
    return _Sorted(
        listed=listed,
        new=sources_of_list(new, settings),
        known=tuple((source, slug) for source, slug in slugs if slug is not None),
    )


def _add(
    loaded: LoadedSettings, sources: Sequence[NewSource], *, dry_run: bool
) -> Edit | None:
    return add_sources(loaded, sources, dry_run=dry_run) if sources else None


def _facts(found: _Sorted, edit: Edit | None, *, dry_run: bool) -> dict[str, Any]:
    return {
        "file": edit and str(edit.path),
        "changed": edit is not None and not dry_run,
        "added": [{"source": source.slug, **source.keys} for source in found.new],
        "known": [
            {"title": source.title, "url": source.url, "source": slug}
            for source, slug in found.known
        ],
        "left_out": [
            {"title": one.title, "reason": one.reason} for one in found.listed.left_out
        ],
        "repeated": found.listed.repeated,
        "trouble": found.listed.trouble,
    }


def _show(
    found: _Sorted, edit: Edit | None, loaded: LoadedSettings, *, dry_run: bool
) -> None:
    if edit is not None and dry_run:
        click.echo(edit.added)
    for line in _remarks(found, loaded.settings):
        click.echo(line, err=True)
    does = "would get" if dry_run else "got"
    click.echo(
        f"{loaded.path} {does} new sources: {len(found.new)}; known already: "
        f"{len(found.known)}, named twice: {found.listed.repeated}, "
        f"left out: {len(found.listed.left_out)}",
        err=True,
    )


def _remarks(found: _Sorted, settings: Settings) -> Iterator[str]:
    """What the operator should know of single outlines."""
    if found.listed.trouble:
        yield f"{found.listed.trouble}; it was read as far as it can be made out"
    for source, slug in found.known:
        yield f"{source.title}: {name_known(slug, settings)}"
    for one in found.listed.left_out:
        yield f"{one.title}: left out, {one.reason}"
