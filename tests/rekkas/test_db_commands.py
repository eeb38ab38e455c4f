from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from rekkas.cli import cli
from store.service_lock import hold_service_lock
from tests.rekkas.conftest import Run


def execute(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "rekkas.db")) as connection:
        connection.execute(statement)
        connection.commit()


def test_upgrade_makes_the_tables_and_then_has_nothing_to_do(run: Run) -> None:
    made = run("db", "upgrade")
    again = run("db", "upgrade")

    assert "was upgraded from nothing to" in made.output
    assert "is up to date" in again.output
    assert (made.exit_code, again.exit_code) == (0, 0)


def test_upgrade_refuses_a_newer_database(run: Run, folder: Path) -> None:
    run("db", "upgrade")
    execute(folder, "UPDATE alembic_version SET version_num = '9999'")

    refused = run("db", "upgrade")

    assert refused.exit_code == 3
    assert "written by a newer rekkas (tables 9999" in refused.stderr


def test_check_says_that_all_is_well(run: Run) -> None:
    run("ingest", "daily8")

    checked = run("db", "check")

    assert checked.exit_code == 0
    assert "is sound" in checked.output
    assert json.loads(run("db", "check", "--json").stdout) == []


def test_check_names_every_flaw_and_what_helps(run: Run, folder: Path) -> None:
    run("ingest", "daily8")
    execute(folder, "DELETE FROM article_words WHERE rowid = 2")

    checked = run("db", "check")
    (row,) = json.loads(run("db", "check", "--json").stdout)

    assert checked.exit_code == 3
    assert "an article cannot be found by its words: 1 (2)" in checked.output
    assert "rekkas db reindex" in checked.output
    assert (row["check"], row["count"], row["examples"]) == ("words", 1, ["2"])


def test_reindex_mends_the_index_of_words(run: Run, folder: Path) -> None:
    run("ingest", "daily8")
    execute(folder, "DELETE FROM article_words")

    mended = run("db", "reindex")

    assert "articles can be found by their words" in mended.output
    assert run("db", "check").exit_code == 0


def test_check_makes_no_database(run: Run, folder: Path) -> None:
    checked = run("db", "check")

    assert checked.exit_code == 3
    assert "there is no database" in checked.stderr
    assert not (folder / "rekkas.db").exists()


def test_vacuum_waits_for_no_service(run: Run, folder: Path) -> None:
    run("ingest", "daily8")

    with hold_service_lock(f"sqlite:///{folder / 'rekkas.db'}"):
        refused = run("db", "vacuum")
    done = run("db", "vacuum")

    assert refused.exit_code == 3
    assert "stop it first" in refused.stderr
    assert done.exit_code == 0


def test_a_backup_is_restored_and_the_old_database_kept(run: Run, folder: Path) -> None:
    run("ingest", "daily8")
    saved = run("db", "backup", "copy.db")
    execute(folder, "DELETE FROM article_words")

    restored = run("db", "restore", "copy.db")

    assert saved.exit_code == 0
    assert "was copied to copy.db" in saved.output
    assert restored.exit_code == 0
    assert "rekkas.db.before-restore" in restored.output
    assert run("db", "check").exit_code == 0


def test_a_backup_that_is_not_there_is_named(run: Run) -> None:
    refused = run("db", "restore", "nothing.db")

    assert refused.exit_code == 3
    assert "there is no file nothing.db" in refused.stderr


def test_a_database_is_exported_and_imported(run: Run, folder: Path) -> None:
    run("ingest", "daily8")

    written = run("export", "news.jsonl")
    (folder / "rekkas.db").unlink()
    read = run("import", "news.jsonl")
    again = run("export", "-")

    assert (written.exit_code, read.exit_code) == (0, 0)
    assert "rows were read into" in read.stderr
    assert again.stdout_bytes == (folder / "news.jsonl").read_bytes()
    assert run("db", "check").exit_code == 0


def test_lines_are_imported_from_standard_input(run: Run, folder: Path) -> None:
    run("db", "upgrade")
    lines = run("export", "-").stdout_bytes

    read = CliRunner().invoke(cli, ["import", "-"], input=lines, prog_name="rekkas")
    spoilt = CliRunner().invoke(cli, ["import", "-"], input=lines[:9])

    assert read.exit_code == 0
    assert spoilt.exit_code == 3
    assert "line 1 of the lines is spoilt" in spoilt.stderr


def test_an_import_into_a_database_in_use_is_refused(run: Run) -> None:
    run("ingest", "daily8")
    run("export", "news.jsonl")

    refused = run("import", "news.jsonl")
    missing = run("import", "nothing.jsonl")

    assert refused.exit_code == 3
    assert "is not empty" in refused.stderr
    assert missing.exit_code == 3
    assert "nothing.jsonl cannot be read" in missing.stderr


def test_an_export_that_cannot_be_written_leaves_nothing(
    run: Run, folder: Path
) -> None:
    run("ingest", "daily8")

    failed = run("export", "no/such/folder/news.jsonl")

    assert failed.exit_code == 3
    assert "cannot be written" in failed.stderr
