"""Waiting for a database whose server is not there yet, as after a power cut."""

from __future__ import annotations

import time

import structlog

from rekkas.notify import Notifier
from store.database.upgrade import is_recorded
from store.errors import DatabaseUnreachable

_log = structlog.get_logger()

PAUSE_SECONDS = 2.0
_PATIENCE_SECONDS = 60.0  # a try to connect may take ten


def await_database(url: str, notifier: Notifier) -> None:
    """Return when the database at `url` can be reached; say what is waited for.

    The service manager is told, too, so that it does not take this for a failed start.

    Raises:
        StoreError: waiting would not help.
    """
    told = ""
    while trouble := _trouble(url):
        if trouble != told:
            _log.warning("database_awaited", detail=trouble)
            told = trouble
        notifier.waiting(f"waiting: {trouble}", seconds=_PATIENCE_SECONDS)
        time.sleep(PAUSE_SECONDS)


def _trouble(url: str) -> str | None:
    try:
        is_recorded(url)
    except DatabaseUnreachable as error:
        return str(error)
    return None
