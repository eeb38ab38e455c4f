"""Readers that people use subscribe, come again, and show what was published."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path

import feedparser
import pytest
import yaml

from tests.end_to_end import readers
from tests.end_to_end.readers import Shown, Start, recording_proxy
from tests.end_to_end.service import (
    LOOPBACK,
    Service,
    feed_handler,
    rss,
    running,
    serving,
)
from tests.ports import free_port

READERS: dict[str, Start] = {
    "newsboat": readers.newsboat,
    "sfeed": readers.sfeed,
    "rss2email": readers.rss2email,
    "feedparser": readers.universal_feed_parser,
    "lemon24's reader": readers.lemon_reader,
}
FIRST_HEADLINES = (
    "Mali & Algérie : « l'eau » d'abord",
    'Mali\'s "green wall" grows <slowly>',
    "مالي تزرع الأشجار على ضفاف النهر",
)


@dataclass
class Newsroom:
    """A paper that is written while the service watches it."""

    service: Service
    feeds: MutableMapping[str, bytes]
    headlines: list[str]

    def publish(self, headline: str) -> None:
        """Returns once the service serves the headline."""
        self.headlines.insert(0, headline)
        self.feeds["/paper"] = paper(self.headlines)
        self.service.wait_for("/topics/all-of-it.rss", headline)


def paper(headlines: list[str]) -> bytes:
    paths = range(len(headlines), 0, -1)
    written = zip(paths, headlines, strict=True)
    return rss("Paper", {str(path): escape(line) for path, line in written})


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    headlines = list(FIRST_HEADLINES)
    feeds = {"/paper": paper(headlines)}
    with serving(feed_handler(feeds)) as address:
        path = folder / "rekkas.yaml"
        path.write_text(yaml.safe_dump(configuration(address)))
        with running(folder, path) as service:
            service.wait_for("/topics/all-of-it.rss", FIRST_HEADLINES[-1])
            yield Newsroom(service, feeds, headlines)


def configuration(address: str) -> dict[str, object]:
    return {
        "server": {"listen": f"127.0.0.1:{free_port()}"},
        "fetch": {
            "per_host": {"spacing": "0s"},
            "allow_private": list(LOOPBACK),
        },
        "sources": {"paper": {"url": f"{address}/paper", "every": "1s"}},
        "topics": {"all-of-it": {"title": "All of it", "match": "source:paper"}},
    }


NUMBERS = count(1)


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize("reader", READERS)
def test_a_reader_shows_what_was_published_and_is_told_when_nothing_is_new(
    reader: str, form: str, newsroom: Newsroom, tmp_path: Path
) -> None:
    statuses: list[int] = []

    with serving(recording_proxy(newsroom.service.base, statuses)) as address:
        refresh = READERS[reader](f"{address}/topics/all-of-it.{form}", tmp_path)
        at_first = refresh()
        newsroom.publish(f"Mali opens school number {next(NUMBERS)}")
        after_news = refresh()
        refresh()  # newsboat 2.21 keeps validators from its second visit on
        in_the_end = refresh()

    assert len(after_news) == len(at_first) + 1
    assert set(at_first) < set(after_news)
    assert in_the_end == after_news == published(newsroom.service, form)
    assert statuses[-1] == 304


def published(service: Service, form: str) -> Shown:
    document = feedparser.parse(service.get(f"/topics/all-of-it.{form}").content)
    entries = ((entry.title, entry.link, entry.id) for entry in document.entries)
    return tuple(sorted(entries))
