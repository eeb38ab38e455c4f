"""What holds for a topic feed as JSON Feed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # no stubs

from config.values import ContentChoice
from ingest.formats.json_feed import parse_json_feed
from publish.feed import TopicFeed
from publish.formats.json_feed import render_json_feed
from tests.publish.factories import change_item, make_article, make_feed
from tests.publish.fakes import ARABIC, ENGLISH, FRENCH
from tests.publish.feeds import FEEDS, NASTY

_SCHEMA = Path(__file__).parent / "schemas" / "jsonfeed-1.1.schema.json"
_VALIDATOR = Draft202012Validator(json.loads(_SCHEMA.read_text()))


def written(feed: TopicFeed) -> Any:
    return json.loads(render_json_feed(feed))


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_every_feed_is_valid(feed: TopicFeed) -> None:
    document = written(feed)

    assert [error.message for error in _VALIDATOR.iter_errors(document)] == []
    assert document["feed_url"] == f"{feed.url}.json"


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_rendering_twice_gives_equal_bytes(feed: TopicFeed) -> None:
    assert render_json_feed(feed) == render_json_feed(feed)


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_no_member_is_null_or_an_empty_list(feed: TopicFeed) -> None:
    def empty(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [fault for each in value.values() for fault in empty(each)]
        if isinstance(value, list):
            return [fault for each in value for fault in empty(each)]
        return ["null"] if value is None else []

    document = written(feed)

    assert empty(document) == []
    assert all(item.get("tags") != [] for item in document["items"])


def test_our_own_reader_finds_what_was_selected() -> None:
    feed = make_feed(ENGLISH, FRENCH, ARABIC)

    entries = parse_json_feed(render_json_feed(feed)).entries

    assert [
        (each.guid, each.link, each.title.value if each.title else None)
        for each in entries
    ] == [(item.tag_uri, item.link, item.title) for item in feed.items]
    assert [each.language for each in entries] == ["ar", "en", "fr"]


def test_a_date_nobody_gave_is_not_invented() -> None:
    item = written(make_feed(make_article(published_at=None)))["items"][0]

    assert "date_published" not in item
    assert item["date_modified"].endswith("+00:00")


def test_the_full_text_comes_beside_the_excerpt() -> None:
    item = written(make_feed(ENGLISH, content=ContentChoice.FULL))["items"][0]

    assert "<b>for the first time</b>" in item["content_html"]
    assert item["summary"] == ENGLISH.summary
    assert "content_text" not in item


def test_an_excerpt_is_the_text_where_there_is_no_other() -> None:
    item = written(make_feed(ENGLISH))["items"][0]

    assert item["content_text"] == ENGLISH.summary
    assert "content_html" not in item


def test_every_enclosure_is_attached_with_its_size_where_it_is_known() -> None:
    attachments = written(make_feed(ENGLISH))["items"][0]["attachments"]

    assert [each.get("size_in_bytes") for each in attachments] == [1234, None]


def test_the_source_is_credited() -> None:
    items = written(make_feed(ENGLISH, ARABIC))["items"]

    assert [item["_rekkas"]["source"]["title"] for item in items] == [
        "Saved pages",
        "The Paper",
    ]
    assert "url" not in items[0]["_rekkas"]["source"]


def test_letters_of_every_script_stay_readable() -> None:
    assert ARABIC.title.encode() in render_json_feed(make_feed(ARABIC))


def test_hostile_content_is_cleaned_at_output_too() -> None:
    document = render_json_feed(FEEDS["hostile content"])

    assert b"alert(1)" not in document
    assert b"onclick" not in document


def test_a_bad_item_leaves_the_others_untouched() -> None:
    good, bad = make_article(1), make_article(2, title=NASTY, summary=NASTY)

    titles = [item["title"] for item in written(make_feed(good, bad))["items"]]

    assert titles == ["ab", good.title]


def test_only_the_changed_item_changes() -> None:
    before = make_feed(make_article(1), make_article(2))
    after = change_item(before, title="Another title")

    changed = [
        line
        for line, other in zip(
            render_json_feed(before).splitlines(),
            render_json_feed(after).splitlines(),
            strict=True,
        )
        if line != other
    ]

    assert len(changed) == 1
