"""Measures, over the code of the service, what one piece of each kind of work takes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import text

from benchmarks import fetching, serving
from benchmarks.scaling.papers import Press, document
from config.load import load_settings
from config.settings import Settings
from ingest.entry import UNASKED
from ingest.fetch.outcome import NO_VALIDATORS, NotModified
from ingest.pace.schedule import PollPolicy
from ingest.poll import Polled
from ingest.read import read_document
from ingest.reading_rules import reading_rules
from publish.documents import FeedIn
from publish.feed import FeedFormat
from publish.feed_name import topic_feed
from publish.render import Renderer
from rekkas import compose, configured_sources
from store.database.engine import Database
from store.database.upgrade import open_database
from store.library import Library
from store.prepare import prepare_store
from tests.factories import make_fetched

ENTRIES = 30
_NEW = 3
_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}
_FEW, _MORE = 500, 10_000
# In a process of its own, whose memory nothing else has grown.
_HOLD_SOURCES = """
import sys
from config.load import load_settings
from config.settings import Settings
from rekkas import compose, configured_sources
sources = {
    f"paper-{n}": {"url": f"https://paper-{n}.example/feed"}
    for n in range(int(sys.argv[1]))
}
settings = Settings.model_validate({"sources": sources})
held = settings, configured_sources.build_sources(settings), compose.policies(settings)
pages = open("/proc/self/statm").read().split()[1]
print(int(pages) * 4096)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What polls took over one database, and how large it became.

    Milliseconds, each the median of many: of CPU to read a document of known entries
    and what a new entry takes more, of the wall to keep a poll without a document, one
    with known entries, and each new one more; of CPU to render a feed.
    """

    read_document: float
    read_article: float
    hold_unchanged: float
    hold_document: float
    hold_article: float
    render: float
    feed_bytes: int
    article_bytes: float


class Service:
    """The shipped topics and tags over one paper, polled by hand."""

    def __init__(self, settings: Settings, database: Database) -> None:
        rules = compose.build_rules(settings)
        names = configured_sources.source_names(settings)
        prepare_store(database, names, rules, now=_NOW)
        self._library = Library(database)
        self._recorder = compose.build_recorder(settings, database, rules)
        self._source = configured_sources.build_sources(settings)["paper"]
        edition = compose.edition_of(settings, None)
        self._renderer = Renderer(edition, self._library, fresh_for=0)
        self._topics = list(settings.topics)
        self._now = _NOW

    def poll(self, body: bytes) -> tuple[float, float]:
        """Milliseconds of CPU to read it, and of the wall to keep what is new in it."""
        fetched = make_fetched(body=body)
        known = self._library.known_entries("paper")
        start = time.process_time()
        document, _ = read_document(self._source, fetched, self._now, known)
        spent = time.process_time() - start
        polled = Polled(
            fetched=fetched,
            document=document,
            asked=UNASKED,
            read_by=reading_rules(self._source),
        )
        return spent * 1000, self._keep(polled)

    def poll_unchanged(self) -> float:
        """Milliseconds of the wall to keep that nothing has changed."""
        return self._keep(NotModified(validators=NO_VALIDATORS, body_digest=None))

    def _keep(self, outcome: Polled | NotModified) -> float:
        self._now += timedelta(hours=1)
        start = time.perf_counter()
        policy = PollPolicy()
        self._recorder.record_poll("paper", outcome, policy=policy, now=self._now)
        return (time.perf_counter() - start) * 1000

    def render(self) -> tuple[float, int]:
        """Milliseconds of CPU of a topic feed in the mean, and its bytes."""
        start, size = time.process_time(), 0
        for topic in self._topics:
            feed = FeedIn(topic_feed(topic), FeedFormat.RSS)
            rendered = self._renderer.render(feed)
            size += len(rendered.body) if rendered else 0
        count = len(self._topics)
        return (time.process_time() - start) * 1000 / count, size // count


def measure_keeping(folder: Path, url: str, *, rounds: int) -> Kept:
    """Poll a paper again and again: changed, built anew and unchanged, in turn."""
    settings = _settings(folder)
    press = Press(seed=1)
    with open_database(url) as database:
        service = Service(settings, database)
        items = press.items(ENTRIES)
        service.poll(document(items, built=0))
        empty = _size(database)
        new, known, unchanged, renderings = [], [], [], []
        for number in range(1, rounds + 1):
            items = [*press.items(_NEW), *items][:ENTRIES]
            new.append(service.poll(document(items, built=number)))
            renderings.append(service.render())
            known.append(service.poll(document(items, built=-number)))
            unchanged.append(service.poll_unchanged())
        grown = _size(database) - empty
    read_known, keep_known = (median(each) for each in zip(*known, strict=True))
    read_new, keep_new = (median(each) for each in zip(*new, strict=True))
    render, size = (median(each) for each in zip(*renderings, strict=True))
    return Kept(
        read_document=read_known,
        read_article=max(read_new - read_known, 0.0) / _NEW,
        hold_unchanged=median(unchanged),
        hold_document=keep_known,
        hold_article=max(keep_new - keep_known, 0.0) / _NEW,
        render=render,
        feed_bytes=int(size),
        article_bytes=grown / (rounds * _NEW),
    )


def _size(database: Database) -> int:
    """Bytes of the whole database, its indexes among them."""
    with database.read() as connection:
        statement = _SIZES[connection.dialect.name]
        size: int = connection.execute(text(statement)).scalar_one()
    return size


def measure_fetching() -> float:
    """Milliseconds of CPU of an exchange that ends in a 304, over many hosts."""
    with fetching.serving() as port:
        return min(asyncio.run(fetching.measure_ours(port, None)) for _ in range(3))


def measure_serving() -> tuple[float, float]:
    """Milliseconds of CPU of a 304 and of a 200, over one connection."""
    with serving.serving(serving.build_ours()) as (port, cpu_seconds):
        tag = serving.read_field(serving.ask(port, "", 1)[0], "etag")

        def cost(headers: str) -> float:
            before = cpu_seconds()
            serving.ask(port, headers, serving.REQUESTS)
            return (cpu_seconds() - before) / serving.REQUESTS * 1000

        rounds = [(cost(f"If-None-Match: {tag}\r\n"), cost("")) for _ in range(5)]
    known, whole = (median(each) for each in zip(*rounds, strict=True))
    return known, whole


def measure_memory() -> float:
    """Bytes that a source takes in a service that has it ready to be polled."""
    few, many = (_resident(count) for count in (_FEW, _FEW + _MORE))
    return (many - few) / _MORE


def _resident(count: int) -> float:
    told = subprocess.run(
        [sys.executable, "-c", _HOLD_SOURCES, str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout)


def _settings(folder: Path) -> Settings:
    path = folder / "rekkas.yaml"
    path.write_text(
        'include: ["catalogue:tags", "catalogue:topics"]\n'
        "sources: {paper: {url: https://paper.example/feed}}\n"
    )
    return load_settings(path, environ={}).settings
