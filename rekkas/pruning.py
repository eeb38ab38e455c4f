"""Let articles leave that nobody keeps, in the service and on command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from config.settings import Settings
from publish.archive_desk import ArchiveDesk
from rekkas import compose
from store.database.engine import Database
from store.errors import StoreError
from store.library import Library
from store.pruning import forget_answers, prune
from store.retention import Pruned

PAUSES = (timedelta(minutes=5), timedelta(hours=1))
"""Before the first time, since a start has enough to do, and between two."""

_log = structlog.get_logger(__name__)


def prune_all(
    settings: Settings,
    database: Database,
    *,
    now: datetime,
    stops: Callable[[], bool] = lambda: False,
) -> Pruned:
    """Let leave all that is due; archives first keep what they are to keep.

    Answers that were kept for replay follow. Between two pieces it may be stopped.

    Raises:
        StoreError: what is left then leaves the next time.
    """
    pruned = _prune_articles(settings, database, now=now, stops=stops)
    forget_answers(database, before=now - (settings.replay.keep or timedelta(0)))
    return pruned


def _prune_articles(
    settings: Settings,
    database: Database,
    *,
    now: datetime,
    stops: Callable[[], bool],
) -> Pruned:
    retention = compose.build_retention(settings)
    pruned = Pruned()
    if retention.is_for_ever:
        return pruned
    edition = compose.edition_of(settings, None)
    desk = ArchiveDesk(edition, Library(database).archive)
    for rules in (*edition.topics.values(), *edition.searches.values()):
        desk.close(rules)
    for piece in prune(database, retention, now=now):
        pruned += piece
        if stops():
            break
    return pruned


async def keep_pruning(
    settings: Settings,
    database: Database,
    leaving: asyncio.Event,
    *,
    clock: Callable[[], datetime],
    pauses: tuple[timedelta, timedelta] = PAUSES,
) -> None:
    """Let leave what is due every hour, until the service is leaving."""
    pause, between = pauses
    while not await _leaves_within(leaving, pause):
        pause = between
        try:
            pruned = await asyncio.to_thread(
                prune_all, settings, database, now=clock(), stops=leaving.is_set
            )
        except StoreError as error:
            _log.error("articles_not_pruned", problem=str(error))
            continue
        if pruned:
            _log.info("articles_pruned", articles=pruned.articles, texts=pruned.texts)


async def _leaves_within(leaving: asyncio.Event, pause: timedelta) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(pause.total_seconds()):
            await leaving.wait()
    return leaving.is_set()
