from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.formats.raw import RawDocument, RawEntry
from ingest.formats.sitemap_choice import (
    Part,
    choose_wanted,
    instant,
    newest_first,
    own_parts,
)
from ingest.source import SitemapBounds

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def make_bounds(**changes: object) -> SitemapBounds:
    values = {
        "only": (),
        "newer_than": timedelta(days=7),
        "limit": 500,
        "documents": 5,
    } | changes
    return SitemapBounds(**values)  # type: ignore[arg-type]  # a test's changes


def make_entry(
    path: str, updated: str | None = None, published: str | None = None
) -> RawEntry:
    link = f"https://a.example{path}"
    return RawEntry(link=link, updated=updated, published=published)


INSTANTS = {
    "a day": ("2026-11-03", datetime(2026, 11, 3, tzinfo=UTC)),
    "a month": ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
    "a year": ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
    "a time": ("2026-11-03T14:30+01:00", datetime(2026, 11, 3, 13, 30, tzinfo=UTC)),
    "a time in UTC": (
        "2026-11-03T14:30:00Z",
        datetime(2026, 11, 3, 14, 30, tzinfo=UTC),
    ),
    "a time without zone": (
        " 2026-11-03T14:30:00.5 ",
        datetime(2026, 11, 3, 14, 30, 0, 500_000, tzinfo=UTC),
    ),
    "words": ("yesterday", None),
    "a day that does not exist": ("2026-02-30", None),
    "beyond the calendar": ("0001-01-01T00:00:00+14:00", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("words", "at"), INSTANTS.values(), ids=INSTANTS.keys())
def test_the_instant_of(words: str, at: datetime | None) -> None:
    assert instant(words) == at


def test_the_parts_of_an_index_come_newest_first() -> None:
    parts = [
        Part(url="https://a.example/pages.xml", lastmod=None),
        Part(url="https://a.example/2026-09.xml", lastmod=None),
        Part(url="https://a.example/2025.xml", lastmod=None),
        Part(url="https://a.example/old.xml", lastmod="2020-01-01"),
        Part(url="https://a.example/new.xml", lastmod="2026-11-01"),
        Part(url="https://a.example/tags.xml", lastmod="no date"),
        Part(url="https://a.example/old.xml", lastmod="2019-01-01"),
    ]

    paths = [url.removeprefix("https://a.example/") for url in newest_first(parts)]

    assert paths == [
        *("new.xml", "2026-09.xml", "2025.xml", "old.xml"),
        *("pages.xml", "tags.xml"),
    ]


OWN = {
    "its own": ("https://a.example/1.xml", True),
    "its own, with www": ("https://www.a.example/1.xml", True),
    "a host below": ("https://cdn.a.example/1.xml", True),
    "the host above": ("https://example/1.xml", True),
    "a sister": ("https://b.example/1.xml", False),
    "a name that ends alike": ("https://evil-a.example/1.xml", False),
    "this machine": ("http://127.0.0.1/1.xml", False),
    "no address": ("http://[1.xml", False),
    "a path alone": ("/1.xml", False),
}


@pytest.mark.parametrize(("url", "is_own"), OWN.values(), ids=OWN.keys())
def test_a_part_belongs_to_the_site_where_it_is(url: str, is_own: bool) -> None:
    index_url = "https://a.example/sitemap.xml"

    assert list(own_parts([url], index_url=index_url)) == [url] * is_own


def test_articles_that_are_too_old_are_left_aside() -> None:
    entries = (
        make_entry("/old", "2026-11-01"),
        make_entry("/new", "2026-11-20"),
        make_entry("/undated"),
        make_entry("/touched", "2026-11-20", published="2026-01-01"),
    )

    chosen = choose_wanted(RawDocument(entries=entries), make_bounds(), now=NOW)

    assert chosen.entries == entries[1:3]


def test_of_too_many_the_newest_are_taken_in_the_order_of_the_document() -> None:
    entries = (
        make_entry("/undated"),
        make_entry("/second", "2026-11-21"),
        make_entry("/third", "2026-11-20"),
        make_entry("/first", "2026-11-22"),
    )

    chosen = choose_wanted(RawDocument(entries=entries), make_bounds(limit=2), now=NOW)

    assert chosen.entries == (entries[1], entries[3])


def test_an_age_beyond_the_calendar_leaves_nothing_aside() -> None:
    document = RawDocument(entries=(make_entry("/old", "1990-01-01"),))
    bounds = make_bounds(newer_than=timedelta(days=900_000))

    assert choose_wanted(document, bounds, now=NOW) == document


UNDER = {
    "a path that begins so": ("https://a.example/news/1", True),
    "another path": ("https://a.example/sport/1", False),
    "letters escaped on one side only": ("https://a.example/%C3%A9tat/1", True),
    "no address": ("https://[a.example/news/1", False),
    "no link": (None, False),
}


@pytest.mark.parametrize(("link", "is_wanted"), UNDER.values(), ids=UNDER.keys())
def test_only_what_is_under_a_path(link: str | None, is_wanted: bool) -> None:
    document = RawDocument(entries=(RawEntry(link=link),))

    chosen = choose_wanted(document, make_bounds(only=("/news/", "/état/")), now=NOW)

    assert bool(chosen.entries) == is_wanted
