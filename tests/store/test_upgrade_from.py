"""Every earlier shape of the tables, with rows in each, brought to that of today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, DateTime, MetaData, select

from store.database import migrations
from store.database.engine import Database
from store.database.upgrade import open_as_it_is, open_database
from store.database.utc_datetime import UtcDateTime
from store.keeping import check_database, index_anew
from tests.store.filled import ROWS, fill_tables

_FOLDER = Path(migrations.__file__).parent
STEPS = sorted(path.name[:4] for path in _FOLDER.glob("versions/0*.py"))

# Sketches of before step 0007 were digests of whole texts, of no use since.
LEFT_BEHIND = {"signature": "0007"}
NO_TABLES_OF_OURS = ("alembic_version", "article_words")


def build_at(url: str, step: str) -> None:
    """The tables as they were at a step, three rows in each."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    with Database(url) as database:
        database.kind.make_room()
        with database.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, step)
            fill_tables(connection, reflect(connection).sorted_tables)


def reflect(connection: Connection) -> MetaData:
    """The tables that the database has, times as the store reads them."""
    metadata = MetaData()
    metadata.reflect(connection, only=_is_ours)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, DateTime):
                column.type = UtcDateTime()
    return metadata


def _is_ours(name: str, _: object) -> bool:
    return not name.startswith(NO_TABLES_OF_OURS)


def read_rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by column."""
    return {
        table.name: [
            dict(row)
            for row in connection.execute(
                select(table).order_by(*table.primary_key.columns)
            ).mappings()
        ]
        for table in reflect(connection).sorted_tables
    }


def kept(rows: list[dict[str, Any]], columns: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows in these columns alone."""
    return [{name: row[name] for name in columns} for row in rows]


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_lost_on_the_way_from_each_step(url: str, step: str) -> None:
    build_at(url, step)
    with Database(url) as database, database.read() as connection:
        before = read_rows(connection)

    with open_database(url) as database, database.read() as connection:
        after = read_rows(connection)

    for name, rows in before.items():
        if step < LEFT_BEHIND.get(name, ""):
            continue
        assert len(rows) == (1 if name == "change" else ROWS)
        assert kept(after[name], rows[0]) == rows


@pytest.mark.parametrize("step", STEPS)
def test_what_comes_from_each_step_is_sound(url: str, step: str) -> None:
    build_at(url, step)

    open_database(url).close()

    with open_as_it_is(url) as database:
        with database.write() as connection:
            index_anew(connection)
        found = {flaw.check for flaw in check_database(database)}
    assert found.isdisjoint({"file", "orphans", "words", "words of nothing"})
