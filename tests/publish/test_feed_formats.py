"""What holds for a topic feed in each of the two XML formats."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import feedparser
import pytest

from config.values import ContentChoice
from publish.feed import FeedCategory, FeedCredit, FeedFormat, FeedItem, TopicFeed
from publish.formats.atom import render_atom
from publish.formats.rss import render_rss
from tests.publish.factories import change_item, make_article, make_feed
from tests.publish.fakes import ARABIC, ENGLISH, FRENCH
from tests.publish.feeds import FEEDS, NASTY
from tests.publish.validity import find_faults_in_atom, find_faults_in_rss


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A format under test with the judge of its documents."""

    render: Callable[[TopicFeed], bytes]
    find_faults: Callable[[bytes, str], list[str]]
    feed_format: FeedFormat

    def faults(self, feed: TopicFeed) -> list[str]:
        return self.find_faults(self.render(feed), feed.address_in(self.feed_format))

    def read_back(self, feed: TopicFeed) -> Any:
        return feedparser.parse(BytesIO(self.render(feed)))


WRITERS = (
    Writer(
        render=render_rss,
        find_faults=find_faults_in_rss,
        feed_format=FeedFormat.RSS,
    ),
    Writer(
        render=render_atom,
        find_faults=find_faults_in_atom,
        feed_format=FeedFormat.ATOM,
    ),
)


@pytest.fixture(params=WRITERS, ids=lambda writer: writer.feed_format.label)
def writer(request: pytest.FixtureRequest) -> Writer:
    """Each format in turn."""
    found: Writer = request.param
    return found


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_every_feed_is_valid(writer: Writer, feed: TopicFeed) -> None:
    assert writer.faults(feed) == []


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_rendering_twice_gives_equal_bytes(writer: Writer, feed: TopicFeed) -> None:
    assert writer.render(feed) == writer.render(feed)


def test_a_reader_sees_what_was_selected(writer: Writer) -> None:
    feed = make_feed(ENGLISH, FRENCH, ARABIC)

    found = writer.read_back(feed)

    assert [
        (each.id, each.link, each.title, each.author) for each in found.entries
    ] == [(item.tag_uri, item.link, item.title, item.author) for item in feed.items]
    assert all(
        each.summary.startswith(item.summary)
        for each, item in zip(found.entries, feed.items, strict=True)
    )
    assert found.feed.title == feed.title
    assert found.feed.link == feed.page_url
    assert not found.bozo


def test_a_reader_sees_the_publishers_dates_and_no_invented_one(
    writer: Writer,
) -> None:
    feed = make_feed(ENGLISH, FRENCH, ARABIC)

    found = writer.read_back(feed).entries

    assert [_published_at(each) for each in found] == [
        item.published_at for item in feed.items
    ]


def _published_at(entry: Any) -> datetime | None:
    # feedparser offers `updated` as `published` too where there is no other.
    if "published" not in entry.keys():  # noqa: SIM118 - its `in` does that
        return None
    return datetime.fromtimestamp(timegm(entry.published_parsed), UTC)


def test_a_reader_sees_tags_with_their_scheme(writer: Writer) -> None:
    entry = writer.read_back(make_feed(ENGLISH)).entries[0]

    schemes = {each.scheme for each in entry.tags}
    names = [each.label or each.term for each in entry.tags]

    assert schemes == {"tag:news.example.org,2026:tags"}
    assert names == ["Western Sahara", "Mali"]


def test_a_reader_sees_the_first_enclosure(writer: Writer) -> None:
    entry = writer.read_back(make_feed(ENGLISH)).entries[0]

    first = entry.enclosures[0]

    assert (first.href, first.type, first.length) == (
        "https://paper.example/1.mp3",
        "audio/mpeg",
        "1234",
    )


def test_a_reader_sees_the_language_of_each_item(writer: Writer) -> None:
    found = writer.read_back(make_feed(ENGLISH, FRENCH, ARABIC)).entries

    assert [each.title_detail.language for each in found] == ["ar", "en", "fr"]


def test_a_reader_sees_the_source_that_has_a_page(writer: Writer) -> None:
    entry = writer.read_back(make_feed(ENGLISH)).entries[0]

    assert entry.source.title == "The Paper"


def test_the_full_text_comes_beside_the_excerpt(writer: Writer) -> None:
    feed = make_feed(ENGLISH, content=ContentChoice.FULL)

    entry = writer.read_back(feed).entries[0]

    assert entry.summary == ENGLISH.summary
    assert "<b>for the first time</b>" in entry.content[0].value


def test_text_that_looks_like_markup_stays_text(writer: Writer) -> None:
    feed = make_feed(make_article(title="a < b && c", summary="a < b && c"))

    document = writer.render(feed)

    assert b"<title>a &#x3C; b &#x26;&#x26; c</title>" in document


def test_hostile_content_is_cleaned_at_output_too(writer: Writer) -> None:
    document = writer.render(FEEDS["hostile content"])

    assert b"alert(1)" not in document
    assert b"onclick" not in document


def test_a_bad_item_leaves_the_others_untouched(writer: Writer) -> None:
    good, bad = make_article(1), make_article(2, title=NASTY, summary=NASTY)

    titles = [each.title for each in writer.read_back(make_feed(good, bad)).entries]

    assert titles == ["ab", good.title]


def test_only_the_changed_item_changes(writer: Writer) -> None:
    before = make_feed(make_article(1), make_article(2))
    after = change_item(before, title="Another title")

    changed = [
        line
        for line, other in zip(
            writer.render(before).splitlines(),
            writer.render(after).splitlines(),
            strict=True,
        )
        if line != other
    ]

    assert len(changed) == 1


def test_atom_carries_every_enclosure_with_its_rel() -> None:
    entry = WRITERS[1].read_back(make_feed(ENGLISH)).entries[0]

    links = [(link.rel, link.get("length")) for link in entry.links]

    # The second length is unknown, which Atom says by silence.
    assert links == [("alternate", None), ("enclosure", "1234"), ("enclosure", None)]


def test_atom_credits_a_source_without_a_page() -> None:
    entry = WRITERS[1].read_back(make_feed(ARABIC)).entries[0]

    assert entry.source.title == "Saved pages"
    assert entry.source.id == "tag:news.example.org,2026:source/snapshot"


def test_rss_names_no_source_without_a_page() -> None:
    assert b"<source" not in render_rss(make_feed(ARABIC))


def bare_item(item: FeedItem) -> FeedItem:
    """An item with as little as its type allows."""
    return replace(
        item,
        author=None,
        language=None,
        published_at=None,
        summary="",
        categories=(FeedCategory(term="mali", label=""),),
        credit=FeedCredit(title="", url=None, tag_uri=item.credit.tag_uri),
    )


def test_the_barest_item_is_valid(writer: Writer) -> None:
    feed = make_feed(make_article())
    bare = replace(feed, items=(bare_item(feed.items[0]),), title="", description="")

    assert writer.faults(bare) == []
