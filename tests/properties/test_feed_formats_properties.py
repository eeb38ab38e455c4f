"""No text of any article makes a feed invalid, unstable or forgetful."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import feedparser
import pytest
from hypothesis import given

from publish.feed import TopicFeed
from publish.formats.atom import render_atom
from publish.formats.rss import render_rss
from publish.formats.writable import make_writable
from tests.properties.feed_strategies import nasty_feeds
from tests.publish.validity import (
    ATOM,
    find_faults_in_atom,
    find_faults_in_rss,
    read,
)

pytestmark = pytest.mark.property


@given(feed=nasty_feeds())
def test_every_rss_feed_is_valid_and_stable(feed: TopicFeed) -> None:
    document = render_rss(feed)

    assert find_faults_in_rss(document, f"{feed.url}.rss") == []
    assert document == render_rss(feed)


@given(feed=nasty_feeds())
def test_every_atom_feed_is_valid_and_stable(feed: TopicFeed) -> None:
    document = render_atom(feed)

    assert find_faults_in_atom(document, f"{feed.url}.atom") == []
    assert document == render_atom(feed)


@given(feed=nasty_feeds())
def test_parsing_what_rss_says_returns_the_items(feed: TopicFeed) -> None:
    document = render_rss(feed)

    items = read(document).findall("channel/item")

    assert _titles_and_links(feed) == [
        (item.findtext("title"), item.findtext("link")) for item in items
    ]
    assert _identities_and_dates(feed) == _read_back(document)


@given(feed=nasty_feeds())
def test_parsing_what_atom_says_returns_the_items(feed: TopicFeed) -> None:
    document = render_atom(feed)

    entries = read(document).findall(f"{ATOM}entry")

    assert _titles_and_links(feed) == [
        (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href"))
        for entry in entries
    ]
    assert _identities_and_dates(feed) == _read_back(document)


def _titles_and_links(feed: TopicFeed) -> list[tuple[str, str]]:
    return [(item.title, item.link) for item in make_writable(feed).items]


def _identities_and_dates(feed: TopicFeed) -> list[tuple[str, datetime | None]]:
    return [
        (
            item.tag_uri,
            item.published_at and item.published_at.replace(microsecond=0),
        )
        for item in feed.items
    ]


def _read_back(document: bytes) -> list[tuple[str, datetime | None]]:
    """What feedparser makes of it; it decodes entities in titles and links twice."""
    found = feedparser.parse(BytesIO(document))
    return [(entry.id, _date(entry)) for entry in found.entries]


def _date(entry: Any) -> datetime | None:
    # feedparser offers `updated` as `published` too where there is no other.
    if "published" not in entry.keys():  # noqa: SIM118 - its `in` does that
        return None
    return datetime.fromtimestamp(timegm(entry.published_parsed), UTC)
