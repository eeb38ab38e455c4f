"""`rekkas source discover`: the feeds of a site, with the YAML to paste."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from config.new_source import block_lines
from config.settings import Settings
from ingest.discovery import Discovery
from ingest.found_feed import FoundFeed
from rekkas.cli import EXIT_SOURCES_FAILED, config_option
from rekkas.commands.searching import describe_nothing, search_site
from rekkas.commands.shared import load
from rekkas.commands.tables import show_json, show_table, show_time
from rekkas.new_sources import known_addresses, name_known, source_of_feed

_COLUMNS = (
    "url",
    "title",
    "format",
    "entries",
    "newest_at",
    "language",
    "how",
    "known",
)


@click.command()
@config_option
@click.argument("url", metavar="URL")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def discover(context: click.Context, url: str, *, as_json: bool) -> None:
    """List the feeds of a site or a page, the best first, with the YAML to paste."""
    settings = load().settings
    found = search_site(url, settings)
    rows = list(_feed_rows(found.feeds, settings))
    if as_json:
        show_json(_facts(found, rows))
    else:
        _show(found, rows, settings)
    if not rows:
        context.exit(EXIT_SOURCES_FAILED)


def _feed_rows(
    feeds: tuple[FoundFeed, ...], settings: Settings
) -> Iterator[dict[str, Any]]:
    known = known_addresses(settings)
    for feed in feeds:
        yield {
            "url": feed.url,
            "title": feed.title,
            "format": feed.format,
            "entries": feed.entries,
            "newest_at": show_time(feed.newest_at),
            "language": feed.language,
            "how": feed.how.value,
            "home": feed.home,
            "known": known.slug_of(feed.url),
            "yaml": "\n".join(_yaml(feed, settings)),
        }


def _yaml(feed: FoundFeed, settings: Settings) -> tuple[str, ...]:
    source = source_of_feed(feed, settings)
    return ("sources:", *block_lines(source, indent=2, step=2))


def _facts(found: Discovery, rows: list[dict[str, Any]]) -> dict[str, Any]:
    failure = found.failure
    return {
        "page_url": found.page_url,
        "failure": failure and {"kind": failure.kind.value, "detail": failure.detail},
        "asked": found.asked,
        "feeds": rows,
    }


def _show(found: Discovery, rows: list[dict[str, Any]], settings: Settings) -> None:
    if not rows:
        click.echo(describe_nothing(found), err=True)
        return
    show_table(rows, _COLUMNS)
    best = rows[0]
    if best["known"]:
        click.echo(f"\n{name_known(best['known'], settings)}", err=True)
        return
    click.echo("\nThe first of them, for your rekkas.yaml:\n", err=True)
    click.echo(best["yaml"])
