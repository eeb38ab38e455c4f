"""Sources examined side by side, each in its host's turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from ingest.doctor.checks import decide_findings
from ingest.doctor.examine import examine_source
from ingest.doctor.facts import SourceFacts
from ingest.doctor.finding import Finding, Grade, worst
from ingest.poll import PollTools
from ingest.source import Source
from rekkas.poller import crashed

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What is found of one source; `url` is without credentials, None for a file."""

    source: str
    url: str | None
    findings: tuple[Finding, ...]

    @property
    def grade(self) -> Grade:
        """The worst of the findings."""
        return worst(self.findings)


async def diagnose(
    sources: Sequence[Source],
    tools: PollTools,
    *,
    tell: Callable[[str], None],
) -> list[Diagnosis]:
    """The diagnosis of each source, in their order; `tell` hears of each that ends."""

    async def one(source: Source) -> Diagnosis:
        diagnosis = await _diagnose_one(source, tools)
        tell(source.slug)
        return diagnosis

    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(one(source), name=f"examine {source.slug}")
            for source in sources
        ]
    return [task.result() for task in tasks]


async def _diagnose_one(source: Source, tools: PollTools) -> Diagnosis:
    try:
        facts = await examine_source(source, tools)
    except Exception as error:  # noqa: BLE001 - one source's bug is no other's
        _log.error("examination_crashed", source=source.slug, exc_info=True)
        facts = SourceFacts(url=None, first=crashed(error))
    findings = decide_findings(facts, now=tools.clock())
    return Diagnosis(source=source.slug, url=facts.url, findings=findings)
