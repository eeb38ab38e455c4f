"""One service a database: a lock that is gone with the process that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from store.database.engine import kind_of
from store.errors import DatabaseInUse


@contextmanager
def hold_service_lock(url: str) -> Iterator[None]:
    """Keep other services off the database at `url` while the block runs.

    Raises:
        DatabaseInUse: another service has it.
        StoreError: no lock can be had.
    """
    kind = kind_of(url)
    with kind.take_service_lock() as is_only:
        if not is_only:
            raise DatabaseInUse(
                f"another rekkas service runs on the database {kind.place}, or a "
                "command that writes it anew: stop it, or name another database in "
                "storage.url"
            )
        yield


def find_service(url: str) -> int | None:
    """The number of the process that has the database, None where none has.

    Raises:
        StoreError: it cannot be asked, or a process of another machine has it.
    """
    return kind_of(url).find_service()


def place_of(url: str) -> str:
    """The database as the operator knows it, without its password."""
    return kind_of(url).place
