"""`rekkas source discover`: the feeds of a site, with the YAML to paste."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from config.new_source import NewSource, block_lines
from config.settings import Settings
from ingest.discovery import Discovery
from ingest.lists.known import KnownAddresses
from rekkas.cli import config_option
from rekkas.commands.searching import describe_nothing, search_site
from rekkas.commands.shared import load
from rekkas.commands.tables import show_json, show_table, show_time
from rekkas.exit_code import ExitCode
from rekkas.new_sources import (
    known_addresses,
    name_known,
    source_of_feed,
    source_of_page,
    source_of_sitemap,
)

_Row = dict[str, Any]

_FEED_COLUMNS = (
    "url",
    "title",
    "format",
    "entries",
    "newest_at",
    "language",
    "how",
    "known",
)
_PAGE_COLUMNS = ("item", "entries", "dated", "title")
_SITEMAP_COLUMNS = ("url", "entries", "parts", "known")


@click.command()
@config_option
@click.argument("url", metavar="URL", help="A page of the site, or a feed itself.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def discover(context: click.Context, url: str, *, as_json: bool) -> None:
    """List the feeds of a site or a page, the best first, with the YAML to paste.

    Where there is none, propose how the page or its sitemap can be read.
    """
    settings = load().settings
    found = search_site(url, settings)
    facts = _facts(found, settings)
    if as_json:
        show_json(facts)
    else:
        _show(found, facts, settings)
    if not (found.feeds or found.selectors or found.sitemaps):
        context.exit(ExitCode.SOURCES_FAILED)


def _facts(found: Discovery, settings: Settings) -> dict[str, Any]:
    failure = found.failure
    known = known_addresses(settings)
    return {
        "page_url": found.page_url,
        "failure": failure and {"kind": failure.kind.value, "detail": failure.detail},
        "asked": found.asked,
        "feeds": list(_feed_rows(found, known, settings)),
        "pages": list(_page_rows(found, known, settings)),
        "sitemaps": list(_sitemap_rows(found, known, settings)),
    }


def _feed_rows(
    found: Discovery, known: KnownAddresses, settings: Settings
) -> Iterator[_Row]:
    for feed in found.feeds:
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
            "yaml": _yaml(source_of_feed(feed, settings)),
        }


def _page_rows(
    found: Discovery, known: KnownAddresses, settings: Settings
) -> Iterator[_Row]:
    url = found.page_url or ""
    slug = known.slug_of(url)
    for proposed in found.selectors:
        yield {
            "url": url,
            "item": proposed.selectors.item,
            "selectors": asdict(proposed.selectors),
            "entries": proposed.entry_count,
            "dated": proposed.dated_count,
            "title": next(iter(proposed.titles), None),
            "titles": list(proposed.titles),
            "known": slug,
            "yaml": _yaml(source_of_page(url, proposed.selectors, settings)),
        }


def _sitemap_rows(
    found: Discovery, known: KnownAddresses, settings: Settings
) -> Iterator[_Row]:
    for sitemap in found.sitemaps:
        yield {
            "url": sitemap.url,
            "entries": sitemap.entries,
            "parts": sitemap.parts,
            "known": known.slug_of(sitemap.url),
            "yaml": _yaml(source_of_sitemap(sitemap.url, settings)),
        }


def _yaml(source: NewSource) -> str:
    return "\n".join(("sources:", *block_lines(source, indent=2, step=2)))


def _show(found: Discovery, facts: dict[str, Any], settings: Settings) -> None:
    if not found.feeds:
        click.echo(describe_nothing(found), err=True)
    _show_rows(facts["feeds"], _FEED_COLUMNS, settings)
    if facts["pages"]:
        click.echo("\nThe page lists what may be articles:\n", err=True)
    _show_rows(facts["pages"], _PAGE_COLUMNS, settings)
    if facts["sitemaps"]:
        click.echo("\nThe site has sitemaps:\n", err=True)
    _show_rows(facts["sitemaps"], _SITEMAP_COLUMNS, settings)


def _show_rows(rows: list[_Row], columns: tuple[str, ...], settings: Settings) -> None:
    """A table of what was found, and the first of it as YAML where it is new."""
    if not rows:
        return
    show_table(rows, columns)
    best = rows[0]
    if best["known"]:
        click.echo(f"\n{name_known(best['known'], settings)}", err=True)
        return
    click.echo("\nThe first of them, for your rekkas.yaml:\n", err=True)
    click.echo(best["yaml"])
