from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.without_feed import FoundSitemap, propose_for, read_found_sitemap
from tests.factories import make_fetched

URL = "https://news.example/sitemap.xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LIST = b"<html>" + b"".join(
    b"<li class=card><a href=/%d>A headline of some length, number %d</a></li>" % (n, n)
    for n in range(5)
)

SITEMAPS = {
    "its articles are counted": (
        f"<urlset xmlns='{SPACE}'><url><loc>https://news.example/a-b</loc></url></urlset>",
        FoundSitemap(url=URL, entries=1, parts=0),
    ),
    "the parts of an index are counted": (
        f"<sitemapindex xmlns='{SPACE}'><sitemap><loc>https://news.example/1.xml</loc>"
        "</sitemap></sitemapindex>",
        FoundSitemap(url=URL, entries=0, parts=1),
    ),
    "an empty one is none": (f"<urlset xmlns='{SPACE}'/>", None),
    "a page is none": ("<!DOCTYPE html><html>", None),
    "a picture is none": ("\x89PNG", None),
}


@pytest.mark.parametrize(("body", "found"), SITEMAPS.values(), ids=SITEMAPS.keys())
def test_a_sitemap(body: str, found: FoundSitemap | None) -> None:
    assert read_found_sitemap(URL, make_fetched(body=body.encode())) == found


def test_a_page_of_articles_has_selectors() -> None:
    page = make_fetched(body=LIST, content_type="text/html", final_url=URL)

    assert propose_for(page)[0].entry_count == 5


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b""])
def test_what_is_no_page_has_none(body: bytes) -> None:
    assert propose_for(make_fetched(body=body)) == ()


def test_what_came_from_nowhere_has_none() -> None:
    assert propose_for(replace(make_fetched(body=LIST), final_url=None)) == ()
