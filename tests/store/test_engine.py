from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from store.database.engine import Database
from store.database.sqlite import explain_trouble
from store.database.upgrade import open_database
from store.errors import DatabaseUnwritable, StoreError
from tests.store.conftest import is_integral

TROUBLES = {
    "a full disk": ("database or disk is full", "free space"),
    "a read-only file": ("attempt to write a readonly database", "right to write"),
    "a folder that is not there": ("unable to open database file", "folder"),
    "a failing disk": ("disk I/O error", "check the disk"),
    "a lock that stays": ("database is locked", "stop that program"),
    "a file of another kind": ("file is not a database", "move the file away"),
    "a damaged file": ("database disk image is malformed", "restore a backup"),
    "anything else": ("no such table: moon", "no such table: moon"),
}


@pytest.mark.parametrize("case", TROUBLES.values(), ids=TROUBLES.keys())
def test_trouble_is_told_with_the_file_and_what_to_do(case: tuple[str, str]) -> None:
    reason, advice = case

    told = str(explain_trouble("/srv/rekkas.db", RuntimeError(reason)))

    assert "/srv/rekkas.db" in told
    assert advice in told
    assert reason in told


PASSING = ("a full disk", "a failing disk", "a lock that stays")


@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_that_may_pass_is_told_apart(name: str) -> None:
    reason, _ = TROUBLES[name]

    told = explain_trouble("/srv/rekkas.db", RuntimeError(reason))

    assert isinstance(told, DatabaseUnwritable) == (name in PASSING)


def fail_half_way(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE change SET number = 99"))
        raise RuntimeError("half-way")


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError, match="half-way"):
        fail_half_way(database)

    with database.read() as connection:
        assert connection.execute(text("SELECT number FROM change")).scalar_one() == 0


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.write() as writer:
        writer.execute(text("UPDATE change SET number = 99"))
        with database.read() as reader:
            number = reader.execute(text("SELECT number FROM change")).scalar_one()

    assert number == 0


def test_an_sql_error_leaves_as_a_store_error(database: Database) -> None:
    with pytest.raises(StoreError, match="moon"), database.read() as reader:
        reader.execute(text("SELECT * FROM moon"))


def test_a_fresh_database_is_sound(database: Database) -> None:
    assert is_integral(database)


def test_foreign_keys_are_kept(database: Database) -> None:
    with (
        pytest.raises(StoreError, match=r"(?i)foreign key"),
        database.write() as writer,
    ):
        writer.execute(
            text("INSERT INTO article_tag VALUES (1, 'mali', 'about', '[]')")
        )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(StoreError, match="cannot be made"):
        open_database(f"sqlite:///{tmp_path}/inner/rekkas.db")


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "inner").write_text("a file")

    with pytest.raises(StoreError, match="cannot be made"):
        open_database(f"sqlite:///{tmp_path}/inner/rekkas.db")
