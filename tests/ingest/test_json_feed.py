from __future__ import annotations

import json
from typing import Any

import pytest

from ingest.entry import Enclosure
from ingest.formats.json_feed import parse_json_feed
from ingest.formats.raw import NotAFeedError, RawEntry, RawText

VERSION = "https://jsonfeed.org/version/1.1"


def feed(*items: Any, **changes: Any) -> bytes:
    values = {"version": VERSION, "title": "Paper", "items": list(items)}
    return json.dumps(values | changes).encode()


def one(**item: Any) -> RawEntry:
    (entry,) = parse_json_feed(feed(item)).entries
    return entry


def test_a_document_says_its_title_language_and_page() -> None:
    body = feed(language="ar", home_page_url="https://paper.example/")

    document = parse_json_feed(body)

    assert (document.title, document.language) == ("Paper", "ar")
    assert document.link == "https://paper.example/"


def test_an_item_says_everything_an_entry_can_hold() -> None:
    entry = one(
        id="1",
        url="https://paper.example/1",
        title="Headline <b>",
        summary="Short.",
        content_html="<p>Long.</p>",
        content_text="Long.",
        date_published="2026-11-22T08:00:00+01:00",
        date_modified="2026-11-23T08:00:00Z",
        language="fr",
        tags=["Oil", 3],
        authors=[{"name": "A"}, {"url": "x"}, "B", {"name": "C"}],
    )

    assert entry == RawEntry(
        guid="1",
        link="https://paper.example/1",
        title=RawText(value="Headline <b>", is_html=False),
        summary=RawText(value="Short.", is_html=False),
        content=RawText(value="<p>Long.</p>", is_html=True),
        author="A, C",
        language="fr",
        published="2026-11-22T08:00:00+01:00",
        updated="2026-11-23T08:00:00Z",
        categories=("Oil",),
    )


def test_version_one_has_one_author_and_an_address_elsewhere() -> None:
    entry = one(author={"name": "A"}, external_url="https://else.example/")

    assert entry.author == "A"
    assert entry.link == "https://else.example/"


def test_plain_text_is_the_content_where_there_is_no_html() -> None:
    assert one(content_text="1 < 2").content == RawText(value="1 < 2", is_html=False)


IDS: dict[str, tuple[Any, str | None]] = {
    "a string": ("tag:1", "tag:1"),
    "a number": (17, "17"),
    "a truth value": (True, None),
    "nothing": (None, None),
    "blanks": ("  ", None),
}


@pytest.mark.parametrize("case", IDS.values(), ids=IDS.keys())
def test_id(case: tuple[Any, str | None]) -> None:
    written, guid = case

    assert one(id=written).guid == guid


def test_files_and_the_picture_come_along() -> None:
    entry = one(
        attachments=[
            {"url": "https://a.example/1.mp3", "mime_type": "audio/mpeg"},
            {"url": "https://a.example/2.mp3", "size_in_bytes": 7},
            {"url": "https://a.example/3.mp3", "size_in_bytes": -7},
            {"mime_type": "audio/mpeg"},
            "https://a.example/4.mp3",
        ],
        image="https://a.example/1.jpg",
    )

    assert entry.enclosures == (
        Enclosure(url="https://a.example/1.mp3", media_type="audio/mpeg"),
        Enclosure(url="https://a.example/2.mp3", length=7),
        Enclosure(url="https://a.example/3.mp3"),
        Enclosure(url="https://a.example/1.jpg"),
    )
    assert entry.image_url == "https://a.example/1.jpg"


def test_what_is_of_the_wrong_kind_is_missing() -> None:
    entry = one(id={}, url=3, title=["x"], tags="Oil", authors=5, attachments={})

    assert entry == RawEntry()


def test_an_item_that_is_no_object_is_left_out() -> None:
    document = parse_json_feed(feed("x", 3, None, {"id": "1"}))

    assert [entry.guid for entry in document.entries] == ["1"]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse_json_feed(b"\xef\xbb\xbf" + feed()).title == "Paper"


OTHERS = {
    "JSON that is cut": (b'{"version": "https://jso', "no JSON that can be read"),
    "JSON of another kind": (b'{"a": 1}', "no JSON Feed"),
    "a list": (b"[]", "no JSON Feed"),
    "a feed without items": (feed(items=3), "items is missing"),
    "JSON too deep to read": (b"[" * 100_000, "no JSON that can be read"),
    "a feed cut before its items": (b'{"title": "A", "it', "no JSON that can be read"),
    "items in the middle of something else": (
        b'{"x": {"items": [{"id": "1"}], "y": ',
        "no JSON that can be read",
    ),
}


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_json_feed_is_named(case: tuple[bytes, str]) -> None:
    body, words = case

    with pytest.raises(NotAFeedError, match=words):
        parse_json_feed(body)


def test_a_spoilt_letter_costs_itself_alone() -> None:
    body = feed(title="Pa-per").replace(b"-", b"\xff")

    assert parse_json_feed(body).title == "Pa\ufffdper"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-32"])
def test_the_letters_may_be_wide(charset: str) -> None:
    assert parse_json_feed(feed().decode().encode(charset)).title == "Paper"


def test_a_line_break_in_a_text_is_read() -> None:
    body = feed({"id": "1", "content_text": "One Two"}).replace(b" T", b"\nT")

    (entry,) = parse_json_feed(body).entries

    assert entry.content == RawText(value="One\nTwo", is_html=False)


VERSIONS = {
    "the number alone": {"version": "1.1"},
    "none, but the feed's address": {"version": None, "feed_url": "https://a.example/"},
    "none, but the page's": {"version": None, "home_page_url": "https://a.example/"},
}


@pytest.mark.parametrize("changes", VERSIONS.values(), ids=VERSIONS.keys())
def test_a_version_may_be_less_than_the_specification_asks(
    changes: dict[str, Any],
) -> None:
    assert parse_json_feed(feed({"id": "1"}, **changes)).entries


CUT = {
    "behind an item": (b'{"id": "3"}]}', 2),
    "inside an item": (b'"3"}]}', 2),
    "behind the last": (b"]}", 3),
    "before the first": (b'{"id": "1"}, {"id": "2"}, {"id": "3"}]}', 0),
}


@pytest.mark.parametrize(("end", "whole"), CUT.values(), ids=CUT.keys())
def test_a_document_that_is_cut_gives_its_whole_items(end: bytes, whole: int) -> None:
    body = feed({"id": "1"}, {"id": "2"}, {"id": "3"})
    assert body.endswith(end)

    document = parse_json_feed(body.removesuffix(end))

    assert document.title == "Paper"
    assert [entry.guid for entry in document.entries] == ["1", "2", "3"][:whole]
    assert document.is_cut


def test_a_whole_document_is_not_cut() -> None:
    assert not parse_json_feed(feed({"id": "1"})).is_cut


def test_authors_of_the_feed_are_apart_from_those_of_its_items() -> None:
    body = feed({"id": "1"}, authors=[{"name": "A"}, {"name": "B"}], author={})

    document = parse_json_feed(body)

    assert document.author == "A, B"
    assert [entry.author for entry in document.entries] == [None]


def test_an_author_in_the_ways_of_both_versions_is_one() -> None:
    assert one(authors=[{"name": "A"}], author={"name": "A"}).author == "A"
