"""Articles in a database of PostgreSQL: its connections, its locks, its troubles.

Any number of processes may write: each transaction that does first takes its turn by
an advisory lock, which lets the store number articles and publications without gaps,
as if it were alone. A reader's transaction is REPEATABLE READ and never waits.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.dialects import registry
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from store.database.troubles import meaning_of
from store.errors import (
    DatabaseInUse,
    DatabaseUnreachable,
    DatabaseUnwritable,
    StoreError,
)

TURN_TIMEOUT_SECONDS = 20
"""How long a writer waits for its turn; a document takes well under one."""

OLDEST_VERSION = 14

_WRITERS, _READERS = 2, 8
_CONNECT_TIMEOUT_SECONDS = 10
_IDLE = "idle_in_transaction_session_timeout"
_SESSION = {
    "timezone": "UTC",
    "application_name": "rekkas",
    "statement_timeout": "60s",  # a search takes a few; nothing asks for a minute
    "default_text_search_config": "pg_catalog.simple",
}
_WRITER = {
    "lock_timeout": f"{TURN_TIMEOUT_SECONDS}s",
    _IDLE: "60s",  # one that hangs loses its turn, so that the others go on
}
_READER = {
    _IDLE: "10min",
    "cursor_tuple_fraction": "0.001",  # a search fetches the first few of its rows
}

# Advisory locks are a database's; the second number tells its schemas apart.
_WRITERS_TURN, _SERVICE = 0x72656B6B, 0x72656B6C
_TAKE_TURN = (
    f"SELECT pg_advisory_xact_lock({_WRITERS_TURN}, hashtext(current_schema()))"
)
_TRY_SERVICE = f"SELECT pg_try_advisory_lock({_SERVICE}, hashtext(current_schema()))"
_SERVICE_NAME = "rekkas service"
_FIND_SERVICE = f"""
    SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND classid = {_SERVICE}
    AND objid::bigint = hashtext(current_schema())::bigint & 4294967295
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608 - a number of ours

_UNREACHABLE = (
    ("could not translate host name", "has no server: check the host in storage.url"),
    ("failed to resolve host", "has no server: check the host in storage.url"),
    ("name or service not known", "has no server: check the host in storage.url"),
    ("connection refused", "is not served: start the server, or check host and port in "
     "storage.url"),
    ("no such file or directory", "is not served: start the server, or check the host "
     "in storage.url"),
    ("timeout expired", "does not answer: check host, port and firewall"),
    ("starting up", "is not served yet: its server starts up"),
    ("shutting down", "is not served: its server shuts down"),
    ("terminating connection", "was lost: its server ended the connection"),
    ("server closed the connection", "was lost: its server ended the connection"),
    ("connection is lost", "was lost: its server ended the connection"),
    ("the connection is closed", "was lost: its server ended the connection"),
    ("couldn't get a connection", "does not answer: check that its server runs"),
    ("too many clients", "has no connection left: raise max_connections of its server"),
    ("connection slots", "has no connection left: raise max_connections of its server"),
)  # fmt: skip
_UNWRITABLE = (
    ("read-only transaction", "is read-only: name the primary server in storage.url"),
    ("no space left on device", "has no room: free space on its disk; nothing stored "
     "was lost"),
    ("lock timeout", "is written by another program that does not end: stop that "
     "program"),
    ("statement timeout", "takes too long to answer: check the load of its server"),
)  # fmt: skip
_TROUBLES = (
    ("password authentication failed", "refuses the password: check storage.url"),
    ("no password supplied", "wants a password: write it in storage.url as ${NAME}, a "
     "variable of the environment"),
    ("no pg_hba.conf entry", "does not let this user in: allow it in pg_hba.conf"),
    ("peer authentication failed", "does not let this user in: allow it in "
     "pg_hba.conf, or name another user in storage.url"),
    ("permission denied", "gives this user no right to do this: make it the owner of "
     "the database"),
)  # fmt: skip


