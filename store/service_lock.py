"""One service a database: a lock on a file beside it, gone with the process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from store.errors import DatabaseInUse, StoreError


@contextmanager
def hold_service_lock(database: Path) -> Iterator[None]:
    """Keep other services off the database while the block runs.

    The kernel drops the lock when the process ends, however it ends; the file stays,
    with the number of the process that had it last, since taking it away would let two
    services lock two files of one name.

    Raises:
        DatabaseInUse: another service has it.
        StoreError: the lock file cannot be made.
    """
    path = _lock_file(database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a")
    except OSError as error:
        raise StoreError(
            f"the file {path} cannot be made ({error.strerror}): let this user write "
            "to the folder, or name another place in storage.url"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseInUse(
                f"another rekkas service runs on the database {database}: stop it, or "
                "name another database in storage.url"
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def find_service(database: Path) -> int | None:
    """The number of the process that has the database, None where none has."""
    try:
        with _lock_file(database).open() as lock:
            return None if _is_free(lock) else int(lock.read())
    except (OSError, ValueError):  # no file, or none that a service has written to yet
        return None


def _is_free(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_file(database: Path) -> Path:
    return database.with_name(database.name + ".lock")
