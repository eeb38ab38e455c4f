"""One database: opening it, its transactions, and its troubles in plain words.

SQLite in WAL mode. Writers begin IMMEDIATE, since a deferred transaction that turns
into a write fails at once instead of waiting; readers never wait for a writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from store.errors import StoreError

__all__ = ["Connection", "Database", "database_path", "explain_trouble", "make_folder"]

BUSY_TIMEOUT_SECONDS = 20
"""How long a writer waits for another process; a document takes well under one."""

_TROUBLES = (
    ("unable to open database file", "cannot be opened: check that its folder can be "
     "written by this user"),
    ("readonly database", "is read-only: give this user the right to write it"),
    ("disk is full", "has no room: free space on its disk; nothing stored was lost"),
    ("disk i/o error", "cannot be written: check the disk and its free space"),
    ("database is locked", "is locked by another program: stop that program"),
    ("file is not a database", "is no SQLite database: move the file away, or name "
     "another in storage.url"),
    ("malformed", "is damaged: restore a backup, or move the file away to start anew"),
)  # fmt: skip


def explain_trouble(place: str, error: Exception) -> str:
    """What is wrong with the database at `place`, and what the operator can do."""
    reason = str(getattr(error, "orig", None) or error)
    for sign, meaning in _TROUBLES:
        if sign in reason.lower():
            return f"the database {place} {meaning} ({reason})"
    return f"the database {place} answered: {reason}"


class Database:
    """A SQLite file with one connection for writing and a pool for reading.

    Every SQLAlchemy error leaves as a StoreError that names the file.
    """

    def __init__(self, url: str) -> None:
        self.path = database_path(url)
        self._writer = _build_engine(url, begin="BEGIN IMMEDIATE", pool_size=1)
        self._reader = _build_engine(url, begin="BEGIN", pool_size=4)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction: committed whole, or not at all."""
        with self._named_troubles(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; what is written meanwhile is not seen."""
        with self._named_troubles(), self._reader.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._reader.dispose()
        self._writer.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _named_troubles(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(explain_trouble(str(self.path), error)) from error


def database_path(url: str) -> Path:
    """The file that an address of a database names."""
    return Path(url.removeprefix("sqlite:///"))


def make_folder(database: Database) -> None:
    """Create the folder of a database that is not there yet."""
    try:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder {database.path.parent} cannot be made ({error.strerror}): "
            "make it, or name another place in storage.url"
        ) from error


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
