"""What a bad item does to a feed: nothing to its validity, nothing to the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # no stubs

from config.values import ContentChoice
from ingest.entry import Enclosure
from publish.feed import FeedFormat, TopicFeed
from publish.formats.atom import render_atom
from publish.formats.json_feed import render_json_feed
from publish.formats.rss import render_rss
from store.article import Article, Strength, TagMatch
from tests.publish.factories import change_item, make_article, make_feed
from tests.publish.fakes import ARABIC, ENGLISH
from tests.publish.validity import find_faults_in_atom, find_faults_in_rss

CONTROLS = "".join(map(chr, range(32))) + "\x7f\x80\x9f"
SURROGATES = "\ud83d one \udc00"
MIXED = "\u202eabc مالي \u2067Mali\u2069 \u200f(2)\u202c"
MARKUP = "</title><script>alert(1)</script><![CDATA[ ]]> &amp; &lt;b&gt; &nosuch; <!--"
NAIVE = datetime(2026, 11, 20, 9)  # noqa: DTZ001 - what is wrong with it


def everywhere(text: str) -> dict[str, Any]:
    """A text in every place of an article that a publisher fills."""
    return {
        "title": text,
        "summary": text,
        "content_html": f"<p>{text}</p>",
        "author": text,
        "origin_title": text,
        "rights": text,
        "link": f"https://paper.example/{text}",
        "comments_url": f"https://paper.example/{text}",
        "image_url": f"https://paper.example/{text}.jpg",
        "enclosures": (
            Enclosure(url=f"https://paper.example/{text}", media_type=text),
        ),
    }


BAD: dict[str, dict[str, Any]] = {
    "a title of 10,000 characters": {"title": "Mali " * 2000},
    "a title of 10,000 characters without a space": {"title": "م" * 10_000},
    "texts of one megabyte": {"summary": "é" * 10**6, "content_html": "é " * 10**6},
    "markup everywhere": everywhere(MARKUP),
    "control characters everywhere": everywhere(CONTROLS),
    "lone surrogates everywhere": everywhere(SURROGATES),
    "two directions everywhere": everywhere(MIXED),
    "noncharacters everywhere": everywhere("\ufffe\uffff\ufdd0\U0001ffff\ufffd"),
    "emoji and zero-width characters everywhere": everywhere("👩‍👩‍👧\u200b\ufeff🇲🇱"),
    "nothing anywhere": everywhere(""),
    "a Latin title in an Arabic text": {"language": "ar", "title": "Mali (2) — !"},
    "no date": {"published_at": None},
    "the first date there is": {"published_at": datetime(1, 1, 1, tzinfo=UTC)},
    "the last date there is": {
        "published_at": datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    },
    "a relative link": {"link": "../a", "content_html": '<a href="/b">c</a>'},
    "an empty link": {"link": "", "comments_url": "", "image_url": ""},
    "no link": {"link": None, "origin_home": None},
    "a link to a script": {"link": "javascript:alert(1)", "image_url": "data:,a"},
    "a link to half an address": {"link": "https://[::1", "image_url": "https://a:b/"},
    "no author": {"author": None},
    "an author of nothing": {"author": " \n", "origin_title": "\x00"},
    "500 tags": {
        "tags": tuple(
            TagMatch(tag=f"tag-{n}", strength=Strength.MENTIONS, hits=())
            for n in range(500)
        )
    },
    "a language that is none": {"language": 'en"><b'},
    "a hundred files": {
        "enclosures": tuple(
            Enclosure(url=f"https://paper.example/{n}.mp3", length=-n)
            for n in range(100)
        ),
    },
}

_SCHEMA = Path(__file__).parent / "schemas" / "jsonfeed-1.1.schema.json"
_JSON_FEED = Draft202012Validator(json.loads(_SCHEMA.read_text()))


def faults_of_json(document: bytes, self_url: str) -> list[str]:
    feed = json.loads(document)
    wrong = [] if feed["feed_url"] == self_url else [feed["feed_url"]]
    return [*wrong, *(error.message for error in _JSON_FEED.iter_errors(feed))]


def entries_of_xml(document: bytes) -> list[Any]:
    found = feedparser.parse(BytesIO(document))
    assert not found.bozo
    entries: list[Any] = found.entries
    return entries


def items_of_json(document: bytes) -> list[Any]:
    items: list[Any] = json.loads(document)["items"]
    return items


Writer = tuple[
    Callable[[TopicFeed], bytes],
    Callable[[bytes, str], list[str]],
    Callable[[bytes], list[Any]],
]
WRITERS: dict[FeedFormat, Writer] = {
    FeedFormat.RSS: (render_rss, find_faults_in_rss, entries_of_xml),
    FeedFormat.ATOM: (render_atom, find_faults_in_atom, entries_of_xml),
    FeedFormat.JSON: (render_json_feed, faults_of_json, items_of_json),
}


@pytest.mark.parametrize("feed_format", WRITERS, ids=lambda one: one.value)
@pytest.mark.parametrize("content", ContentChoice, ids=lambda one: one.value)
@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_a_bad_item_leaves_its_feed_valid_and_the_others_as_they_are(
    changes: dict[str, Any], content: ContentChoice, feed_format: FeedFormat
) -> None:
    render, find_faults, read = WRITERS[feed_format]
    good = make_feed(ENGLISH, ARABIC, content=content)
    feed = make_feed(ENGLISH, bad(changes), ARABIC, content=content)

    document = render(feed)

    assert find_faults(document, feed.address_in(feed_format)) == []
    found = {one["id"]: one for one in read(document)}
    assert len(found) == 3
    before = {one["id"]: one for one in read(render(good))}
    assert {uri: found[uri] for uri in before} == before


def bad(changes: dict[str, Any]) -> Article:
    """An article that has more of everything than most, before it is spoilt."""
    whole = make_article(
        7,
        author="Mary",
        rights="© The Paper",
        comments_url="https://paper.example/7#talk",
        image_url="https://paper.example/7.jpg",
    )
    return replace(whole, **changes)


@pytest.mark.parametrize("feed_format", WRITERS, ids=lambda one: one.value)
def test_a_naive_date_is_one_of_utc_wherever_it_is_written(
    feed_format: FeedFormat,
) -> None:
    render, find_faults, _ = WRITERS[feed_format]
    feed = make_feed(make_article(published_at=NAIVE.replace(tzinfo=UTC)))
    naive, aware = dated(feed, NAIVE), dated(feed, NAIVE.replace(tzinfo=UTC))

    document = render(naive)

    assert document == render(aware)
    assert find_faults(document, feed.address_in(feed_format)) == []


def dated(feed: TopicFeed, moment: datetime) -> TopicFeed:
    """The feed when everything about its first item happened at this moment."""
    return change_item(
        feed, published_at=moment, updated_at=moment, first_seen_at=moment
    )


@pytest.mark.parametrize("feed_format", WRITERS, ids=lambda one: one.value)
def test_an_item_shows_its_picture_its_rights_and_where_it_is_talked_about(
    feed_format: FeedFormat,
) -> None:
    render, _, read = WRITERS[feed_format]

    (item,) = read(render(make_feed(bad({}))))

    told = json.dumps(item)
    assert "https://paper.example/7.jpg" in told
    assert "https://paper.example/7#talk" in told
    assert "The Paper" in told


def test_pictures_have_the_prefix_that_readers_expect() -> None:
    feed = make_feed(bad({}))

    assert b"<media:thumbnail url=" in render_rss(feed)
    assert b"<media:thumbnail url=" in render_atom(feed)
    assert b"media" not in render_atom(make_feed(make_article()))


def test_rss_names_every_file_though_it_has_one_enclosure() -> None:
    files = (
        Enclosure(url="https://paper.example/1.mp3", media_type="audio/mpeg"),
        Enclosure(url="https://paper.example/2.mp4", media_type="video/mp4", length=9),
    )

    (entry,) = entries_of_xml(render_rss(make_feed(make_article(enclosures=files))))

    assert [one.href for one in entry.enclosures] == ["https://paper.example/1.mp3"]
    assert entry.media_content == [
        {
            "url": "https://paper.example/2.mp4",
            "type": "video/mp4",
            "filesize": "9",
        }
    ]


@pytest.mark.parametrize("render", [render_rss, render_atom, render_json_feed])
def test_a_full_text_goes_in_the_direction_of_its_language(
    render: Callable[[TopicFeed], bytes],
) -> None:
    feed = make_feed(ENGLISH, ARABIC, content=ContentChoice.FULL)

    document = render(feed).decode()

    assert document.count('dir="rtl"') + document.count('dir=\\"rtl\\"') == 1
