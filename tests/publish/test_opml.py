"""The subscription list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from ingest.lists.opml import parse_opml
from publish.edition import Edition
from publish.feed_name import FeedKind, FeedName
from publish.formats.opml import render_opml
from publish.subscriptions import list_subscriptions
from tests.publish.factories import make_edition, make_rules

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SEARCH = FeedName(FeedKind.SEARCH, "gas")
FULL = make_edition(
    make_rules("b", title="«Mali» & more\x00"),
    make_rules("a"),
    searches={"gas": make_rules("gas", name=SEARCH, title="Gas")},
    languages=frozenset({"fr", "ar"}),
)


def written(edition: Edition) -> Any:
    document = render_opml(list_subscriptions(edition), updated_at=NOON)
    return ElementTree.fromstring(document)  # noqa: S314 - our own words


def test_feeds_are_grouped_by_kind_topics_in_the_order_of_the_file() -> None:
    groups = written(FULL).findall("body/outline")

    assert {
        group.get("text"): [feed.get("text") for feed in group] for group in groups
    } == {
        "Topics": ["«Mali» & more", "Mali–Algeria"],
        "Everything": ["Everything"],
        "Searches": ["Gas"],
        "Languages": ["Articles in Arabic", "Articles in French"],
        "Tags": ["Mali", "Western Sahara"],
        "Sources": ["The Paper"],
    }


def test_a_feed_has_what_readers_ask_of_an_outline() -> None:
    outline = written(FULL).find("body/outline/outline")

    assert outline.attrib == {
        "type": "rss",
        "text": "«Mali» & more",
        "title": "«Mali» & more",
        "description": "What happens between Mali and Algeria.",
        "xmlUrl": "https://news.example.org/topics/b.rss",
        "htmlUrl": "https://news.example.org/topics/b",
    }


def test_the_list_is_valid_opml() -> None:
    root = written(FULL)

    assert root.attrib == {"version": "2.0"}
    assert [child.tag for child in root] == ["head", "body"]
    assert all(each.get("text") for each in root.iter("outline"))
    for feed in root.iterfind("body/outline/outline"):
        for name in ("xmlUrl", "htmlUrl"):
            assert urlsplit(feed.get(name)).scheme == "https"


def test_a_group_without_feeds_is_left_out() -> None:
    edition = make_edition(tag_titles={}, source_titles={})

    found = [each.get("text") for each in written(edition).findall("body/outline")]

    assert found == ["Topics", "Everything"]


def test_our_own_import_finds_every_feed() -> None:
    document = render_opml(list_subscriptions(FULL), updated_at=NOON)

    found = parse_opml(document)

    assert len(found.sources) == 9


def test_the_date_is_that_of_the_contents() -> None:
    groups = list_subscriptions(FULL)
    document = render_opml(groups, updated_at=NOON)

    root = written(FULL)

    assert root.findtext("head/title") == "Topic feeds"
    assert root.findtext("head/dateModified") == "Sun, 01 Nov 2026 12:00:00 +0000"
    assert document == render_opml(groups, updated_at=NOON)
