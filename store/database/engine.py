"""One database: its transactions, whichever of the two kinds it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from store.database.postgresql import PostgresqlServer
from store.database.sqlite import PREFIX, SqliteFile
from store.errors import StoreError

__all__ = ["Connection", "Database", "DatabaseKind", "kind_of", "named_troubles"]


class DatabaseKind(Protocol):
    """What SQLite and PostgreSQL do each in a way of their own.

    `place` is how the operator knows the database; it has no password.
    """

    place: str

    def build_writer(self) -> Engine:
        """Where transactions that write begin, one at a time in every process."""

    def build_aside(self) -> Engine | None:
        """Where rows are written that nobody else writes, without waiting for a turn.

        None where whatever writes takes turns.
        """

    def build_reader(self) -> Engine:
        """Where each transaction sees one moment, and writes nothing."""

    def lift_time_limit(self, connection: Connection) -> None:
        """Let the statements of one transaction take as long as they need."""

    def explain(self, error: Exception) -> StoreError:
        """What is wrong with the database, and what the operator can do."""

    def measure(self, connection: Connection) -> int:
        """How many bytes of disk the database takes."""

    def make_room(self) -> None:
        """Make whatever must be there before a first connection."""

    def is_there(self) -> bool:
        """Whether anything was ever stored; looks and makes nothing."""

    def find_damage(self, connection: Connection) -> Sequence[str]:
        """What is broken in how the rows are kept, in the database's own words."""

    def vacuum(self) -> None:
        """Give room that nothing fills any more back to the disk.

        Raises:
            StoreError: the service must be stopped for it, or it failed.
        """

    def take_service_lock(self) -> AbstractContextManager[bool]:
        """Whether this is the database's only service; it stays so in the block."""

    def find_service(self) -> int | None:
        """The number of the process that is its service, None where none is."""


def kind_of(url: str) -> DatabaseKind:
    """The database that `storage.url` names."""
    return SqliteFile(url) if url.startswith(PREFIX) else PostgresqlServer(url)


class Database:
    """A database; transactions that write take turns, those that read do not wait.

    Every SQLAlchemy error leaves as a StoreError that names the database.
    """

    def __init__(self, url: str) -> None:
        self.kind = kind_of(url)
        self.place = self.kind.place
        self._writer = self.kind.build_writer()
        self._aside = self.kind.build_aside() or self._writer
        self._reader = self.kind.build_reader()
        self._watch: Callable[[str, float], None] | None = None

    def watched_by(self, watch: Callable[[str, float], None]) -> None:
        """Tell of each transaction what kind it was, and how many seconds it took.

        "write" or "read"; the wait for its turn, or for a connection, is part of it.
        """
        self._watch = watch

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction: committed whole, or not at all."""
        with self._transaction("write", self._writer) as connection:
            yield connection

    @contextmanager
    def write_aside(self) -> Iterator[Connection]:
        """One write transaction that takes no turn, as it may beside others.

        Only for rows whose new values follow from nothing but the rows themselves: not
        for articles, which are numbered and compared with each other.
        """
        with self._transaction("write", self._aside) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; what is written meanwhile is not seen."""
        with self._transaction("read", self._reader) as connection:
            yield connection

    def measure(self) -> int:
        """How many bytes of disk the database takes."""
        with self.read() as connection:
            return self.kind.measure(connection)

    @contextmanager
    def _transaction(self, kind: str, engine: Engine) -> Iterator[Connection]:
        started = time.perf_counter()
        try:
            with named_troubles(self.kind), engine.begin() as connection:
                yield connection
        finally:
            if self._watch is not None:
                self._watch(kind, time.perf_counter() - started)

    def close(self) -> None:
        """Let go of every connection."""
        self._reader.dispose()
        self._aside.dispose()
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
def named_troubles(kind: DatabaseKind) -> Iterator[None]:
    """Let trouble with the database leave as a StoreError in the operator's words."""
    try:
        yield
    except SQLAlchemyError as error:
        raise kind.explain(error) from error
