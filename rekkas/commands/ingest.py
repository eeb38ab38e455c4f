"""`rekkas ingest`: poll sources once, now."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from config.settings import Settings
from ingest.fetch.host_book import HostResting
from ingest.pace.schedule import is_due
from rekkas import compose, configured_sources
from rekkas.cli import config_option
from rekkas.commands.progress import progress
from rekkas.commands.shared import load, refuse_unknown, stored, utc_now
from rekkas.exit_code import ExitCode
from rekkas.leaving import leave_within
from rekkas.logs import configure_logs
from rekkas.poller import Poller
from rekkas.report import POSTPONED, Facts, describe, describe_postponed
from store.database.engine import Database
from store.library import Library
from store.prepare import prepare_store
from store.redecide import decide_next
from store.retag import retag_some

_SECONDS_TO_LEAVE = 2  # after Ctrl-C, for what is being written


@click.command()
@config_option
@click.argument(
    "sources",
    nargs=-1,
    metavar="[SOURCE]...",
    help="Names of sources. Default: all that are enabled and not gone.",
)
@click.option("--due", is_flag=True, help="Only sources that are due.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a source.")
@click.pass_context
def ingest(
    context: click.Context, sources: tuple[str, ...], *, due: bool, as_json: bool
) -> None:
    """Poll the named sources, or all that are enabled, and keep what they bring."""
    loaded = load()
    configure_logs()
    for slug in sources:
        refuse_unknown(slug, list(loaded.settings.sources), what="source")
    with stored(loaded) as database:
        chosen = tuple(dict.fromkeys(sources))
        chosen = chosen or _not_gone(loaded.settings, Library(database))
        if due:
            chosen = _only_due(chosen, Library(database))
        with _progress(len(chosen), as_json=as_json) as tell:
            reports = asyncio.run(_poll(loaded.settings, database, chosen, tell))
    _summarise(reports)
    if any(report["failure"] for report in reports):
        context.exit(ExitCode.SOURCES_FAILED)


def _not_gone(settings: Settings, library: Library) -> tuple[str, ...]:
    """Every enabled source but those whose publisher has said that they are gone."""
    states = library.source_states()
    gone = {slug for slug, state in states.items() if state.whereabouts.gone_at}
    return tuple(
        slug
        for slug in configured_sources.enabled_sources(settings)
        if slug not in gone
    )


def _only_due(slugs: Sequence[str], library: Library) -> tuple[str, ...]:
    states, now = library.source_states(), utc_now()
    paces = {slug: state.pace for slug, state in states.items()}
    return tuple(slug for slug in slugs if is_due(paces.get(slug), now))


@contextmanager
def _progress(total: int, *, as_json: bool) -> Iterator[Callable[[Facts], None]]:
    """What tells of each poll: a bar on a terminal, and a line for machines."""
    with progress("polling", total, prints_lines=as_json) as advance:

        def tell(report: Facts) -> None:
            advance(report["source"])
            if as_json:
                click.echo(json.dumps(report, ensure_ascii=False))

        yield tell


async def _poll(
    settings: Settings,
    database: Database,
    slugs: Sequence[str],
    tell: Callable[[Facts], None],
) -> list[Facts]:
    rules = compose.build_rules(settings)
    prepare_store(
        database, configured_sources.source_names(settings), rules, now=utc_now()
    )
    while retag_some(database, rules):
        pass
    while decide_next(database, rules, now=utc_now()):
        pass
    readers = compose.build_readers(settings.fetch.reading)
    poller = compose.build_poller(
        settings,
        (compose.build_recorder(settings, database, rules), Library(database)),
        compose.build_tools(settings.fetch, readers, clock=utc_now),
        clock=utc_now,
    )
    try:
        return await _poll_each(poller, slugs, tell)
    except asyncio.CancelledError:
        leave_within(_SECONDS_TO_LEAVE, exit_code=ExitCode.INTERRUPTED)
        raise
    finally:
        await poller.close()
        readers.shutdown(cancel_futures=True)


async def _poll_each(
    poller: Poller, slugs: Sequence[str], tell: Callable[[Facts], None]
) -> list[Facts]:
    async def poll(slug: str) -> Facts:
        try:
            return describe(await poller.poll(slug))  # lets go of the document
        except HostResting as resting:
            return describe_postponed(slug, resting)

    polls = [asyncio.create_task(poll(slug), name=f"poll {slug}") for slug in slugs]
    reports: list[Facts] = []
    try:
        for ended in asyncio.as_completed(polls):
            reports.append(await ended)
            tell(reports[-1])
    finally:
        for running in polls:
            running.cancel()
        await asyncio.gather(*polls, return_exceptions=True)
    return reports


def _summarise(reports: Sequence[Facts]) -> None:
    failed = [report for report in reports if report["failure"]]
    postponed = [report for report in reports if report["outcome"] == POSTPONED]
    for report in postponed:
        source, due_at = report["source"], report["due_at"]
        click.echo(f"{source}: its host is left alone until {due_at}", err=True)
    for report in failed:
        click.echo(f"{report['source']}: {report['failure']['detail']}", err=True)
    for report in reports:
        if report["candidate"]:
            click.echo(
                f"{report['source']}: its url fails, {report['candidate']} was read in "
                "its place",
                err=True,
            )
    new = sum(report["new"] for report in reports)
    revised = sum(report["revised"] for report in reports)
    left_out = sum(len(report["left_out"]) for report in reports)
    click.echo(
        f"sources polled: {len(reports)}, failed: {len(failed)}; "
        f"articles new: {new}, revised: {revised}"
        + (f"; entries left out: {left_out}" if left_out else ""),
        err=True,
    )
