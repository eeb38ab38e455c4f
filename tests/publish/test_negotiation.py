"""What a client gets by what it says it takes."""

from __future__ import annotations

import feedparser.http
import pytest

from publish.feed import FeedFormat
from publish.rendered import Coding
from publish.web.negotiation import (
    choose_coding,
    choose_format,
    is_browser,
    wants_news_only,
)
from publish.web.quality import read_preferences

CODINGS = {
    "nothing said": (None, None),
    "an empty field": ("", None),
    "gzip alone": ("gzip", Coding.GZIP),
    "its old name": ("x-gzip", Coding.GZIP),
    "both alike": ("gzip, deflate, br", Coding.BROTLI),
    "what a browser sends": ("gzip, deflate, br, zstd", Coding.BROTLI),
    "gzip liked better": ("br;q=0.5, gzip;q=0.8", Coding.GZIP),
    "the plain document liked better": ("gzip;q=0.5, identity", None),
    "the plain document liked as well": ("gzip, identity", Coding.GZIP),
    "anything": ("*", Coding.BROTLI),
    "anything but the best": ("*, br;q=0", Coding.GZIP),
    "nothing at all": ("identity;q=0, *;q=0", None),
    "no compression": ("gzip;q=0, br;q=0", None),
    "what nobody here knows": ("compress, zstd", None),
    "capital letters and spaces": (" GZIP ; Q=0.7 ", Coding.GZIP),
    "a weight that is none": ("br;q=high, gzip", Coding.GZIP),
}
FORMATS = {
    "nothing said": (None, None),
    "anything": ("*/*", None),
    "Firefox": (
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        None,
    ),
    "a search engine": ("text/html;q=0.9, application/rss+xml;q=0.5", None),
    "RSS alone": ("application/rss+xml", FeedFormat.RSS),
    "Atom alone": ("application/atom+xml", FeedFormat.ATOM),
    "JSON Feed alone": ("application/feed+json", FeedFormat.JSON),
    "JSON of any kind": ("application/json", FeedFormat.JSON),
    "XML of any kind": ("text/xml;q=0.5, */*;q=0.1", FeedFormat.RSS),
    "newsboat": (
        "application/atom+xml;q=0.6, application/rss+xml, application/xml;q=0.4",
        FeedFormat.RSS,
    ),
    "feedparser": (
        "application/atom+xml,application/rdf+xml,application/rss+xml,"
        "application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1",
        FeedFormat.RSS,
    ),
    "Atom liked better": (
        "application/atom+xml, application/rss+xml;q=0.9",
        FeedFormat.ATOM,
    ),
    "a reader that takes pages too": (
        "application/xml, application/atom+xml, application/rss+xml, "
        "application/feed+json, text/html, */*;q=0.9",
        FeedFormat.RSS,
    ),
    "pages refused and feeds not named": ("text/html;q=0, */*", None),
    "feeds refused": ("application/rss+xml;q=0, */*;q=0.1", None),
    "nonsense": (";;,=,q=1;", None),
}
NEWS = {
    "not said": (None, False),
    "new items": ("feed", True),
    "new items, compressed": ("feed, gzip", True),
    "new items refused": ("feed;q=0", False),
    "another manipulation": ("vcdiff, diffe", False),
}


@pytest.mark.parametrize(("header", "coding"), CODINGS.values(), ids=CODINGS)
def test_the_coding_is_the_one_that_the_client_likes_best(
    header: str | None, coding: Coding | None
) -> None:
    assert choose_coding(header) is coding


@pytest.mark.parametrize(("header", "feed_format"), FORMATS.values(), ids=FORMATS)
def test_readers_get_feeds_and_browsers_pages(
    header: str | None, feed_format: FeedFormat | None
) -> None:
    assert choose_format(header) is feed_format


@pytest.mark.parametrize(("header", "wanted"), NEWS.values(), ids=NEWS)
def test_new_items_alone_are_for_those_who_ask(
    header: str | None, wanted: bool
) -> None:
    assert wants_news_only(header, accept="application/rss+xml, */*;q=0.1") is wanted


def test_programs_built_on_feedparser_ask_for_more_than_they_can_use() -> None:
    assert not wants_news_only("feed", accept=feedparser.http.ACCEPT_HEADER)


def test_an_absurd_list_is_read_no_further_than_anyone_needs() -> None:
    assert len(read_preferences(",".join(f"a{n}" for n in range(100_000)))) == 50


BROWSERS = {
    "Firefox": (
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        True,
    ),
    "a browser of XHTML": ("application/xhtml+xml", True),
    "Miniflux": (
        "application/xml, application/rss+xml, text/html, */*;q=0.9",
        False,
    ),
    "curl": ("*/*", False),
    "nothing said": (None, False),
}


@pytest.mark.parametrize(("accept", "expected"), BROWSERS.values(), ids=BROWSERS)
def test_a_browser_knows_pages_and_no_feeds(accept: str | None, expected: bool) -> None:
    assert is_browser(accept) is expected
