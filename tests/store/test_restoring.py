from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from store.database.upgrade import open_database
from store.errors import DatabaseInUse, DatabaseTooNew, StoreError
from store.keeping import check_database
from store.restoring import back_up_database, restore_database
from store.service_lock import hold_service_lock
from tests.factories import make_numbered
from tests.postgresql import TestServer
from tests.store.conftest import Shelf
from tests.store.test_archive import enter


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A file of SQLite with three articles."""
    address = f"sqlite:///{tmp_path}/rekkas.db"
    with open_database(address) as database:
        enter(Shelf(database), 1, 2, 3)
    return address


def count_articles(url: str) -> int:
    with open_database(url) as database, database.read() as connection:
        assert list(check_database(database)) == []
        count: int = connection.execute(
            text("SELECT count(*) FROM article")
        ).scalar_one()
        return count


def add_article(url: str, number: int) -> None:
    with open_database(url) as database:
        Shelf(database).record(make_numbered(number))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_restored_backup_has_every_row(url: str, tmp_path: Path) -> None:
    with open_database(url) as database:
        before = Shelf(database).rows()
    back_up_database(url, tmp_path / "copy")
    add_article(url, 4)

    restore_database(url, tmp_path / "copy")

    with open_database(url) as database:
        assert Shelf(database).rows() == before


def test_a_backup_is_one_file_and_whole_while_a_writer_writes(
    url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    is_over = threading.Event()

    def write() -> None:
        with open_database(url) as database:
            shelf = Shelf(database)
            for number in range(10, 5_000):
                if is_over.is_set():
                    return
                shelf.record(make_numbered(number))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with hold_service_lock(url):
            for number in range(5):
                back_up_database(url, folder / f"{number}.db")
    finally:
        is_over.set()
        writer.join()

    assert names(folder) == {f"{number}.db" for number in range(5)}
    counts = [count_articles(f"sqlite:///{folder}/{number}.db") for number in range(5)]
    assert counts == sorted(counts)


def test_a_backup_takes_the_place_of_the_last(url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    back_up_database(url, target)
    add_article(url, 4)

    size = back_up_database(url, target)

    assert target.stat().st_size == size
    assert count_articles(f"sqlite:///{target}") == 4


TARGETS = {
    "a folder that is not there": ("no/such/folder/copy", "cannot be written"),
    "a folder": (".", "cannot be written"),
    "the database itself": ("rekkas.db", "is the database itself"),
}


@pytest.mark.parametrize("case", TARGETS.values(), ids=TARGETS.keys())
def test_a_target_that_cannot_be_written_is_named(
    url: str, tmp_path: Path, case: tuple[str, str]
) -> None:
    name, told = case
    before = names(tmp_path)

    with pytest.raises(StoreError, match=told):
        back_up_database(url, tmp_path / name)

    assert names(tmp_path) == before
    assert count_articles(url) == 3


def test_a_target_that_fills_is_named_and_leaves_nothing(
    url: str, tmp_path: Path
) -> None:
    (tmp_path / "copy").write_text("the last backup")
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from store.restoring import back_up_database\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "back_up_database(sys.argv[1], Path(sys.argv[2]))\n"
    )

    failed = subprocess.run(
        [sys.executable, "-c", script, url, str(tmp_path / "copy")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "StoreError" in failed.stderr
    assert f"to {tmp_path / 'copy'} failed" in failed.stderr
    assert (tmp_path / "copy").read_text() == "the last backup"
    assert not [name for name in names(tmp_path) if "partial" in name]


def test_a_newer_backup_is_refused(url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    back_up_database(url, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(DatabaseTooNew, match=f"{copy} was written by a newer"):
        restore_database(url, copy)

    assert count_articles(url) == 3


def spoil_pages(copy: Path) -> None:
    with copy.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 8192)


def lose_an_article(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DELETE FROM article WHERE id = 2")
        connection.commit()


BROKEN = {
    "cut in the middle": (lambda copy: os.truncate(copy, 60_000), "restored|broken"),
    "spoilt pages": (spoil_pages, "restored|broken"),
    "a row that is named and gone": (lose_an_article, "broken"),
    "no database": (lambda copy: copy.write_text("notes " * 999), "no SQLite"),
    "an empty file": (lambda copy: os.truncate(copy, 0), "holds no tables"),
    "a file that is not there": (Path.unlink, "there is no file"),
}


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_backup_is_refused(
    url: str, tmp_path: Path, case: tuple[Callable[[Path], object], str]
) -> None:
    spoil, told = case
    copy = tmp_path / "copy"
    back_up_database(url, copy)
    spoil(copy)

    with pytest.raises(StoreError, match=told) as refused:
        restore_database(url, copy)

    assert str(copy) in str(refused.value)
    assert count_articles(url) == 3
    assert not [name for name in names(tmp_path) if "restor" in name]


def test_nothing_is_restored_under_a_service(url: str, tmp_path: Path) -> None:
    back_up_database(url, tmp_path / "copy")

    with hold_service_lock(url), pytest.raises(DatabaseInUse):
        restore_database(url, tmp_path / "copy")


def test_of_two_restores_at_once_one_is_refused_and_the_other_whole(
    url: str, tmp_path: Path
) -> None:
    back_up_database(url, tmp_path / "one")
    add_article(url, 4)
    back_up_database(url, tmp_path / "other")
    script = (
        "import sys; from pathlib import Path\n"
        "from store.errors import DatabaseInUse\n"
        "from store.restoring import restore_database\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "done, told = 0, ''\n"
        "while done < 10:\n"
        "    try: restore_database(sys.argv[1], Path(sys.argv[2])); done += 1\n"
        "    except DatabaseInUse as error: told = str(error)\n"
        "print(told, flush=True)\n"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", script, url, str(tmp_path / name)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "other")
    ]

    for each in both:
        assert each.stdout is not None
        each.stdout.readline()
    for each in both:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    told = [each.communicate(timeout=120)[0] for each in both]

    assert [each.returncode for each in both] == [0, 0]
    assert any("or a command that writes it anew" in words for words in told)
    assert count_articles(url) in (3, 4)
    assert not [name for name in names(tmp_path) if name.endswith(".restoring")]


def test_nothing_is_restored_under_another_program(url: str, tmp_path: Path) -> None:
    back_up_database(url, tmp_path / "copy")
    add_article(url, 4)

    with (
        open_database(url) as other,
        other.read() as connection,
    ):
        connection.execute(text("SELECT count(*) FROM article"))
        with pytest.raises(StoreError, match=r"open|locked"):
            restore_database(url, tmp_path / "copy")

    assert count_articles(url) == 4


def test_a_damaged_database_is_replaced_and_kept(url: str, tmp_path: Path) -> None:
    back_up_database(url, tmp_path / "copy")
    (tmp_path / "rekkas.db").write_text("spoilt " * 999)

    kept = restore_database(url, tmp_path / "copy")

    assert kept is not None
    assert kept.read_text().startswith("spoilt")
    assert count_articles(url) == 3


def test_a_backup_is_restored_where_there_is_no_database(
    url: str, tmp_path: Path
) -> None:
    back_up_database(url, tmp_path / "copy")
    elsewhere = f"sqlite:///{tmp_path}/new/rekkas.db"

    assert restore_database(elsewhere, tmp_path / "copy") is None
    assert count_articles(elsewhere) == 3


def test_a_kill_at_any_moment_of_a_restore_leaves_a_whole_database(
    url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    back_up_database(url, copy)
    add_article(url, 4)
    script = (
        "import sys; from pathlib import Path\n"
        "from store.restoring import restore_database\n"
        "print('ready', flush=True)\n"
        "while True: restore_database(sys.argv[1], Path(sys.argv[2]))\n"
    )

    for moment in range(6):
        command = [sys.executable, "-c", script, url, str(copy)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as restoring:
            assert restoring.stdout is not None
            restoring.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                restoring.wait(timeout=0.05 + moment * 0.11)
            restoring.send_signal(signal.SIGKILL)

        assert count_articles(url) in (3, 4)

    restore_database(url, copy)
    assert not [name for name in names(tmp_path) if name.endswith(".restoring")]


def test_postgresql_has_programs_of_its_own(postgresql: TestServer) -> None:
    with postgresql.database() as url:
        with pytest.raises(StoreError, match="pg_dump"):
            back_up_database(url, Path("copy"))
        with pytest.raises(StoreError, match="pg_restore"):
            restore_database(url, Path("copy"))
