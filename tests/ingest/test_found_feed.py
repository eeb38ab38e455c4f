from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.discover import FeedLink, How
from ingest.fetch.outcome import (
    NO_VALIDATORS,
    Fetched,
    InMemory,
)
from ingest.formats.raw import NotAFeedError
from ingest.found_feed import FoundFeed, read_feed, read_found_feed, sort_found

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://news.example/feed"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel>
<title>Le courrier</title><link>https://news.example/</link><language>fr-FR</language>
<item><title>Une</title><guid>1</guid>
<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate></item>
<item><title>Deux</title><guid>2</guid>
<pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Trois, sans date</title><guid>3</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>a</id>
<entry><id>1</id><title>One</title><updated>2026-11-20T00:00:00Z</updated></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><channel><title>R</title></channel>
<item><title>One</title></item></rdf:RDF>"""
JSON = '{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": []}'


def make_fetched(body: str = RSS, final_url: str | None = URL) -> Fetched:
    content = body.encode()
    return Fetched(
        content=InMemory(content),
        body_digest=hashlib.sha256(content).hexdigest(),
        status=200,
        final_url=final_url,
        content_type="text/html",
        validators=NO_VALIDATORS,
    )


def make_link(url: str = URL, **changes: object) -> FeedLink:
    return replace(FeedLink(url=url, how=How.LINK), **changes)  # type: ignore[arg-type]


def read(body: str = RSS, final_url: str | None = URL, url: str = URL) -> FoundFeed:
    found = read_found_feed(make_link(url), make_fetched(body, final_url), now=NOW)
    assert found is not None
    return found


def test_a_feed_is_described() -> None:
    feed = read()

    assert (feed.url, feed.title, feed.format) == (URL, "Le courrier", "RSS")
    assert (feed.entries, feed.language) == (3, "fr")
    assert feed.newest_at == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert feed.home == "https://news.example/"


FORMATS = {"RSS 2.0": (RSS, "RSS"), "Atom": (ATOM, "Atom"), "RSS 1.0": (RDF, "RSS")}


@pytest.mark.parametrize(("body", "name"), FORMATS.values(), ids=FORMATS.keys())
def test_the_format_is_named_by_content(body: str, name: str) -> None:
    assert read(body).format == name


def test_a_json_feed_without_entries_is_a_feed() -> None:
    feed = read(JSON)

    assert (feed.format, feed.entries, feed.newest_at) == ("JSON Feed", 0, None)
    assert (feed.home, feed.language) == (None, None)


@pytest.mark.parametrize("body", ["<html><body>", "", "{}", "%PDF-1.7"])
def test_what_is_no_feed_is_none(body: str) -> None:
    assert read_found_feed(make_link(), make_fetched(body), now=NOW) is None


def test_a_feed_without_a_title_has_that_of_its_link() -> None:
    link = make_link(title="Our feed")
    body = ATOM.replace("<title>A</title>", "")

    found = read_found_feed(link, make_fetched(body), now=NOW)

    assert found is not None
    assert found.title == "Our feed"


ADDRESSES = {
    "the secure one": ("http://news.example/feed", URL, URL),
    "with the slash": (URL, f"{URL}/", f"{URL}/"),
    "with www": (URL, "https://www.news.example/feed", "https://www.news.example/feed"),
    "the publisher's, when another place serves it": (
        URL,
        "https://feeds.example/x",
        URL,
    ),
    "the one asked, when nothing else is known": (URL, None, URL),
}


@pytest.mark.parametrize(
    ("asked", "final", "lasting"), ADDRESSES.values(), ids=ADDRESSES.keys()
)
def test_the_address_to_poll_is(asked: str, final: str | None, lasting: str) -> None:
    assert read(final_url=final, url=asked).url == lasting


def make_found(url: str, **changes: object) -> FoundFeed:
    feed = replace(read(), url=url, body_digest=url)
    return replace(feed, **changes)  # type: ignore[arg-type]


ORDERS = {
    "with entries before without": (
        make_found("empty", entries=0),
        make_found("full"),
    ),
    "articles before comments": (
        make_found("comments", is_for_comments=True),
        make_found("articles"),
    ),
    "articles without entries before comments": (
        make_found("comments", is_for_comments=True),
        make_found("empty", entries=0),
    ),
    "link elements before links": (
        make_found("anchor", how=How.ANCHOR),
        make_found("element", how=How.LINK),
    ),
}


@pytest.mark.parametrize(("second", "first"), ORDERS.values(), ids=ORDERS.keys())
def test_the_better_feed_comes_first(second: FoundFeed, first: FoundFeed) -> None:
    assert sort_found([second, first]) == (first, second)


def test_equals_keep_their_order() -> None:
    feeds = tuple(make_found(name) for name in ("c", "a", "b"))

    assert sort_found(feeds) == feeds


SAME = {
    "by the bytes": (make_found("one"), make_found("two", body_digest="one")),
    "by the address": (make_found("one"), make_found("one", body_digest="other")),
}


@pytest.mark.parametrize(("one", "again"), SAME.values(), ids=SAME.keys())
def test_one_feed_is_listed_once(one: FoundFeed, again: FoundFeed) -> None:
    assert sort_found([one, again]) == (one,)


def test_a_page_in_place_of_a_feed_names_the_feeds_it_links_to() -> None:
    page = "<!DOCTYPE html><html>" + "".join(
        f"<a href='/{name}/rss.xml'>RSS</a>" for name in ("a", "b", "c", "d")
    )

    with pytest.raises(NotAFeedError) as caught:
        read_feed(make_fetched(page))

    site = "https://news.example"
    assert str(caught.value) == (
        f"it is an HTML page, not a feed; it links to {site}/a/rss.xml and "
        f"{site}/b/rss.xml and {site}/c/rss.xml"
    )


def test_a_page_without_feeds_is_told_as_it_is() -> None:
    with pytest.raises(NotAFeedError, match=r"not a feed$"):
        read_feed(make_fetched("<!DOCTYPE html><html><body>"))


def test_a_feed_is_read() -> None:
    assert len(read_feed(make_fetched()).entries) == 3
