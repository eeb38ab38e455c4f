"""`rekkas source add`: the best feed of a site, into the operator's file."""

from __future__ import annotations

from shlex import quote

import click

from config.settings import Settings
from config.values import COUNTRY_PATTERN, LANGUAGE_PATTERN, SLUG_PATTERN
from ingest.discovery import Discovery
from ingest.found_feed import FoundFeed
from rekkas.cli import config_option
from rekkas.commands.editing import Matching, add_sources, refuse_shipped
from rekkas.commands.searching import check_address, describe_nothing, search_site
from rekkas.commands.shared import Trouble, load
from rekkas.commands.tables import show_json
from rekkas.exit_code import ExitCode
from rekkas.new_sources import Wishes, known_addresses, name_known, source_of_feed


@click.command()
@config_option
@click.argument("url", metavar="URL", help="A page of the site, or a feed itself.")
@click.option("--slug", type=Matching(SLUG_PATTERN), help="The source's name.")
@click.option("--title", help="Its title, for readers.")
@click.option("--language", type=Matching(LANGUAGE_PATTERN), help="Such as fr.")
@click.option("--country", type=Matching(COUNTRY_PATTERN), help="Such as MA.")
@click.option("--dry-run", is_flag=True, help="Show the change, and make none.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def add(url: str, *, dry_run: bool, as_json: bool, **wishes: str | None) -> None:
    """Find the feeds of a site and add the best to your configuration.

    Nothing else in the file changes: comments and order stay as they are.
    """
    loaded = load()
    settings = loaded.settings
    refuse_shipped(loaded)
    _refuse_slug(wishes["slug"], settings)
    _refuse_known(check_address(url), settings)
    feed = _best_feed(url, settings)
    _refuse_known(feed.url, settings)
    source = source_of_feed(feed, settings, Wishes(**wishes))
    edit = add_sources(loaded, (source,), dry_run=dry_run)
    if as_json:
        facts = {"source": source.slug, **source.keys, "entries": feed.entries}
        show_json({**facts, "file": str(edit.path), "added": not dry_run})
    else:
        click.echo(edit.added)
        click.echo(_conclusion(source.slug, str(edit.path), dry_run=dry_run), err=True)


def _refuse_slug(slug: str | None, settings: Settings) -> None:
    if slug in settings.sources:
        raise Trouble(
            f"a source is named {slug} already: name this one differently with --slug",
            exit_code=ExitCode.USAGE,
        )


def _refuse_known(url: str, settings: Settings) -> None:
    slug = known_addresses(settings).slug_of(url)
    if slug is not None:
        raise Trouble(f"{url}: {name_known(slug, settings)}", exit_code=ExitCode.USAGE)


def _best_feed(url: str, settings: Settings) -> FoundFeed:
    found = search_site(url, settings)
    if not found.feeds:
        raise Trouble(
            describe_nothing(found) + _hint(found, url),
            exit_code=ExitCode.SOURCES_FAILED,
        )
    return found.feeds[0]


def _hint(found: Discovery, url: str) -> str:
    """What else can be done where the site can be read without a feed."""
    if not found.selectors and not found.sitemaps:
        return ""
    return (
        " The site can be read without one, but how is for you to judge: see `rekkas "
        f"source discover {quote(url)}`."
    )


def _conclusion(slug: str, path: str, *, dry_run: bool) -> str:
    if dry_run:
        return f"{path} would get the source {slug}; nothing was changed"
    return (
        f"{path} has the source {slug} now. `rekkas ingest {slug}` polls it at once; a "
        "running service polls it once it is started anew"
    )
