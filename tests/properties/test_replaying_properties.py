from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from ingest.entry import Entry
from store.database.upgrade import open_database
from store.keeping import check_database
from store.replayed import ReplayedArticle
from store.replaying import Replay
from tests.factories import NOW, make_document
from tests.properties.test_record_properties import POLLS
from tests.store.conftest import SOURCES, Shelf

Polls = list[tuple[str, list[Entry]]]

# What an entry that has nothing but its title was, later titles may leave open.
KEYED_POLLS = POLLS.map(
    lambda polls: [
        (source, [one for one in entries if one.guid or one.canonical_url])
        for source, entries in polls
    ]
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, made once and copied for each example."""
    path = tmp_path_factory.mktemp("empty") / "rekkas.db"
    open_database(f"sqlite:///{path}").close()
    return path


def replay(shelf: Shelf, polls: Polls, *, is_trial: bool) -> list[ReplayedArticle]:
    work = Replay(
        database=shelf.database,
        rules=shelf.rules,
        duplicates=shelf.duplicates,
        names=SOURCES,
        is_trial=is_trial,
    )
    return [
        found
        for number, (source, entries) in reversed(list(enumerate(polls)))
        for found in work.take(
            source, make_document(*entries), at=NOW + timedelta(minutes=number)
        )
    ]


@pytest.mark.property
@settings(max_examples=15, deadline=None, derandomize=True)
@given(polls=KEYED_POLLS)
def test_what_was_polled_by_the_same_rules_is_replayed_without_a_change(
    empty: Path, polls: Polls
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, folder)
        with open_database(f"sqlite:///{path}") as database:
            shelf = Shelf(database)
            for number, (source, entries) in enumerate(polls):
                now = NOW + timedelta(minutes=number)
                shelf.record(*entries, source=source, now=now)
            before = shelf.rows()

            tried = replay(shelf, polls, is_trial=True)
            found = replay(shelf, polls, is_trial=False)

            assert (tried, found) == ([], [])
            assert shelf.rows() == before
            assert list(check_database(database)) == []


@pytest.mark.property
@settings(max_examples=15, deadline=None, derandomize=True)
@given(polls=KEYED_POLLS)
def test_what_is_replayed_into_nothing_is_replayed_again_without_a_change(
    empty: Path, polls: Polls
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, folder)
        with open_database(f"sqlite:///{path}") as database:
            shelf = Shelf(database)
            replay(shelf, polls, is_trial=False)
            before = shelf.rows()

            again = replay(shelf, polls, is_trial=False)

            assert again == []
            assert shelf.rows() == before
            assert list(check_database(database)) == []
