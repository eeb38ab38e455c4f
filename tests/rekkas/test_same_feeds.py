"""What readers of a feed are told again, and what they are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from config.settings import Settings
from ingest.entry import Entry
from ingest.pace.schedule import PollPolicy
from publish.documents import FeedIn
from publish.feed import FeedFormat
from publish.feed_name import ALL_ARTICLES, FeedKind, FeedName, topic_feed
from publish.rendered import Rendered
from rekkas import compose, configured_sources
from store.database.engine import Database
from store.database.upgrade import open_database
from store.library import Library
from store.prepare import prepare_store
from store.record import Recorder
from tests.factories import LONG_TEXT, NOW, make_numbered, make_polled

LATER = NOW + timedelta(hours=1)
MALI = topic_feed("mali")
NAMES = (
    MALI,
    FeedName(FeedKind.SEARCH, "bamako"),
    FeedName(FeedKind.TAG, "mali"),
    FeedName(FeedKind.SOURCE, "one"),
    FeedName(FeedKind.LANGUAGE, "fr"),
    FeedName(FeedKind.STORY, "1"),
    ALL_ARTICLES,
)


def make_settings(*, topic: str = "mali", **changes: Any) -> Settings:
    tags = {"mali": {"title": "Mali", "kind": "place", "names": {"fr": ["Mali"]}}}
    return Settings.model_validate(
        {
            "sources": {
                slug: {"url": f"https://{slug}.example/feed", "language": "fr"}
                for slug in ("one", "two")
            },
            "tags": tags | changes.pop("tags", {}),
            "topics": {topic: {"title": "Mali", "match": "about:mali", **changes}},
            "searches": {"bamako": "mali"},
        }
    )


class House:
    """A database, and the service over it as it is configured."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._database: Database | None = None
        self.start(make_settings())

    def start(self, settings: Settings) -> None:
        """Start anew with these settings."""
        self.stop()
        self._database = open_database(self._url)
        self._rules = compose.build_rules(settings)
        names = configured_sources.source_names(settings)
        prepare_store(self._database, names, self._rules, now=LATER)
        articles = Library(self._database)
        self._renderer = compose.build_renderer(settings, articles)

    def stop(self) -> None:
        if self._database is not None:
            self._database.close()

    def record(self, entry: Entry, source: str) -> None:
        assert self._database is not None
        Recorder(self._database, self._rules).record_poll(
            source, make_polled(entry), policy=PollPolicy(), now=NOW
        )

    def feed(self, name: FeedName, form: FeedFormat = FeedFormat.JSON) -> Rendered:
        feed = self._renderer.render(FeedIn(name, form))
        assert feed is not None, name
        return feed

    def items(self, name: FeedName) -> dict[str, dict[str, Any]]:
        items = json.loads(self.feed(name).body)["items"]
        return {item["id"]: item for item in items}


@pytest.fixture
def house(tmp_path: Any) -> Iterator[House]:
    """A service that has recorded one article about Mali."""
    house = House(f"sqlite:///{tmp_path / 'rekkas.db'}")
    first = make_numbered(
        1, title="Mali un", text=LONG_TEXT, language="fr", origin="one"
    )
    house.record(first, "one")
    yield house
    house.stop()


def versions(house: House, name: FeedName) -> list[tuple[str, str]]:
    """The items as readers tell what is new: by id and by time of change."""
    return [(one, item["date_modified"]) for one, item in house.items(name).items()]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.path)
def test_the_same_store_gives_the_same_bytes_after_a_restart(
    house: House, name: FeedName
) -> None:
    before = {form: house.feed(name, form) for form in FeedFormat}

    house.start(make_settings())

    assert {form: house.feed(name, form) for form in FeedFormat} == before


def test_one_article_is_one_item_in_every_feed(house: House) -> None:
    first = versions(house, MALI)

    assert len(first) == 1
    assert [versions(house, name) for name in NAMES] == [first] * len(NAMES)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.path)
def test_a_copy_elsewhere_announces_nothing_again(house: House, name: FeedName) -> None:
    before, stamp = versions(house, name), house.feed(name).last_modified

    copy = make_numbered(
        2, title="Mali un (agence)", text=LONG_TEXT, language="fr", origin="one"
    )
    house.record(copy, "two")
    house.start(make_settings())

    assert versions(house, name) == before
    assert house.feed(name).last_modified == stamp


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.path)
def test_a_tag_that_is_added_announces_nothing_again(
    house: House, name: FeedName
) -> None:
    before, stamp = versions(house, name), house.feed(name).last_modified
    names = {"fr": ["un"]}

    house.start(
        make_settings(tags={"one": {"title": "Un", "kind": "place", "names": names}})
    )

    (item,) = house.items(name).values()
    assert item["tags"] == ["Mali", "Un"]
    assert versions(house, name) == before
    assert house.feed(name).last_modified == stamp


def test_a_topic_that_is_renamed_announces_nothing_again(house: House) -> None:
    before = versions(house, MALI)
    atom = house.feed(MALI, FeedFormat.ATOM).body

    house.start(make_settings(topic="sahel", formerly=["mali"]))
    sahel = topic_feed("sahel")

    assert versions(house, sahel) == before
    assert house.feed(sahel, FeedFormat.ATOM).body == atom.replace(
        b"/topics/mali", b"/topics/sahel"
    )