class PostgresqlServer:
    """A database of a server; transactions that write take turns, a pool reads.

    `host` is the name of this machine, None for what it calls itself.
    """

    def __init__(self, url: str, *, host: str | None = None) -> None:
        self._url = _read_url(url)
        self._host = host or socket.gethostname()
        self.place = URL.create(
            "postgresql",
            username=self._url.username,
            host=self._url.host,
            port=self._url.port,
            database=self._url.database,
        ).render_as_string()

    def build_writer(self) -> Engine:
        """Where transactions that write begin, one at a time in every process."""
        engine = self._build_engine(_WRITER, pool_size=_WRITERS)

        def take_turn(connection: Connection) -> None:
            connection.exec_driver_sql(_TAKE_TURN)

        event.listen(engine, "begin", take_turn)
        return engine

    def build_aside(self) -> Engine | None:
        """Where rows that nobody else writes are written, without a turn."""
        return self._build_engine(_WRITER, pool_size=_WRITERS)

    def build_reader(self) -> Engine:
        """Where each transaction sees one moment, and writes nothing."""
        return self._build_engine(
            _READER,
            pool_size=_READERS,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
        )

    def lift_time_limit(self, connection: Connection) -> None:
        """Let the statements of one transaction take as long as they need."""
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")

    def measure(self, connection: Connection) -> int:
        """The bytes of every table and index, of all schemas of the database."""
        size = select(func.pg_database_size(func.current_database()))
        return int(connection.execute(size).scalar_one())

    def explain(self, error: Exception) -> StoreError:
        """What is wrong with the database, and what the operator can do."""
        reason = str(getattr(error, "orig", None) or error).lower()
        if "does not exist" in reason and 'database "' in reason:
            return StoreError(
                f"the database {self.place} is not there: make it, by "
                f"createdb --owner {self._url.username or 'USER'} {self._url.database}"
            )
        meanings = (*_UNREACHABLE, *_UNWRITABLE, *_TROUBLES)
        return _kind_of(reason)(meaning_of(error, self.place, meanings))

    def make_room(self) -> None:
        """Refuse a server that is too old; the database itself is the operator's."""
        with self._alone() as connection:
            number = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
        refuse_old(self.place, int(number))

    def is_there(self) -> bool:
        """Whether anything was ever stored; looks and makes nothing."""
        with self._alone() as connection:
            return inspect(connection).has_table("alembic_version")

    def find_damage(self, connection: Connection) -> Sequence[str]:  # noqa: ARG002 - asked of SQLite
        """Nothing: a server notices by its checksums when it reads."""
        return ()

    def vacuum(self) -> None:
        """Free what deleted rows took, and count anew, while the service runs."""
        with self._alone() as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM (ANALYZE)")

    @contextmanager
    def take_service_lock(self) -> Iterator[bool]:
        """Whether this is the database's only service, by a lock of a connection's.

        The server drops the lock when the connection ends, however it ends. The name
        of the connection says whose it is.
        """
        name = f"{_SERVICE_NAME} {os.getpid()} {self._host}"
        with self._alone() as connection:
            connection.execute(select(func.set_config("application_name", name, False)))
            is_only: bool = connection.exec_driver_sql(_TRY_SERVICE).scalar_one()
            yield is_only

    def find_service(self) -> int | None:
        """The number of the process that has the lock, None where none has.

        Raises:
            DatabaseInUse: it is a process of another machine.
        """
        with self._alone() as connection:
            name = connection.exec_driver_sql(_FIND_SERVICE).scalar()
        if name is None:
            return None
        process, _, host = name.removeprefix(_SERVICE_NAME).strip().partition(" ")
        if not process.isdigit() or host != self._host:
            raise DatabaseInUse(
                f"the rekkas service of the database {self.place} runs on {host}: run "
                "this there"
            )
        return int(process)

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """A connection of its own, outside of any transaction."""
        engine = self._build_engine(
            {}, poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        try:
            with engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self.explain(error) from error

    def _build_engine(self, session: dict[str, str], **options: Any) -> Engine:
        settings = {**_SESSION, **session}
        written = " ".join(f"-c {name}={value}" for name, value in settings.items())
        own = self._url.query.get("options", "")
        if "poolclass" not in options:
            options |= {"max_overflow": 0, "pool_timeout": TURN_TIMEOUT_SECONDS}
        try:
            return create_engine(
                self._url,
                connect_args={
                    "connect_timeout": _CONNECT_TIMEOUT_SECONDS,
                    "options": f"{written} {own}".strip(),
                },
                pool_pre_ping=True,  # a server that was started anew is no trouble
                hide_parameters=True,
                **options,
            )
        except ImportError as error:
            raise StoreError(
                f"the database {self.place} needs a driver that is not installed: "
                "pip install 'rekkas[postgresql]'"
            ) from error


def connection_string(url: str, *, name: str) -> str:
    """What another driver of PostgreSQL needs to connect under a name of its own."""
    plain = _read_url(url).set(drivername="postgresql")
    named = plain.update_query_dict({"application_name": name})
    return named.render_as_string(hide_password=False)


def _kind_of(reason: str) -> type[StoreError]:
    if any(sign in reason for sign, _ in _UNREACHABLE):
        return DatabaseUnreachable
    if any(sign in reason for sign, _ in _UNWRITABLE):
        return DatabaseUnwritable
    return StoreError


def refuse_old(place: str, version: int) -> None:
    """Refuse a server that is too old, by its number such as 140012.

    Raises:
        StoreError: it is.
    """
    major = version // 10_000
    if major < OLDEST_VERSION:
        raise StoreError(
            f"the database {place} is served by PostgreSQL {major}: rekkas needs "
            f"{OLDEST_VERSION} or later"
        )


def _read_url(url: str) -> URL:
    registry.register(
        "postgresql.rekkas", "store.database.postgresql_dialect", "PostgresqlDialect"
    )
    try:
        return make_url(url).set(drivername="postgresql+rekkas")
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "storage.url cannot be read: write it as postgresql://USER@HOST/DATABASE"
        ) from error
