"""`rekkas source doctor`: what is wrong with a source, and what can be done."""

from __future__ import annotations

import asyncio
import pyexpat
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from config.settings import Settings
from ingest.doctor.expat import check_expat
from ingest.doctor.finding import Finding, Grade
from ingest.pace.host_budget import HostState
from rekkas import compose, configured_sources
from rekkas.cli import config_option
from rekkas.commands.paragraphs import show_paragraph
from rekkas.commands.progress import progress
from rekkas.commands.shared import database_if_any, load, refuse_unknown, utc_now
from rekkas.commands.tables import show_json
from rekkas.diagnosis import Diagnosis, diagnose
from rekkas.exit_code import ExitCode
from rekkas.logs import configure_logs
from store.library import Library
from store.record import record_hosts

_URGENCY = {grade: -place for place, grade in enumerate(Grade)}
_INDENT = " " * 24
_Learnt = Mapping[str, HostState]


@click.command()
@config_option
@click.argument(
    "sources",
    nargs=-1,
    metavar="[SOURCE]...",
    help="Names of sources. Default: all that are enabled.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def doctor(context: click.Context, sources: tuple[str, ...], *, as_json: bool) -> None:
    """Examine the named sources, or all that are enabled, and say what to do.

    Each is polled as the service polls it, then asked once more and for its
    robots.txt. Nothing of it is recorded but what its host asks of visitors. The exit
    code is 1 where nothing comes of a source.
    """
    settings = load().settings
    configure_logs()
    for slug in sources:
        refuse_unknown(slug, list(settings.sources), what="source")
    slugs = tuple(dict.fromkeys(sources)) or configured_sources.enabled_sources(
        settings
    )
    found = _examine(settings, slugs)
    expat = check_expat(pyexpat.EXPAT_VERSION)
    if as_json:
        show_json({"expat": _row(expat), "sources": [_facts(each) for each in found]})
    else:
        _show(found, expat)
    if any(each.grade is Grade.FAIL for each in found):
        context.exit(ExitCode.SOURCES_FAILED)


def _examine(settings: Settings, slugs: Sequence[str]) -> list[Diagnosis]:
    """What is found, the worst first; the service's knowledge of hosts counts."""
    with (
        database_if_any(settings) as database,
        compose.build_readers(settings.fetch.reading) as readers,
        progress("examining", len(slugs)) as tell,
    ):
        tools = compose.build_tools(settings.fetch, readers, clock=utc_now)
        if database:
            tools.hosts.remember(Library(database).host_states())
        built = configured_sources.build_sources(settings)
        chosen = [built[slug] for slug in slugs]

        async def examine() -> list[Diagnosis]:
            try:
                return await diagnose(chosen, tools, tell=tell)
            finally:
                await tools.client.aclose()

        found = asyncio.run(examine())
        if database:
            record_hosts(database, tools.hosts.take_changes())
    return sorted(found, key=lambda each: _URGENCY[each.grade])


def _facts(each: Diagnosis) -> dict[str, Any]:
    return {
        "source": each.source,
        "url": each.url,
        "grade": each.grade.value,
        "checks": [_row(finding) for finding in each.findings],
    }


def _row(finding: Finding) -> dict[str, Any]:
    return asdict(finding) | {"grade": finding.grade.value}


def _show(found: Sequence[Diagnosis], expat: Finding) -> None:
    """Everything of a single source; of several what is not well."""
    grades = Counter(each.grade.value for each in found)
    if len(found) > 1:
        counted = ", ".join(f"{count} {grade}" for grade, count in grades.items())
        click.echo(f"{len(found)} sources: {counted}")
    for each in found:
        _show_one(each, is_alone=len(found) == 1)
    click.echo("\nthis installation")
    _show_finding(expat)


def _show_one(each: Diagnosis, *, is_alone: bool) -> None:
    url = f"  {each.url}" if each.url else ""
    click.echo(f"\n{each.source}: {each.grade.value}{url}")
    for finding in each.findings:
        if is_alone or finding.grade is not Grade.OK:
            _show_finding(finding)


def _show_finding(finding: Finding) -> None:
    head = f"  {finding.grade.value:<4}  {finding.check:<15} "
    show_paragraph(finding.found, first=head, indent=_INDENT)
    if finding.advice:
        show_paragraph(finding.advice, first=_INDENT + "→ ", indent=_INDENT + "  ")
