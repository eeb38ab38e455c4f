"""`rekkas ingest`: poll sources once, now."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from config.settings import Settings
from ingest.pace.schedule import is_due
from rekkas import compose
from rekkas.cli import EXIT_SOURCES_FAILED
from rekkas.commands.shared import (
    config_option,
    load,
    refuse_unknown,
    stored,
    utc_now,
)
from rekkas.poller import Poller, PollReport
from rekkas.report import describe
from store.database.engine import Database
from store.library import Library
from store.prepare import prepare_store
from store.record import Recorder

_READERS = 2


@click.command()
@config_option
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--due", is_flag=True, help="Only sources that are due.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a source.")
@click.pass_context
def ingest(
    context: click.Context,
    configuration: Path | None,
    sources: tuple[str, ...],
    *,
    due: bool,
    as_json: bool,
) -> None:
    """Poll the named sources, or all that are enabled, and keep what they bring."""
    loaded = load(configuration)
    for slug in sources:
        refuse_unknown(slug, list(loaded.settings.sources), what="source")
    with stored(loaded) as database:
        chosen = sources or compose.enabled_sources(loaded.settings)
        if due:
            chosen = _only_due(chosen, Library(database))
        reports = _poll_all(loaded.settings, database, chosen, as_json=as_json)
    failed = [report for report in reports if report.record.failures]
    _summarise(reports, failed)
    if failed:
        context.exit(EXIT_SOURCES_FAILED)


def _only_due(slugs: Sequence[str], library: Library) -> tuple[str, ...]:
    states, now = library.source_states(), utc_now()
    paces = {slug: state.pace for slug, state in states.items()}
    return tuple(slug for slug in slugs if is_due(paces.get(slug), now))


def _poll_all(
    settings: Settings, database: Database, slugs: Sequence[str], *, as_json: bool
) -> list[PollReport]:
    bar = Progress(
        TextColumn("polling"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
    )
    if not bar.console.is_terminal:
        bar.disable = True
    with bar:
        task = bar.add_task("", total=len(slugs))

        def tell(report: PollReport) -> None:
            bar.update(task, advance=1, description=report.record.source)
            if as_json:
                click.echo(json.dumps(describe(report), ensure_ascii=False))

        return asyncio.run(_poll(settings, database, slugs, tell))


async def _poll(
    settings: Settings,
    database: Database,
    slugs: Sequence[str],
    tell: Callable[[PollReport], None],
) -> list[PollReport]:
    rules = compose.build_rules(settings)
    prepare_store(database, compose.source_names(settings), rules, now=utc_now())
    with ThreadPoolExecutor(_READERS, thread_name_prefix="reader") as reading:
        poller = Poller(
            compose.build_sources(settings),
            compose.policies(settings),
            tools=compose.build_tools(settings.fetch, reading),
            store=(Recorder(database, rules), Library(database)),
            clock=utc_now,
        )
        polls = [asyncio.create_task(poller.poll(slug)) for slug in slugs]
        reports: list[PollReport] = []
        try:
            for poll in asyncio.as_completed(polls):
                reports.append(await poll)
                tell(reports[-1])
        finally:
            for running in polls:
                running.cancel()
            await asyncio.gather(*polls, return_exceptions=True)
            await poller.close()
    return reports


def _summarise(reports: Sequence[PollReport], failed: Sequence[PollReport]) -> None:
    for report in failed:
        facts = describe(report)
        detail = facts["failure"]["detail"]
        click.echo(f"{facts['source']}: {detail}", err=True)
    new = sum(report.record.new for report in reports)
    revised = sum(report.record.revised for report in reports)
    click.echo(
        f"{len(reports)} sources polled, {len(failed)} failed; "
        f"{new} new articles, {revised} revised",
        err=True,
    )
