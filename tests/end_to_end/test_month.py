"""A month of publishing, seen by a reader who comes every few hours.

Papers with the habits of real ones are polled, recorded and published in one process;
time is an argument. The operator restarts the service, adds a topic and changes the
vocabulary meanwhile.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import feedparser
import pytest

from config.settings import Settings
from ingest.read import read_document
from publish.documents import FeedIn
from publish.edition import build_edition
from publish.feed import FeedFormat
from publish.feed_name import topic_feed
from publish.render import Renderer
from rekkas import compose, configured_sources
from store.database.engine import Database
from store.database.upgrade import open_database
from store.library import Library
from store.prepare import prepare_store
from store.record import Recorder
from store.redecide import decide_next
from store.retag import retag_some
from tests.end_to_end import papers
from tests.end_to_end.papers import Event, Paper, invent_event
from tests.factories import make_fetched, make_polled

BEGIN = datetime(2026, 10, 1, tzinfo=UTC)
DAYS = 30
HOURS_BETWEEN_VISITS = 3
TOPIC_ADDED_ON, NAME_ADDED_ON = 10, 20


def make_settings(day: int) -> Settings:
    """The operator's file as it is on a day of the month."""
    mali = ["Mali", "Malian"] if day >= NAME_ADDED_ON else ["Mali"]
    topics: dict[str, Any] = {"mali": {"title": "Mali", "match": "about:mali"}}
    if day >= TOPIC_ADDED_ON:
        topics["tunisia"] = {"title": "Tunisia", "match": "tunisia"}
    return Settings.model_validate(
        {
            "publish": {"limit": 40, "content": "full"},
            "sources": {
                slug: {"url": f"https://{slug}.example/feed", "language": "en"}
                for slug in HABITS
            },
            "tags": {"mali": {"title": "Mali", "kind": "place", "names": {"en": mali}}},
            "topics": topics,
        }
    )


HABITS = {
    "honest": papers.honest,
    "tracker": papers.without_guids,
    "reissuer": papers.reissuing,
    "numbers": papers.numbering,
    "moving": papers.moving,
}


class Service:
    """One day of the service: started on what the last one left."""

    def __init__(self, database: Database, settings: Settings, now: datetime) -> None:
        rules = compose.build_rules(settings)
        prepare_store(
            database, configured_sources.source_names(settings), rules, now=now
        )
        while retag_some(database, rules):
            continue
        while decide_next(database, rules, now=now) is not None:
            continue
        self.library = Library(database)
        self.sources = configured_sources.build_sources(settings)
        self.policies = compose.policies(settings)
        self.recorder: Recorder = compose.build_recorder(settings, database, rules)
        edition = build_edition(settings, base_url="https://news.example/")
        self.renderer = Renderer(edition, self.library, fresh_for=0)

    def poll(self, slug: str, body: bytes, now: datetime) -> None:
        """Read and keep a document of a source."""
        fetched = make_fetched(body=body, final_url=f"https://{slug}.example/feed")
        known = self.library.known_entries(slug)
        document, _ = read_document(self.sources[slug], fetched, now, known)
        polled = make_polled(document=document, fetched=fetched)
        self.recorder.record_poll(slug, polled, policy=self.policies[slug], now=now)

    def feed(self, topic: str, feed_format: FeedFormat) -> bytes:
        """The feed of a topic as it is served now."""
        rendered = self.renderer.render(FeedIn(topic_feed(topic), feed_format))
        assert rendered is not None
        return rendered.body


@dataclass
class Subscriber:
    """A reader of one topic: each item by its id, as it came at each time it changed.

    `announced` has the event of each id, `versions` what was said when.
    """

    topic: str
    names: set[str]
    announced: dict[str, str] = field(default_factory=dict)
    versions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def visit(self, service: Service) -> None:
        """Look at the feed, and note what is new or has changed."""
        for item in json.loads(service.feed(self.topic, FeedFormat.JSON))["items"]:
            event = self._event_in(item["title"])
            assert self.announced.setdefault(item["id"], event) == event, "an id moved"
            seen = self.versions.setdefault(item["id"], [])
            version = (item["date_modified"], item["title"])
            if version not in seen:
                seen.append(version)

    def _event_in(self, headline: str) -> str:
        (name,) = {word.strip(",") for word in headline.split()} & self.names
        return name


