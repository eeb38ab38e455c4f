"""Copies of a file of SQLite: one made while it is written, one put in its place.

A copy is written beside its place under another name, brought to the disk and then
renamed, so that a kill at any moment leaves a whole file under every name that counts.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from store.database.durable import sync, sync_folder, written_beside
from store.database.sqlite import BUSY_TIMEOUT_SECONDS, SqliteFile, explain_trouble
from store.errors import StoreError

_BESIDE = ("-wal", "-shm")


def back_up(database: SqliteFile, target: Path) -> int:
    """Write the file as it is at this moment to `target`; how many bytes it takes.

    Writers go on meanwhile. A target that is there is replaced once the copy is whole.

    Raises:
        StoreError: the target cannot be written, or the database not read; nothing
            is left of the copy.
    """
    _refuse_itself(database, target)
    with written_beside(target) as partial:
        copy_file(database.path, partial, named=database.place, onto=target)
    return target.stat().st_size


def copy_file(source: Path, partial: Path, *, named: str, onto: Path) -> None:
    """Copy one moment of a database to a file of its own, without a log beside it.

    Troubles are told of the two as they are `named`.
    """
    with closing(_open(source, named)) as reading, closing(_open_new(partial)) as copy:
        try:
            reading.execute("SELECT count(*) FROM sqlite_schema")
        except sqlite3.Error as error:
            raise explain_trouble(named, error) from error
        try:
            reading.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise StoreError(
                f"the copy of {named} to {onto} failed ({error}): free space on its "
                "disk, or name another file; nothing was changed"
            ) from error


def put_in_place(database: SqliteFile, fresh: Path) -> Path | None:
    """Let a whole file be the database from now on; where the one of before is kept.

    None where there was none. No other process may have the database open.

    Raises:
        StoreError: another program has it open; it was left as it is.
    """
    kept = None
    _belong_like(database, fresh)
    if database.path.exists():
        kept = database.path.with_name(database.path.name + ".before-restore")
        _settle_old(database)
        _keep(database.path, kept)
    fresh.replace(database.path)
    sync_folder(database.path.parent)
    return kept


def settle(path: Path) -> None:
    """Bring a copy that nobody else knows to the disk, as one file."""
    with closing(_open_new(path)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
    sync(path)


def _refuse_itself(database: SqliteFile, target: Path) -> None:
    if target.exists() and database.path.exists() and target.samefile(database.path):
        raise StoreError(f"{target} is the database itself: name another file")


def _open(path: Path, named: str) -> sqlite3.Connection:
    if not path.is_file():
        raise StoreError(f"there is no file {named}: check its name")
    try:
        address = f"{path.resolve().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_SECONDS)
    except sqlite3.Error as error:
        raise explain_trouble(named, error) from error


def _open_new(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _settle_old(database: SqliteFile) -> None:
    """Bring all that is written into the one file, and its log out of the way.

    A damaged file cannot be settled; what stands beside it is kept with it.
    """
    try:
        with closing(sqlite3.connect(database.path, isolation_level=None)) as old:
            mode = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            is_settled = mode == "delete"
    except sqlite3.OperationalError as error:
        raise database.explain(error) from error
    except sqlite3.DatabaseError:
        _keep_log(database.path)
        return
    if not is_settled:
        raise StoreError(
            f"another program has the database {database.place} open: end it first"
        )


def _belong_like(database: SqliteFile, fresh: Path) -> None:
    """Let who restores as root not keep the service from its database."""
    is_there = database.path.exists()
    model = (database.path if is_there else database.path.parent).stat()
    if is_there:
        fresh.chmod(model.st_mode & 0o777)
    if os.geteuid() == 0:
        os.chown(fresh, model.st_uid, model.st_gid)


def _keep_log(path: Path) -> None:
    for ending in _BESIDE:
        with suppress(FileNotFoundError):
            log = path.with_name(path.name + ending)
            log.replace(path.with_name(f"{path.name}.before-restore{ending}"))


def _keep(path: Path, kept: Path) -> None:
    """Give the file a second name; where a disk knows no such thing, copy it."""
    kept.unlink(missing_ok=True)
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)
