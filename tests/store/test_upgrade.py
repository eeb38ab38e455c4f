from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from store.database import migrations
from store.database.engine import Database
from store.database.tables import metadata
from store.database.upgrade import open_database
from store.errors import DatabaseTooNew, StoreError


def is_no_part_of_the_index(
    name: str | None, kind: str, parents: Mapping[str, str | None]
) -> bool:
    """The search index is no table of the code; `word_index` alone knows it."""
    table = name if kind == "table" else parents.get("table_name")
    return not str(table).startswith("article_words")


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_name": is_no_part_of_the_index},
        )

        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_named() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")

    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


def test_opening_again_keeps_what_is_stored(url: str) -> None:
    with open_database(url) as database, database.write() as connection:
        connection.execute(text("UPDATE change SET number = 42"))

    with open_database(url) as database, database.read() as connection:
        assert connection.execute(text("SELECT number FROM change")).scalar() == 42


def test_a_database_of_a_newer_version_is_left_alone(url: str) -> None:
    with open_database(url) as database, database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("DROP TABLE signature"))

    with pytest.raises(DatabaseTooNew, match="newer rekkas"):
        open_database(url)

    with Database(url) as database, database.read() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert found.scalar() == "9999"
        assert "signature" not in inspect(connection).get_table_names()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.db"
    path.write_text("These are notes, and they are long enough to be no header. " * 9)

    with pytest.raises(StoreError, match=r"rekkas\.db is no SQLite database"):
        open_database(f"sqlite:///{path}")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.close()

    with pytest.raises(StoreError, match="belongs to another program"):
        open_database(f"sqlite:///{path}")
