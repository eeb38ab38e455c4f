"""Bring a database's tables to the shape this version knows, or say why not."""

from __future__ import annotations

from glob import escape
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from store.database.engine import Database, kind_of
from store.database.migrations import HEAD
from store.errors import DatabaseTooNew, StoreError

_MIGRATIONS = Path(__file__).with_name("migrations")


def open_database(url: str) -> Database:
    """The database at `url`, made or migrated where needed.

    Raises:
        DatabaseTooNew: a later version wrote it; it was left as it is.
        StoreError: it cannot be read or written.
    """
    database = Database(url)
    try:
        database.kind.make_room()
        with database.read() as connection:
            revision = _revision(connection, database.place)
        if revision != HEAD:
            _upgrade(database, revision)
    except BaseException:
        database.close()
        raise
    return database


def open_as_it_is(url: str) -> Database:
    """The database at `url`, which must have the tables of this version.

    Raises:
        DatabaseTooNew: a later version wrote it.
        StoreError: an earlier one did, there is none, or it cannot be read.
    """
    if not is_recorded(url):
        raise StoreError(
            f"there is no database {kind_of(url).place} yet: the service makes it, or "
            "name another in storage.url"
        )
    database = Database(url)
    try:
        with database.read() as connection:
            _refuse_other(database.place, _revision(connection, database.place))
    except BaseException:
        database.close()
        raise
    return database


def read_step(url: str) -> str | None:
    """The step at which the tables at `url` are, None where there are none."""
    if not is_recorded(url):
        return None
    with Database(url) as database, database.read() as connection:
        return _revision(connection, database.place)


def has_our_tables(url: str) -> bool:
    """Whether there is a database at `url` with the tables of this version.

    Raises:
        DatabaseTooNew: a later version wrote it.
        StoreError: it cannot be read.
    """
    step = read_step(url)
    _refuse_unknown(kind_of(url).place, step)
    return step == HEAD


def is_recorded(url: str) -> bool:
    """Whether there is a database at `url`; looks and makes nothing."""
    return kind_of(url).is_there()


def _revision(connection: Connection, place: str) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar_one_or_none()
    if tables:
        raise StoreError(
            f"the database {place} belongs to another program (it has a table "
            f"{tables[0]!r}): name another in storage.url"
        )
    return None


def _upgrade(database: Database, revision: str | None) -> None:
    # Alembic takes a tenth of a second to import, and most starts have no use for it.
    from alembic import command
    from alembic.config import Config

    _refuse_unknown(database.place, revision)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with database.write() as connection:
        database.kind.lift_time_limit(connection)  # of large tables an index takes long
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_other(place: str, step: str | None) -> None:
    if step == HEAD:
        return
    _refuse_unknown(place, step)
    raise StoreError(
        f"the database {place} has the tables of an earlier rekkas ({step}, this "
        f"version has {HEAD}): run `rekkas db upgrade` first"
    )


def is_known_step(step: str) -> bool:
    """Whether this version has the step, be it an earlier one."""
    return any(_MIGRATIONS.glob(f"versions/{escape(step)}_*.py"))


def _refuse_unknown(place: str, step: str | None) -> None:
    if step is None or is_known_step(step):
        return
    raise DatabaseTooNew(
        f"the database {place} was written by a newer rekkas (tables {step}, this "
        f"version knows {HEAD}): install that version again, or restore a backup made "
        "before it; nothing was changed"
    )
