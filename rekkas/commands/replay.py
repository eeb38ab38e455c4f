"""`rekkas replay`: read kept answers again, by the rules of today."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import UTC, datetime

import click

from config.settings import Settings
from ingest.fetch.outcome import FetchFailed
from ingest.rereading import reread
from rekkas import compose, configured_sources
from rekkas.cli import config_option
from rekkas.commands.expressions import SinceType
from rekkas.commands.shared import (
    load,
    refuse_unknown,
    storage_troubles,
    utc_now,
)
from store.capture import answer_of
from store.classify.decide import Rules
from store.database.engine import Database
from store.database.upgrade import open_as_it_is
from store.prepare import note_configuration
from store.redecide import decide_next
from store.replayed import ReplayedArticle
from store.replaying import Replay, each_capture
from store.retag import retag_some
from store.service_lock import hold_service_lock

_EVER = datetime.min.replace(tzinfo=UTC)


@click.command()
@config_option
@click.argument(
    "sources", nargs=-1, metavar="[SOURCE]...", help="Names of sources. Default: all."
)
@click.option(
    "--since",
    "since_moment",
    type=SinceType(),
    metavar="WHEN",
    default=None,
    help="Only answers that came since then: 7d, 12h, 2025-06-01.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an article.")
def replay(
    sources: tuple[str, ...],
    since_moment: datetime | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read the answers that `replay.keep` keeps again, by today's rules.

    Nobody is asked. Shows which articles are new, read or tagged otherwise, or copies
    otherwise than before, and lets it be so, the service stopped. Nothing that readers
    have is told them as new, and nothing is lost; a second time nothing changes.
    """
    settings = load().settings
    for slug in sources:
        refuse_unknown(slug, list(settings.sources), what="source")
    url = str(settings.storage.url)
    rules = compose.build_rules(settings)
    counts: Counter[str] = Counter()
    with storage_troubles(), _alone(url, dry_run=dry_run), open_as_it_is(url) as stored:
        work = _build(settings, stored, rules, is_trial=dry_run)
        if not dry_run:
            note_configuration(stored, work.names, rules)
        for found in _replay(
            settings, work, sources or tuple(settings.sources), since_moment or _EVER
        ):
            counts[found.effect.value] += 1
            _show(found, as_json=as_json)
        if not dry_run:
            _follow(stored, rules)
    _summarise(counts, dry_run=dry_run)


def _alone(url: str, *, dry_run: bool) -> AbstractContextManager[None]:
    """A trial may be made beside the service."""
    return nullcontext() if dry_run else hold_service_lock(url)


def _build(
    settings: Settings, database: Database, rules: Rules, *, is_trial: bool
) -> Replay:
    return Replay(
        database=database,
        rules=rules,
        duplicates=compose.build_duplicate_rules(settings),
        names=configured_sources.source_names(settings),
        is_trial=is_trial,
    )


def _replay(
    settings: Settings, work: Replay, slugs: tuple[str, ...], since: datetime
) -> Iterator[ReplayedArticle]:
    """What each answer changes; one that cannot be read is told of and left aside."""
    configured = configured_sources.build_sources(settings)
    count = 0
    with compose.build_readers(settings.fetch.reading) as readers:
        for capture in each_capture(work.database, since=since, sources=slugs):
            count += 1
            source, at = configured[capture.source], capture.captured_at
            document = reread(source, answer_of(capture), readers, now=at)
            if isinstance(document, FetchFailed):
                click.echo(f"{source.slug}: {document.detail}", err=True)
            else:
                yield from work.take(source.slug, document, at=at)
    click.echo(f"answers read again: {count}", err=True)


def _follow(database: Database, rules: Rules) -> None:
    """Bring what else is stored to the same rules."""
    while retag_some(database, rules):
        pass
    while decide_next(database, rules, now=utc_now()):
        pass


def _show(found: ReplayedArticle, *, as_json: bool) -> None:
    if as_json:
        row = asdict(found) | {"effect": found.effect.value}
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    detail = f" ({found.detail})" if found.detail else ""
    click.echo(f"{found.effect.value}: {found.title}{detail} [{found.uid}]")


def _summarise(counts: Counter[str], *, dry_run: bool) -> None:
    what = "would change" if dry_run else "changed"
    told = ", ".join(f"{kind}: {count}" for kind, count in sorted(counts.items()))
    click.echo(f"articles that {what}: {told or 'none'}", err=True)
