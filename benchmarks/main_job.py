"""What the main job costs: CPU time of each step of the way of a document.

Times mean little from one machine to the next, so each is printed as a share of the
whole too. The same on PostgreSQL, whose server has a process of its own, is compared by
the clock on the wall: one process records, in both kinds of database in turn. Neither
waits for its disk: SQLite with synchronous=NORMAL, PostgreSQL with fsync off. Run by
`make bench`; needs no network and leaves nothing behind.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from config.load import load_settings
from ingest.entry import UNASKED
from ingest.fetch.outcome import (
    NO_VALIDATORS,
    Fetched,
    InMemory,
    NotModified,
)
from ingest.formats.choose import parse_document
from ingest.normalise.document import normalise_document
from ingest.pace.schedule import PollPolicy
from ingest.poll import Polled
from ingest.reading_rules import reading_rules
from ingest.source import Source
from publish.documents import FeedIn
from publish.feed import FeedFormat
from publish.feed_name import topic_feed
from rekkas import compose, configured_sources
from store.database.sources import SourceName
from store.database.upgrade import open_database
from store.library import Library
from store.prepare import prepare_store
from store.record import Recorder
from tests.postgresql import serve_postgresql

SOURCES = 20
ENTRIES = 50
SENTENCE = "Morocco and Algeria spoke of the border, and Mali of its own affairs. "
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

STORED = (
    "record (tags, topics, index)",
    "record known entries",
    "record a 304",
    "render every topic feed",
)

Result = TypeVar("Result")


class Costs:
    """CPU seconds by step, in the order of the steps; `waited` has the wall's."""

    def __init__(self) -> None:
        self.waited: dict[str, float] = defaultdict(float)
        self._seconds: dict[str, float] = {}

    def of(self, step: str, work: Callable[[], Result]) -> Result:
        """The result of the work, its cost added to the step's."""
        start, begins = time.process_time(), time.perf_counter()
        result = work()
        self.waited[step] += time.perf_counter() - begins
        spent = time.process_time() - start
        self._seconds[step] = self._seconds.get(step, 0.0) + spent
        return result

    def show(self, *, entries: int) -> None:
        """Print microseconds an entry, and each step's share of the whole."""
        whole = sum(self._seconds.values())
        for step, spent in self._seconds.items():
            each = spent / entries * 1e6
            print(f"  {step:<28}{each:>8.0f} µs an entry {spent / whole:>6.1%}")


def make_feed(source: int) -> bytes:
    """A feed of fifty articles of five hundred words."""
    items = "".join(
        f"<item><title>Report {number} of paper {source} on Mali</title>"
        f"<guid>{source}-{number}</guid><link>https://p.example/{source}/{number}</link>"
        f"<pubDate>Mon, 23 Nov 2026 08:{number:02}:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{SENTENCE * 38}&lt;/p&gt;</description></item>"
        for number in range(ENTRIES)
    )
    head = "<?xml version='1.0'?><rss version='2.0'><channel><title>P</title>"
    return f"{head}{items}</channel></rss>".encode()


def measure_documents(folder: Path, url: str) -> Costs:
    """Read, clean, record and publish documents; then poll them unchanged."""
    settings = load_settings(None, environ={"HOME": str(folder)}).settings
    rules = compose.build_rules(settings)
    sources = configured_sources.build_sources(settings)
    slugs = list(sources)[1 : SOURCES + 1]
    costs = Costs()
    with open_database(url) as database:
        names = [SourceName(slug=slug, title=slug, home=None) for slug in sources]
        prepare_store(database, names, rules, now=NOW)
        recorder, library = Recorder(database, rules), Library(database)
        for number, slug in enumerate(slugs):
            measure_document(costs, recorder, sources[slug], make_feed(number))
        renderer = compose.build_renderer(settings, library)
        for topic in settings.topics:
            for form in FeedFormat:
                costs.of(
                    "render every topic feed",
                    partial(renderer.render, FeedIn(topic_feed(topic), form)),
                )
    return costs


def compare(file: Costs, server: Costs, *, entries: int) -> None:
    """Print how long each step that asks the database takes on either."""
    print(f"  {'by the wall, an entry':<28}{'SQLite':>11}{'PostgreSQL':>12}")
    for step in STORED:
        one, other = (each.waited[step] / entries * 1e6 for each in (file, server))
        print(f"  {step:<28}{one:>8.0f} µs{other:>9.0f} µs {other / one:>5.2f} times")


def measure_document(
    costs: Costs, recorder: Recorder, source: Source, body: bytes
) -> None:
    """One document the whole way, and once more unchanged."""
    raw = costs.of("read", partial(parse_document, body, content_type=None))
    read = partial(normalise_document, raw, source=source, base_url=None, now=NOW)
    document = costs.of("normalise", read)
    record = partial(recorder.record_poll, source.slug, policy=PollPolicy(), now=NOW)
    polled = Polled(
        fetched=_fetched(body),
        document=document,
        asked=UNASKED,
        read_by=reading_rules(source),
    )
    costs.of("record (tags, topics, index)", partial(record, polled))
    known = frozenset(entry.digest for entry in document.entries)
    same = costs.of("digest of a known entry", partial(read, known=known))
    polled = replace(polled, document=same)
    costs.of("record known entries", partial(record, polled))
    unchanged = NotModified(validators=NO_VALIDATORS, body_digest=None)
    costs.of("record a 304", partial(record, unchanged))


def _fetched(body: bytes) -> Fetched:
    return Fetched(
        content=InMemory(body),
        body_digest="0" * 64,
        status=200,
        final_url="https://p.example/feed",
        content_type=None,
        validators=NO_VALIDATORS,
    )


def measure_start() -> None:
    """CPU seconds of `rekkas --help`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "rekkas", "--help"], capture_output=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"  rekkas --help               {spent:>8.3f} s of CPU")


if __name__ == "__main__":
    print(f"{SOURCES} documents of {ENTRIES} entries of 500 words")
    with (
        tempfile.TemporaryDirectory() as temporary,
        serve_postgresql("bench", "main_job") as server,
        server.database(has_tables=False) as address,
    ):
        folder = Path(temporary)
        first = measure_documents(folder, f"sqlite:///{folder}/first.db")
        first.show(entries=SOURCES * ENTRIES)
        # Once more, since the first has what Python does once in it.
        kept = measure_documents(folder, f"sqlite:///{folder}/second.db")
        served = measure_documents(folder, address)
        compare(kept, served, entries=SOURCES * ENTRIES)
    measure_start()
