from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ingest.reading_rules import reading_rules
from ingest.source import (
    FeedAddress,
    PageAddress,
    PageSelectors,
    SitemapAddress,
    SitemapBounds,
    SnapshotFile,
    Source,
)
from tests.factories import NOW

URL = "https://a.example/"
PAGE = PageAddress(url=URL, selectors=PageSelectors(item="article"))
SITEMAP = SitemapAddress(
    url=URL,
    bounds=SitemapBounds(only=(), newer_than=timedelta(days=7), limit=9, documents=3),
)
FEED = Source(slug="a", title="A", location=FeedAddress(url=URL))
SAVED = replace(FEED, location=SnapshotFile(path=Path("a"), captured_at=NOW))

CHANGES = {
    "another selector": (
        replace(FEED, location=PAGE),
        replace(FEED, location=replace(PAGE, selectors=PageSelectors(item="li"))),
    ),
    "another choice of a sitemap": (
        replace(FEED, location=SITEMAP),
        replace(
            FEED,
            location=replace(SITEMAP, bounds=replace(SITEMAP.bounds, limit=10)),
        ),
    ),
    "another kind": (FEED, replace(FEED, location=PAGE)),
    "another moment of capture": (
        SAVED,
        replace(SAVED, location=SnapshotFile(path=Path("a"), captured_at=None)),
    ),
    "another language": (FEED, replace(FEED, language="fr")),
    "another time zone": (FEED, replace(FEED, time_zone=ZoneInfo("Africa/Algiers"))),
    "the text of its pages": (FEED, replace(FEED, full_text=True)),
    "another source to credit": (SAVED, replace(SAVED, credits={"The Paper": "paper"})),
}
SAME = {
    "another address": replace(FEED, location=FeedAddress(url="https://b.example/")),
    "another candidate": replace(
        FEED, location=FeedAddress(url=URL, candidates=("https://b.example/",))
    ),
    "another title": replace(FEED, title="B"),
    "another language of another source": replace(FEED, languages=("fr",)),
}


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES.keys())
def test_a_source_is_read_by_other_rules_with(before: Source, after: Source) -> None:
    assert reading_rules(before) != reading_rules(after)


@pytest.mark.parametrize("source", SAME.values(), ids=SAME.keys())
def test_a_source_is_read_by_the_same_rules_with(source: Source) -> None:
    assert reading_rules(source) == reading_rules(FEED)
