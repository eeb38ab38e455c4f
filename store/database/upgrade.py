"""Bring a database's tables to the shape this version knows, or say why not."""

from __future__ import annotations

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
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {
        step.revision for step in ScriptDirectory.from_config(config).walk_revisions()
    }
    if revision is not None and revision not in known:
        raise DatabaseTooNew(
            f"the database {database.place} was written by a newer rekkas (tables "
            f"{revision}, this version knows {HEAD}): install that version again, or "
            "restore a backup made before it; nothing was changed"
        )
    with database.write() as connection:
        database.kind.lift_time_limit(connection)  # of large tables an index takes long
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
