from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from config.expression_parser import parse_expression
from store.database.engine import Database
from store.database.sqlite import SqliteFile
from store.database.upgrade import open_as_it_is, open_database
from store.errors import DatabaseInUse, DatabaseTooNew, StoreError
from store.keeping import check_database, index_anew
from store.service_lock import hold_service_lock
from tests.store.conftest import Shelf
from tests.store.test_archive import close, enter


def fill(shelf: Shelf) -> None:
    """Six articles of Morocco on two pages."""
    enter(shelf, *range(1, 7))
    close(shelf)


def execute(database: Database, statements: Iterable[str]) -> None:
    """Do what no part of the program does, without a look at foreign keys."""
    with database.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


FLAWS = {
    "a copy of a copy": (
        "copies",
        [
            "UPDATE article SET duplicate_of = 2 WHERE id = 3",
            "UPDATE article SET duplicate_of = 1 WHERE id = 2",
        ],
    ),
    "a copy of itself": (
        "copies",
        ["UPDATE article SET duplicate_of = 2 WHERE id = 2"],
    ),
    "a page that is lost": (
        "pages",
        ["DELETE FROM archive_page WHERE number = 1"],
    ),
    "a page without a body": (
        "page contents",
        ["UPDATE archive_page SET body = '' WHERE number = 1"],
    ),
    "a publication of a page that is not there": (
        "unreachable publications",
        ["UPDATE publication SET page = 9 WHERE position = 1"],
    ),
    "an article that no word finds": (
        "words",
        ["DELETE FROM article_words WHERE rowid = 3"],
    ),
    "words of an article that is gone": (
        "words of nothing",
        ["UPDATE article_words SET rowid = 99 WHERE rowid = 3"],
    ),
}


@pytest.mark.parametrize("case", FLAWS.values(), ids=FLAWS.keys())
def test_a_flaw_is_found(shelf: Shelf, case: tuple[str, list[str]]) -> None:
    check, statements = case
    fill(shelf)

    execute(shelf.database, statements)

    assert check in {flaw.check for flaw in check_database(shelf.database)}


def test_a_sound_database_has_no_flaw(shelf: Shelf) -> None:
    fill(shelf)

    assert list(check_database(shelf.database)) == []


def test_the_index_of_words_is_made_anew_as_it_was(shelf: Shelf) -> None:
    fill(shelf)
    found = shelf.library.search(parse_expression("morocco"), limit=9)
    with shelf.database.write() as connection:
        connection.execute(text("DELETE FROM article_words"))

        assert index_anew(connection) == 6

    assert shelf.library.search(parse_expression("morocco"), limit=9) == found
    assert list(check_database(shelf.database)) == []


def test_orphans_are_found(shelf: Shelf) -> None:
    fill(shelf)
    if isinstance(shelf.database.kind, SqliteFile):
        with closing(sqlite3.connect(shelf.database.kind.path)) as connection:
            connection.execute("DELETE FROM article WHERE id = 3")
            connection.commit()
    else:
        execute(shelf.database, ["DELETE FROM article WHERE id = 3"])

    flaws = [one for one in check_database(shelf.database) if one.check == "orphans"]

    assert any("sighting names a article" in flaw.what for flaw in flaws)
    assert all(flaw.is_damage for flaw in flaws)


def test_a_damaged_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.db"
    with open_database(f"sqlite:///{path}") as database:
        fill(Shelf(database))
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size - 8192)
        file.write(b"\xff" * 4096)

    with open_as_it_is(f"sqlite:///{path}") as database:
        first = next(check_database(database))

    assert first.check == "file"
    assert first.is_damage


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database"):
        open_as_it_is(f"sqlite:///{tmp_path}/rekkas.db")

    assert list(tmp_path.iterdir()) == []


def test_tables_of_another_step_are_named(url: str) -> None:
    open_database(url).close()
    with Database(url) as database:
        execute(database, ["UPDATE alembic_version SET version_num = '0003'"])
    with pytest.raises(StoreError, match="rekkas db upgrade"):
        open_as_it_is(url)

    with Database(url) as database:
        execute(database, ["UPDATE alembic_version SET version_num = '9999'"])
    with pytest.raises(DatabaseTooNew, match="newer rekkas"):
        open_as_it_is(url)


def test_vacuuming_gives_room_back(url: str) -> None:
    with open_database(url) as database:
        shelf = Shelf(database)
        enter(shelf, *range(1, 40), text="Long text. " * 900)
        before = shelf.rows()

        database.kind.vacuum()

        assert shelf.rows() == before


def test_a_file_is_not_vacuumed_while_the_service_runs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/rekkas.db"
    with (
        open_database(url) as database,
        hold_service_lock(url),
        pytest.raises(DatabaseInUse, match="stop it first"),
    ):
        database.kind.vacuum()
