"""What an examination says of the documents of every kind of source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.doctor.document import describe_document
from ingest.doctor.facts import DocumentFacts
from ingest.read import read_document
from ingest.source import (
    FeedAddress,
    Location,
    PageAddress,
    PageSelectors,
    SitemapAddress,
    SitemapBounds,
    SnapshotFile,
    Source,
)
from tests.end_to_end.service import CATALOGUE
from tests.factories import NOW, make_fetched

URL = "https://paper.example/feed"
FEED = FeedAddress(url=URL)
PAGE = PageAddress(url=URL, selectors=PageSelectors(item="article", link="a"))
BOUNDS = SitemapBounds(only=(), newer_than=timedelta(days=7), limit=100, documents=5)
SITEMAP = SitemapAddress(url=URL, bounds=BOUNDS)
SNAPSHOT = SnapshotFile(path=Path("x"), captured_at=NOW)
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Paper</title>
<item><title>One</title><link>https://paper.example/1</link><guid>1</guid>
<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate><description>Text</description></item>
<item><title>One</title><link>/2</link><guid>2</guid></item>
<item><guid>3</guid></item>
<item><link>https://[paper/4</link><description>Four</description></item>
</channel></rss>"""
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

CASES: Mapping[str, tuple[Location, bytes, Mapping[str, Any]]] = {
    "RSS": (
        FEED,
        RSS.encode(),
        {
            "format": "RSS 2.0",
            "charset": "utf-8",
            "entries": 4,
            "untitled": 2,
            "equal_titles": 2,
            "relative": 1,
            "equal_links": 0,
        },
    ),
    "RSS in letters of no charset": (
        FEED,
        RSS.replace("Text", "T\ufffdxt").encode(),
        {"unreadable": 1},
    ),
    "Atom": (
        FEED,
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><id>1</id>'
        b"<title>One</title></entry></feed>",
        {"format": "Atom", "entries": 1, "unlinked": 1},
    ),
    "a feed with text before its root": (
        FEED,
        b"<!--" + b"x" * 9000 + b"-->" + RSS.partition("?>")[2].strip().encode(),
        {"format": "a feed without a root", "entries": 4},
    ),
    "JSON Feed": (
        FEED,
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": '
        b'[{"id": "1", "title": "One", "url": "https://[paper", '
        b'"content_text": "Text"}]}',
        {"format": "JSON Feed", "reader": "as JSON", "charset": None, "relative": 0},
    ),
    "a page": (
        PAGE,
        b'<article><a href="/1">One</a></article>'
        b'<article><a href="/2">Two</a></article>',
        {"format": "a web page", "reader": "by its kind", "entries": 2},
    ),
    "a sitemap": (
        SITEMAP,
        f"<urlset {NAMESPACE}><url><loc>https://paper.example/1</loc></url>"
        "</urlset>".encode(),
        {"format": "a sitemap", "is_index": False},
    ),
    "an index of sitemaps": (
        SITEMAP,
        f"<sitemapindex {NAMESPACE}><sitemap><loc>https://paper.example/s.xml</loc>"
        "</sitemap></sitemapindex>".encode(),
        {"format": "an index of sitemaps", "is_index": True},
    ),
    "a snapshot": (
        SNAPSHOT,
        (CATALOGUE / "snapshots" / "daily8.txt").read_bytes(),
        {"format": "a snapshot", "reader": "by its kind"},
    ),
}


def describe(location: Location, body: bytes) -> DocumentFacts:
    source = Source(slug="paper", title="Paper", location=location)
    fetched = make_fetched(body=body, final_url=URL, content_type=None)
    document, _ = read_document(source, fetched, NOW)
    return describe_document(source, fetched, document)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_told_of(case: tuple[Location, bytes, Mapping[str, Any]]) -> None:
    location, body, expected = case

    facts = describe(location, body)

    assert {name: getattr(facts, name) for name in expected} == expected
    assert len(facts.text_lengths) == facts.entries - len(facts.left_out)


def test_dates_come_the_newest_first() -> None:
    body = RSS.replace("<guid>2</guid>", "<pubDate>2026-11-23</pubDate>").encode()
    facts = describe(FEED, body)

    assert len(facts.dates) == 2
    assert list(facts.dates) == sorted(facts.dates, reverse=True)
