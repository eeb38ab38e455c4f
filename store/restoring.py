"""Put a backup in the place of a database, or leave all as it is.

The copy is looked through and brought to this version beside the database, before it
takes its place in one step.
"""

from __future__ import annotations

from pathlib import Path

from store.database.engine import kind_of
from store.database.sqlite import PREFIX, SqliteFile
from store.database.sqlite_backup import back_up, copy_file, put_in_place, settle
from store.database.upgrade import open_database, read_step
from store.errors import StoreError
from store.keeping import check_database
from store.service_lock import hold_service_lock, place_of


def back_up_database(url: str, target: Path) -> int:
    """Write a copy of the database to a file; how many bytes it takes.

    Raises:
        StoreError: it is none of SQLite, or the copy cannot be written.
    """
    return back_up(_file_of(url, "pg_dump --format=custom"), target)


def restore_database(url: str, backup: Path) -> Path | None:
    """Let a backup be the database; where the one of before is kept, None without one.

    Raises:
        DatabaseInUse: a service, or another restore, has the database.
        DatabaseTooNew: a later version wrote the backup.
        StoreError: the backup is broken, or the database is none of SQLite.
    """
    database = _file_of(url, "pg_restore")
    database.make_room()
    fresh = database.path.with_name(f".{database.path.name}.restoring")
    with hold_service_lock(url):
        try:
            _remove(fresh)  # that of a restore that was killed
            copy_file(backup, fresh, named=str(backup), onto=fresh)
            _make_ready(fresh, backup)
            return put_in_place(database, fresh)
        finally:
            _remove(fresh)


def _file_of(url: str, program: str) -> SqliteFile:
    kind = kind_of(url)
    if isinstance(kind, SqliteFile):
        return kind
    raise StoreError(
        f"the database {kind.place} is one of PostgreSQL, which has programs of its "
        f"own for this: use {program}, or `rekkas export` and `rekkas import`"
    )


def _make_ready(fresh: Path, backup: Path) -> None:
    """Bring a copy to this version, and to the disk, if it is whole."""
    url = f"{PREFIX}{fresh}"
    try:
        _refuse_broken(url)
    except StoreError as error:
        told = str(error).replace(str(fresh), str(backup))
        raise type(error)(f"the backup cannot be restored: {told}") from error
    settle(fresh)


def _refuse_broken(url: str) -> None:
    place = place_of(url)
    if read_step(url) is None:
        raise StoreError(f"the file {place} holds no tables of rekkas: name another")
    with open_database(url) as database:
        for flaw in check_database(database):
            if flaw.is_damage:
                examples = ", ".join(flaw.examples)
                raise StoreError(
                    f"the file {place} is broken ({flaw.what}: {examples}): name "
                    "another"
                )


def _remove(fresh: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
