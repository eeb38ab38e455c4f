"""What `source discover` and `source add` have in common: the search, and its end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import click

from config.settings import FetchSettings, Settings
from ingest.discovery import Discovery
from ingest.pace.host_budget import HostState
from rekkas import compose
from rekkas.commands.shared import Trouble, database_if_any, utc_now
from rekkas.exit_code import ExitCode
from rekkas.finder import NoAddressError, address_of, find_feeds
from store.library import Library
from store.record import record_hosts


def check_address(typed: str) -> str:
    """The address that was typed, whole; one that cannot be asked ends the command."""
    try:
        return address_of(typed)
    except NoAddressError as error:
        raise Trouble(
            f"this URL cannot be asked: {error}", exit_code=ExitCode.USAGE
        ) from None


def search_site(typed: str, settings: Settings) -> Discovery:
    """The feeds of the site; tells on stderr which address is being asked.

    Hosts are asked no sooner and no more often than by the service: what it knows of
    them counts here, and what is learnt here counts there when it starts next.
    """
    check_address(typed)
    with database_if_any(settings) as database:
        known = Library(database).host_states() if database else {}
        found, learnt = asyncio.run(_search(typed, settings.fetch, known))
        if database:
            record_hosts(database, learnt)
        return found


async def _search(
    typed: str, fetch: FetchSettings, known: Mapping[str, HostState]
) -> tuple[Discovery, Mapping[str, HostState]]:
    """What the search finds, and what is to be remembered of the hosts it asked."""
    with compose.build_readers(fetch.reading) as reading:
        tools = compose.build_tools(fetch, reading)
        tools.hosts.remember(known)
        try:
            found = await find_feeds(typed, tools, now=utc_now(), tell=_tell_asked)
        finally:
            await tools.client.aclose()
    return found, tools.hosts.take_changes()


def describe_nothing(found: Discovery) -> str:
    """Why a search found no feed, for the operator."""
    if found.failure is not None and found.page_url is None:
        return found.failure.detail
    told = f"no feed was found: {found.asked} addresses were asked."
    return f"{told} {found.failure.detail}" if found.failure else told


def _tell_asked(url: str) -> None:
    click.echo(f"asking {url}", err=True)
