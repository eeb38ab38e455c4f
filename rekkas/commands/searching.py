"""What `source discover` and `source add` have in common: the search, and its end."""

from __future__ import annotations

import asyncio

import click

from config.settings import Settings
from ingest.discovery import Discovery
from rekkas.cli import EXIT_USAGE
from rekkas.commands.shared import Trouble, utc_now
from rekkas.finder import NoAddressError, address_of, find_feeds


def check_address(typed: str) -> str:
    """The address that was typed, whole; one that cannot be asked ends the command."""
    try:
        return address_of(typed)
    except NoAddressError as error:
        raise Trouble(
            f"this URL cannot be asked: {error}", exit_code=EXIT_USAGE
        ) from None


def search_site(typed: str, settings: Settings) -> Discovery:
    """The feeds of the site; tells on stderr which address is being asked."""
    check_address(typed)
    return asyncio.run(
        find_feeds(typed, settings.fetch, now=utc_now(), tell=_tell_asked)
    )


def describe_nothing(found: Discovery) -> str:
    """Why a search found no feed, for the operator."""
    if found.failure is not None and found.page_url is None:
        return found.failure.detail
    told = f"no feed was found: {found.asked} addresses were asked."
    return f"{told} {found.failure.detail}" if found.failure else told


def _tell_asked(url: str) -> None:
    click.echo(f"asking {url}", err=True)
