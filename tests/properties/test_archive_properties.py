"""Readers that walk through archives, and what they must find there."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.values import ContentChoice
from publish.documents import ArchivePage, Document, FeedIn
from publish.edition import Edition
from publish.feed import FeedFormat
from publish.feed_name import topic_feed
from publish.render import Renderer
from store.database.upgrade import open_database
from store.once import Once
from tests.factories import NOW, make_numbered
from tests.publish.factories import BASE_URL, make_edition, make_rules
from tests.store.conftest import Shelf, is_integral

TOPIC = topic_feed("morocco")
Step: TypeAlias = tuple[str, int, int]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.integers(1, 9), st.just(0)),
        st.tuples(st.just("revise"), st.integers(1, 20), st.just(0)),
        st.tuples(st.just("poll"), st.just(0), st.just(0)),
        st.tuples(st.just("restart"), st.integers(1, 8), st.integers(1, 8)),
    ),
    max_size=15,
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, made once and copied for each example."""
    path = tmp_path_factory.mktemp("empty") / "rekkas.db"
    open_database(f"sqlite:///{path}").close()
    return path


def edition(limit: int, archive_page: int) -> Edition:
    rules = make_rules(
        "morocco",
        limit=limit,
        page_size=min(limit, archive_page),
        once=Once(),
        content=ContentChoice.FULL,
    )
    return make_edition(rules)


@dataclass
class World:
    """A publisher, a service that may be started anew, and what it ever handed out."""

    shelf: Shelf
    renderer: Renderer
    titles: dict[int, str] = field(default_factory=dict)
    handed_out: dict[Document, bytes] = field(default_factory=dict)
    hour: int = 0

    def restart(self, limit: int, archive_page: int) -> None:
        self.renderer = Renderer(
            edition(limit, archive_page), self.shelf.library, fresh_for=0
        )

    def publish(self, count: int) -> None:
        last = len(self.titles)
        self._record(*range(last + 1, last + count + 1), title="Morocco {}")

    def revise(self, number: int) -> None:
        if number in self.titles:
            self._record(number, title=f"Morocco {{}} as of hour {self.hour}")

    def _record(self, *numbers: int, title: str) -> None:
        self.hour += 1
        for number in numbers:
            self.titles[number] = title.format(number)
        entries = [
            make_numbered(
                number,
                title=self.titles[number],
                published_at=NOW + timedelta(minutes=number),
            )
            for number in reversed(numbers)  # as publishers have it: newest first
        ]
        self.shelf.record(*entries, now=NOW + timedelta(hours=self.hour))

    def get(self, document: Document) -> Any:
        """A document in JSON; in every format it is what it was if it is archived."""
        rendered = self.renderer.render(document)
        assert rendered is not None
        if isinstance(document, ArchivePage):
            for each in FeedFormat:
                one = ArchivePage(document.name, document.number, each)
                body = self.renderer.render(one)
                assert body is not None
                assert self.handed_out.setdefault(one, body.body) == body.body
        return json.loads(rendered.body)


@dataclass
class Reader:
    """Follows links to older pages as far as those it has, and keeps items by id."""

    items: dict[str, str] = field(default_factory=dict)
    walked: set[str] = field(default_factory=set)

    def poll(self, world: World) -> None:
        feed = world.get(FeedIn(TOPIC, FeedFormat.JSON))
        pages, link = [feed], feed.get("next_url")
        while link is not None and link not in self.walked:
            self.walked.add(link)
            pages.append(world.get(read_link(link)))
            link = pages[-1].get("next_url")
        for page in reversed(pages):
            for item in reversed(page["items"]):
                self.items[item["id"]] = item["title"]


def read_link(link: str) -> Document:
    number = link.removeprefix(f"{BASE_URL}{TOPIC.path}/archive/").removesuffix(".json")
    return ArchivePage(TOPIC, int(number), FeedFormat.JSON)


def live(world: World, reader: Reader, steps: list[Step]) -> None:
    for what, first, second in steps:
        match what:
            case "publish":
                world.publish(first)
            case "revise":
                world.revise(first)
            case "poll":
                reader.poll(world)
            case _:
                world.restart(first, second)


def numbers(reader: Reader) -> list[int]:
    return [int(title.split()[1]) for title in reader.items.values()]


def check_world(world: World, steps: list[Step]) -> None:
    subscriber, newcomer = Reader(), Reader()

    live(world, subscriber, steps)
    subscriber.poll(world)
    newcomer.poll(world)

    everything = list(range(1, len(world.titles) + 1))
    assert numbers(newcomer) == everything
    assert numbers(subscriber) == everything
    assert newcomer.items.keys() == subscriber.items.keys()
    assert is_integral(world.shelf.database)


@pytest.mark.property
@settings(deadline=None, max_examples=15)
@given(steps=STEPS, limit=st.integers(1, 8), archive_page=st.integers(1, 8))
def test_a_walk_finds_every_publication_once_and_in_order(
    empty: Path, steps: list[Step], limit: int, archive_page: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, folder)
        with open_database(f"sqlite:///{path}") as database:
            shelf = Shelf(database)
            renderer = Renderer(
                edition(limit, archive_page), shelf.library, fresh_for=0
            )
            check_world(World(shelf, renderer), steps)


@pytest.mark.property
@settings(deadline=None, max_examples=15)
@given(count=st.integers(1, 30), revised=st.integers(1, 30), limit=st.integers(2, 6))
def test_a_revision_reaches_readers_however_old_its_item_is(
    empty: Path, count: int, revised: int, limit: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, folder)
        with open_database(f"sqlite:///{path}") as database:
            shelf = Shelf(database)
            world = World(
                shelf, Renderer(edition(limit, 3), shelf.library, fresh_for=0)
            )
            subscriber = Reader()
            world.publish(count)
            subscriber.poll(world)

            world.revise(revised)
            subscriber.poll(world)

            assert list(subscriber.items.values()) == list(world.titles.values())
