"""What an operator is shown of a database, of each kind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.database.engine import Database
from store.errors import StoreError
from tests.factories import NOW, make_entry
from tests.store.conftest import Shelf


def test_a_database_takes_room_on_disk(shelf: Shelf) -> None:
    shelf.record(make_entry(title="Mali", text="word " * 1000))

    assert shelf.library.size_bytes() > 10_000


def test_each_transaction_is_told_with_its_kind(database: Database) -> None:
    told: list[tuple[str, float]] = []
    database.watched_by(lambda kind, seconds: told.append((kind, seconds)))

    with database.read():
        pass
    with database.write():
        pass
    with pytest.raises(StoreError), database.write():
        raise StoreError("it failed half-way")

    assert [kind for kind, _ in told] == ["read", "write", "write"]
    assert all(seconds >= 0 for _, seconds in told)


def test_what_sources_carried_first_is_counted_by_day(shelf: Shelf) -> None:
    shelf.record(make_entry(title="Mali"))

    arrivals = shelf.library.arrivals(since=NOW - timedelta(days=1))
    later = shelf.library.arrivals(since=NOW + timedelta(days=1))

    assert [dict(days) for days in arrivals.values()] == [{NOW.date(): 1}]
    assert not later
