from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.entry import CanonicalUrl, Entry, EntryGuid
from store.database.engine import Database
from store.database.upgrade import open_database
from tests.factories import NOW, make_entry, make_polled, make_unchanged
from tests.postgresql import TestServer
from tests.store.conftest import Shelf, is_integral

# Few keys, so that every way of sharing, swapping and dropping them comes up.
ENTRIES = st.builds(
    lambda guid, url, title, text: make_entry(
        guid=guid and EntryGuid(guid),
        canonical_url=url and CanonicalUrl(url),
        title=title,
        text=text,
    ),
    st.sampled_from([None, "g1", "g2"]),
    st.sampled_from([None, "https://a.example/1", "https://a.example/2"]),
    st.sampled_from(["Morocco one", "Mali two", "Neither"]),
    st.sampled_from(["", "short", "Morocco " * 40]),
)
DOCUMENTS = st.lists(ENTRIES, max_size=5)
POLLS = st.lists(
    st.tuples(st.sampled_from(["yabiladi", "daily8"]), DOCUMENTS), max_size=6
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, made once and copied for each example."""
    path = tmp_path_factory.mktemp("empty") / "rekkas.db"
    open_database(f"sqlite:///{path}").close()
    return path


def check_whole(database: Database, polls: list[tuple[str, list[Entry]]]) -> None:
    shelf = Shelf(database)
    for hour, (source, entries) in enumerate(polls):
        now = NOW + timedelta(minutes=hour)
        shelf.record(*entries, source=source, now=now)
        before = shelf.rows()

        again = shelf.record(*entries, source=source, now=now)

        assert (again.new, again.entered) == (0, 0)
        assert shelf.rows() == before
    assert is_integral(database)


def check_told(database: Database, polls: list[tuple[str, list[Entry]]]) -> None:
    shelf = Shelf(database)
    for hour, (source, entries) in enumerate(polls):
        now = NOW + timedelta(minutes=hour)
        told = make_unchanged(entries, shelf.library.known_entries(source))
        first = shelf.record_outcome(make_polled(document=told), source=source, now=now)
        assert first.new + first.revised + first.sighted == len(entries)
        assert shelf.library.known_entries(source) == {one.digest for one in entries}
        before = shelf.rows()

        told = make_unchanged(entries, shelf.library.known_entries(source))
        again = shelf.record_outcome(make_polled(document=told), source=source, now=now)

        assert told.entries == ()
        assert (again.new, again.revised, again.sighted) == (0, 0, len(entries))
        assert shelf.rows() == before
    assert is_integral(database)


CHECKS = {
    "anything twice": check_whole,
    "what is told by its digest when told again": check_told,
}


@pytest.mark.property
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@settings(max_examples=8, deadline=None)
@given(polls=POLLS)
def test_nothing_is_changed_by_recording_in_postgresql(
    postgresql: TestServer,
    check: Callable[[Database, list[tuple[str, list[Entry]]]], None],
    polls: list[tuple[str, list[Entry]]],
) -> None:
    with postgresql.database() as url, open_database(url) as database:
        check(database, polls)


@pytest.mark.property
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@settings(max_examples=30, deadline=None)
@given(polls=POLLS)
def test_nothing_is_changed_by_recording(
    empty: Path,
    check: Callable[[Database, list[tuple[str, list[Entry]]]], None],
    polls: list[tuple[str, list[Entry]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, folder)
        with open_database(f"sqlite:///{path}") as database:
            check(database, polls)
