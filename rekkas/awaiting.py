"""Waiting for a database that cannot be had yet, as after a power cut.

Its server may not be there, its disk may have no room, or another program may hold it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TypeVar

import structlog

from rekkas.notify import Notifier
from rekkas.tenure import Tenure
from rekkas.told_once import ToldOnce
from store.database.engine import Database
from store.database.upgrade import has_our_tables, open_database
from store.errors import DatabaseInUse, DatabaseUnavailable
from store.service_lock import hold_service_lock, place_of

_T = TypeVar("_T")

_log = structlog.get_logger()

PAUSE_SECONDS = 2.0
_PATIENCE_SECONDS = 60.0  # a try to connect may take ten


@contextmanager
def awaited_database(url: str, notifier: Notifier) -> Iterator[tuple[Database, Tenure]]:
    """The database at `url`, once it can be had, and the lock that keeps others off.

    Says what is waited for. The service manager is told, too, so that it does not take
    this for a failed start.

    Raises:
        StoreError: waiting would not help.
    """
    with ExitStack() as held:
        yield _await(partial(_open, url, held), notifier)


def await_tables(url: str, notifier: Notifier, *, makes: bool) -> None:
    """Return when the database at `url` has the tables of this version.

    Who `makes` them does so where no service of an earlier version is at work.

    Raises:
        DatabaseTooNew: a later version made them.
        StoreError: waiting would not help.
    """
    _await(partial(_find_tables, url, makes=makes), notifier)


def _await(attempt: Callable[[], _T], notifier: Notifier) -> _T:
    """What the attempt returns, once it does not fail for what may pass."""
    told = ToldOnce()
    while True:
        try:
            return attempt()
        except DatabaseUnavailable as error:
            trouble = str(error)
        if told.is_news(trouble):
            _log.warning("database_awaited", detail=trouble)
        notifier.waiting(f"waiting: {trouble}", seconds=_PATIENCE_SECONDS)
        time.sleep(PAUSE_SECONDS)


def _find_tables(url: str, *, makes: bool) -> None:
    if has_our_tables(url):
        return
    try:
        if makes:
            with hold_service_lock(url):
                open_database(url).close()
            return
    except DatabaseInUse:
        pass
    raise DatabaseUnavailable(
        f"the database {place_of(url)} has not the tables of this version: a scheduler "
        "of this version makes them, once none of an earlier one runs"
    )


def _open(url: str, held: ExitStack) -> tuple[Database, Tenure]:
    """The database, open; it and its lock are let go of when `held` ends."""
    with ExitStack() as attempt:
        tenure = attempt.enter_context(Tenure(url))
        database = attempt.enter_context(open_database(url))
        held.push(attempt.pop_all())
    return database, tenure
