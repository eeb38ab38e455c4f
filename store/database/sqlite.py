"""Articles in a file of SQLite: its connections, its lock, its troubles.

WAL mode. Writers begin IMMEDIATE, since a deferred transaction that turns into a write
fails at once instead of waiting; readers never wait for a writer.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from store.database.troubles import meaning_of
from store.errors import DatabaseInUse, DatabaseUnwritable, StoreError

PREFIX = "sqlite:///"

BUSY_TIMEOUT_SECONDS = 20
"""How long a writer waits for another process; a document takes well under one."""

_READERS = 4

_PASSING = (
    ("disk is full", "has no room: free space on its disk; nothing stored was lost"),
    ("disk i/o error", "cannot be written: check the disk and its free space"),
    ("database is locked", "is locked by another program: stop that program"),
)  # fmt: skip
_PASSING_ERRORS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
)
"""Of the system: a disk that is full, or read-only after a fault, is mended."""

_TROUBLES = (
    ("unable to open database file", "cannot be opened: check that its folder can be "
     "written by this user"),
    ("readonly database", "is read-only: give this user the right to write it"),
    ("file is not a database", "is no SQLite database: move the file away, or name "
     "another in storage.url"),
    ("malformed", "is damaged: restore a backup, or move the file away to start anew"),
)  # fmt: skip


class SqliteFile:
    """A database in a file; one connection writes, a pool reads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.path = Path(url.removeprefix(PREFIX))
        self.place = str(self.path)

    def build_writer(self) -> Engine:
        """Where transactions that write begin, one at a time in every process."""
        return _build_engine(self._url, begin="BEGIN IMMEDIATE", pool_size=1)

    def build_aside(self) -> Engine | None:
        """None: a file has one writer at a time."""

    def build_reader(self) -> Engine:
        """Where each transaction sees one moment."""
        return _build_engine(self._url, begin="BEGIN", pool_size=_READERS)

    def lift_time_limit(self, connection: Connection) -> None:
        """Nothing: a statement may take its time."""

    def measure(self, connection: Connection) -> int:  # noqa: ARG002 - of the other kind
        """The bytes of the file, and of those beside it that belong to it."""
        names = (self.path.name + suffix for suffix in ("", "-wal", "-shm"))
        files = (self.path.with_name(name) for name in names)
        return sum(file.stat().st_size for file in files if file.exists())

    def explain(self, error: Exception) -> StoreError:
        """What is wrong with the file, and what the operator can do."""
        return explain_trouble(self.place, error)

    def make_room(self) -> None:
        """Create the folder of a file that is not there yet."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the folder {self.path.parent} cannot be made ({error.strerror}): "
                "make it, or name another place in storage.url"
            ) from error

    def is_there(self) -> bool:
        """Whether there is such a file; looks and makes nothing."""
        return self.path.exists()

    def find_damage(self, connection: Connection) -> Sequence[str]:
        """What is broken in the pages and indexes of the file."""
        try:
            rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        except DatabaseError as error:  # too damaged to be looked through
            return [str(error.orig)]
        return [row for row in rows if row != "ok"]

    def vacuum(self) -> None:
        """Write the file anew without its holes, while no service writes it."""
        with self.take_service_lock() as is_only:
            if not is_only:
                raise DatabaseInUse(
                    f"the service writes the database {self.place}, which must stand "
                    "still to be vacuumed: stop it first"
                )
            self._rewrite()

    def _rewrite(self) -> None:
        try:
            with closing(
                sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_SECONDS)
            ) as db:
                db.isolation_level = None
                db.execute("VACUUM")
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise self.explain(error) from error

    @contextmanager
    def take_service_lock(self) -> Iterator[bool]:
        """Whether this is the only service of the file, by a lock on one beside it.

        The kernel drops the lock when the process ends, however it ends; the file
        stays, with the number of the process that had it last, since taking it away
        would let two services lock two files of one name.
        """
        path = self._lock_file
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = path.open("a+")
        except OSError as error:
            kind = DatabaseUnwritable if error.errno in _PASSING_ERRORS else StoreError
            raise kind(
                f"the file {path} cannot be made ({error.strerror}): let this user "
                "write to the folder, or name another place in storage.url"
            ) from error
        with lock:
            is_only = _is_locked(lock, fcntl.LOCK_EX)
            if is_only:
                self._sign(lock)
            yield is_only

    def _sign(self, lock: IO[str]) -> None:
        """Write this process's number over that of the last: a full disk has room."""
        number = f"{os.getpid()}\n".encode()
        try:
            # Opened anew, as what appends cannot write over.
            with self._lock_file.open("r+b", buffering=0) as file:
                file.write(number)
                file.truncate()
        except OSError as error:
            raise DatabaseUnwritable(
                f"the file {lock.name} cannot be written ({error.strerror}): "
                "free space on its disk"
            ) from error

    def find_service(self) -> int | None:
        """The number of the process that has the lock, None where none has."""
        try:
            with self._lock_file.open() as lock:
                return None if _is_locked(lock, fcntl.LOCK_SH) else int(lock.read())
        except (OSError, ValueError):  # no file, or nothing written to it yet
            return None

    @property
    def _lock_file(self) -> Path:
        return self.path.with_name(self.path.name + ".lock")


def _is_locked(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def explain_trouble(place: str, error: Exception) -> StoreError:
    """What is wrong with the database at `place`, and what the operator can do."""
    reason = str(getattr(error, "orig", None) or error).lower()
    is_passing = any(sign in reason for sign, _ in _PASSING)
    kind = DatabaseUnwritable if is_passing else StoreError
    return kind(meaning_of(error, place, (*_PASSING, *_TROUBLES)))


def _build_engine(url: str, *, begin: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", start)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set a new connection up.

    The driver's own idea of when to begin is switched off, ours is in `begin`.
    synchronous=NORMAL under WAL keeps the file whole at any kill; only a power cut
    may take the last transactions, whose documents are then asked for again.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
    finally:
        cursor.close()
