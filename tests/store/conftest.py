"""A real database of each kind, the shipped rules cut small, a recorder over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from config.expression import Clause, Expression, Field, Form
from config.tag_settings import TagSettings
from ingest.entry import Entry
from ingest.pace.schedule import PollPolicy
from ingest.poll import PollOutcome
from store.classify.decide import Rules
from store.classify.tagging import build_tagger
from store.database import tables
from store.database.engine import Database
from store.database.sources import SourceName
from store.database.tables import metadata
from store.database.upgrade import open_database
from store.identify.originals import DuplicateRules
from store.library import Library
from store.once import Once
from store.prepare import prepare_store
from store.record import PollRecord, Recorder
from tests.factories import NOW, make_polled
from tests.postgresql import TestServer

SOURCES = (
    SourceName(slug="yabiladi", title="Ya Biladi", home="https://www.yabiladi.com/"),
    SourceName(slug="daily8", title="Daily8", home=None),
)


def about(tag: str) -> Clause:
    """The clause `about:TAG`."""
    return Clause(
        field=Field.ABOUT, form=Form.WORD, value=tag, written=f"about:{tag}", column=1
    )


def make_rules(**topics: Expression) -> Rules:
    """The tags Morocco and Mali, and these topics."""
    tags = {
        slug: TagSettings.model_validate(
            {"title": slug.title(), "kind": "place", "names": {"en": [slug.title()]}}
        )
        for slug in ("morocco", "mali")
    }
    return Rules(tagger=build_tagger(tags, publisher_names=()), topics=topics)


class Shelf:
    """A database with its rules: what a test records into and reads from."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.library = Library(database)
        self.duplicates = DuplicateRules()
        self.rules = make_rules(morocco=about("morocco"), mali=about("mali"))
        self.prepare(self.rules)

    def prepare(self, rules: Rules, *, now: datetime = NOW) -> None:
        """Start anew with these rules."""
        self.rules = rules
        prepare_store(self.database, SOURCES, rules, now=now)

    def record(
        self, *entries: Entry, source: str = "yabiladi", now: datetime = NOW
    ) -> PollRecord:
        """Record a document of these entries."""
        return self.record_outcome(make_polled(*entries), source=source, now=now)

    def record_outcome(
        self, outcome: PollOutcome, *, source: str = "yabiladi", now: datetime = NOW
    ) -> PollRecord:
        """Record whatever a poll brought."""
        recorder = Recorder(self.database, self.rules, duplicates=self.duplicates)
        return recorder.record_poll(source, outcome, policy=PollPolicy(), now=now)

    def titles(self, topic: str, *, collapse: bool = True) -> list[str]:
        """The titles that a topic shows, the latest first."""
        once = Once() if collapse else None
        found = self.library.latest_publications(topic, limit=50, once=once)
        return [publication.article.title for publication in found]

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table but the source's, for comparing two moments."""
        with self.database.read() as connection:
            rows = {
                table.name: [tuple(row) for row in connection.execute(select(table))]
                for table in metadata.sorted_tables
                if table.name != "source"
            }
            found = connection.exec_driver_sql("SELECT rowid FROM article_words")
            rows["article_words"] = [tuple(row) for row in found]
        return {name: sorted(several, key=repr) for name, several in rows.items()}


def is_integral(database: Database) -> bool:
    """Whether SQLite finds every page, index and foreign key of the file sound.

    PostgreSQL has no such question: it never lets a foreign key be broken.
    """
    with database.read() as connection:
        if connection.dialect.name != "sqlite":
            return True
        sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        return sound and orphan is None


KINDS = ("sqlite", "postgresql")


@contextmanager
def make_url(
    kind: str, folder: Path, request: pytest.FixtureRequest, *, has_tables: bool
) -> Iterator[str]:
    """The address of a database of one kind; PostgreSQL is asked for when needed."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'state' / 'rekkas.db'}"
        return
    server: TestServer = request.getfixturevalue("postgresql")
    with server.database(has_tables=has_tables) as url:
        yield url


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which there is nothing yet."""
    with make_url(request.param, tmp_path, request, has_tables=False) as address:
        yield address


@pytest.fixture(scope="session")
def served_database(postgresql: TestServer) -> Iterator[Database]:
    """A database of PostgreSQL that all tests of a worker use, one after the other."""
    with postgresql.database() as address, open_database(address) as opened:
        yield opened


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with every table and no row."""
    if request.param == "postgresql":
        # Emptied, since to make one and to connect to it takes ten times as long.
        yield empty(request.getfixturevalue("served_database"))
        return
    with open_database(f"sqlite:///{tmp_path / 'state' / 'rekkas.db'}") as opened:
        yield opened


def empty(database: Database) -> Database:
    """The database as if it had just been made."""
    names = ", ".join(table.name for table in metadata.sorted_tables)
    with database.write() as connection:
        connection.execute(text(f"TRUNCATE {names}, article_words"))
        connection.execute(tables.change.insert().values(only=1, number=0))
    return database


@pytest.fixture
def shelf(database: Database) -> Shelf:
    """A database that knows two sources, two tags and two topics."""
    return Shelf(database)