@dataclass
class Month:
    """What happened, and what the readers saw of it."""

    papers: dict[str, Paper]
    events: list[Event] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    readers: dict[str, Subscriber] = field(default_factory=dict)
    last_day: dict[FeedFormat, bytes] = field(default_factory=dict)

    def revisions_of(self, name: str) -> int:
        """How often the headlines about an event were changed."""
        items = (item for paper in self.papers.values() for item in paper.items)
        return sum(item.revisions for item in items if item.event.name == name)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    random = Random(2026)  # noqa: S311 - the same month each time
    lived = Month({slug: Paper(slug, spoil) for slug, spoil in HABITS.items()})
    path = tmp_path_factory.mktemp("month") / "rekkas.db"
    with open_database(f"sqlite:///{path}") as database:
        for day in range(DAYS):
            live_a_day(lived, database, day, random)
    return lived


def live_a_day(month: Month, database: Database, day: int, random: Random) -> None:
    begin, settings = BEGIN + timedelta(days=day), make_settings(day)
    service = Service(database, settings, begin)
    for topic in settings.topics:
        month.readers.setdefault(topic, Subscriber(topic, month.names))
    for hour in range(0, 24, HOURS_BETWEEN_VISITS):
        now = begin + timedelta(hours=hour, minutes=7)
        write_news(month, now, random)
        for slug, paper in month.papers.items():
            service.poll(slug, paper.document(now), now)
        for reader in month.readers.values():
            reader.visit(service)
    month.last_day = {each: service.feed("mali", each) for each in FeedFormat}


def write_news(month: Month, now: datetime, random: Random) -> None:
    """A few events, most told by one paper, some reprinted, some headlines changed."""
    for _ in range(random.randrange(3)):
        event = invent_event(random, month.names)
        month.events.append(event)
        paper = random.choice(list(month.papers.values()))
        paper.publish(event, now - timedelta(minutes=30), random)
    told = month.events[-10:]
    for paper in month.papers.values():
        if told and random.random() < 0.1:
            reprint(paper, random.choice(told), now)
        if paper.items and random.random() < 0.1:
            paper.revise(random)


def reprint(paper: Paper, event: Event, now: datetime) -> None:
    if all(item.event is not event for item in paper.items):
        paper.reprint(event, now)


PLACES = {"mali": "Mali", "tunisia": "Tunisia"}


@pytest.mark.parametrize("topic", PLACES)
def test_no_event_is_lost_or_told_under_two_ids(month: Month, topic: str) -> None:
    events = [event.name for event in month.events if event.place == PLACES[topic]]

    assert len(events) > 50
    assert sorted(month.readers[topic].announced.values()) == sorted(events)


@pytest.mark.parametrize("topic", PLACES)
def test_only_a_changed_headline_announces_an_item_again(
    month: Month, topic: str
) -> None:
    reader = month.readers[topic]
    again = {
        reader.announced[each]: len({moment for moment, _ in versions}) - 1
        for each, versions in reader.versions.items()
        if len(versions) > 1
    }

    assert again
    assert {
        name: times for name, times in again.items() if times > month.revisions_of(name)
    } == {}


def test_all_formats_tell_the_same_items(month: Month) -> None:
    items = json.loads(month.last_day[FeedFormat.JSON])["items"]
    told = {
        each: {entry.id for entry in feedparser.parse(month.last_day[each]).entries}
        for each in (FeedFormat.RSS, FeedFormat.ATOM)
    }

    assert len(items) == 40
    assert set(map(frozenset, told.values())) == {frozenset(i["id"] for i in items)}
