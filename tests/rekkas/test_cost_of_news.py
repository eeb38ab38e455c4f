"""What a document costs from its bytes to the store, new and with nothing new in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config.load import load_settings
from ingest.pace.schedule import PollPolicy
from ingest.read import read_document
from rekkas import compose, configured_sources
from store.database.engine import Database
from store.database.upgrade import open_database
from store.library import Library
from store.prepare import prepare_store
from store.record import PollRecord
from tests.cost import measured
from tests.factories import NOW, make_fetched, make_polled

ENTRIES = 50
SENTENCE = "Morocco and Algeria spoke of the border, and Mali of its own affairs. "


def make_feed(issue: int, *, built: str) -> bytes:
    """Fifty articles of five hundred words, and when the document was built."""
    items = "".join(
        f"<item><title>Report {number} of issue {issue}</title>"
        f"<link>https://p.example/{issue}/{number}</link>"
        f"<guid>{issue}-{number}</guid>"
        f"<description>&lt;p&gt;{SENTENCE * 38}&lt;/p&gt;</description></item>"
        for number in range(ENTRIES)
    )
    return (
        "<rss version='2.0'><channel><title>P</title>"
        f"<lastBuildDate>{built}</lastBuildDate>{items}</channel></rss>"
    ).encode()


def poll_into(database: Database, home: Path) -> Callable[[bytes], PollRecord]:
    """What reads and keeps a document of a source, by the rules that are shipped."""
    settings = load_settings(None, environ={"HOME": str(home)}).settings
    rules = compose.build_rules(settings)
    prepare_store(database, configured_sources.source_names(settings), rules, now=NOW)
    recorder = compose.build_recorder(settings, database, rules)
    library = Library(database)
    slug, source = "yabiladi", configured_sources.build_sources(settings)["yabiladi"]

    def poll(body: bytes) -> PollRecord:
        fetched = make_fetched(body=body)
        document, _ = read_document(source, fetched, NOW, library.known_entries(slug))
        polled = make_polled(document=document, fetched=fetched)
        return recorder.record_poll(slug, polled, policy=PollPolicy(), now=NOW)

    return poll


def test_a_document_whose_build_date_moved_costs_a_twentieth_of_a_new_one(
    tmp_path: Path,
) -> None:
    with open_database(f"sqlite:///{tmp_path}/rekkas.db") as database:
        poll = poll_into(database, tmp_path)
        new, moved = [], []
        for issue in range(4):
            new.append(_cost(poll, make_feed(issue, built="today"), news=ENTRIES))
            moved.append(_cost(poll, make_feed(issue, built="tonight"), news=0))

    assert min(moved) < min(new) / 20


def _cost(poll: Callable[[bytes], PollRecord], body: bytes, *, news: int) -> float:
    with measured() as cost:
        record = poll(body)
    assert record.new == news
    return cost.seconds
