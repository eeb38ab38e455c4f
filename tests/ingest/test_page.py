from __future__ import annotations

import pytest

from ingest.formats.page import MOST_ITEMS, parse_page
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.source import PageSelectors
from tests.cost import measured


def read(html: str, item: str = "article", **parts: str) -> RawDocument:
    selectors = PageSelectors(item=item, **parts)
    return parse_page(html.encode(), content_type=None, selectors=selectors)


def titles(document: RawDocument) -> list[str | None]:
    return [entry.title.value if entry.title else None for entry in document.entries]


def test_an_item_selector_that_finds_nothing_is_named() -> None:
    with pytest.raises(NotAFeedError, match=r"item selector '\.card' finds nothing"):
        read("<p>We have moved.</p>", item=".card")


def test_items_without_anything_are_named() -> None:
    with pytest.raises(
        NotAFeedError, match=r"finds 2 elements .* no link and no title"
    ):
        read("<article></article><article><img src=x></article>")


@pytest.mark.parametrize(
    "body", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfe", b"<rss><channel/></rss>"]
)
def test_what_is_no_page_has_no_items(body: bytes) -> None:
    with pytest.raises(NotAFeedError):
        parse_page(body, content_type=None, selectors=PageSelectors(item="article"))


def test_the_charset_of_the_header_counts() -> None:
    body = "<article><h2>Été à l’île</h2></article>".encode("iso-8859-15", "replace")

    document = parse_page(
        body,
        content_type="text/html; charset=iso-8859-15",
        selectors=PageSelectors(item="article"),
    )

    assert titles(document) == ["Été à l?île"]


def test_a_link_listed_twice_takes_the_first_entry_with_a_title() -> None:
    document = read(
        "<article><a href=/1><img src=a></a></article>"
        "<article><a href=/2>Second</a></article>"
        "<article><a href=/1>First</a></article>"
        "<article><a href=/1>First again</a></article>"
    )

    assert titles(document) == ["First", "Second"]


def test_entries_without_link_are_told_apart_by_their_titles() -> None:
    html = "<article><h2>One</h2></article><article><h2>Two</h2></article>"

    assert titles(read(html + html)) == ["One", "Two"]


def test_the_link_of_the_heading_comes_before_that_of_the_section() -> None:
    document = read(
        "<article><a href=/news>News</a><h2><a href=/1>Rain</a></h2></article>"
    )

    assert document.entries[0].link == "/1"


def test_a_link_that_a_selector_finds_may_be_a_text() -> None:
    document = read(
        "<article><h2>Rain</h2><code>https://a.example/1</code></article>", link="code"
    )

    assert document.entries[0].link == "https://a.example/1"


def test_a_heading_without_words_is_no_title() -> None:
    document = read("<article><h2><img src=x></h2><a href=/1>Rain</a></article>")

    assert titles(document) == ["Rain"]


def test_a_title_selector_leaves_other_headings_aside() -> None:
    document = read(
        "<article><h2>Section</h2><b>Rain</b></article>"
        "<article><h2>Section</h2><a href=/2>Sun</a></article>",
        title="b",
    )

    assert titles(document) == ["Rain", "Sun"]


def test_a_page_is_read_to_its_five_hundredth_item() -> None:
    html = "".join(f"<article><h2>{n}</h2></article>" for n in range(MOST_ITEMS + 1))

    assert len(read(html).entries) == MOST_ITEMS


HOSTILE = {
    "nested items": "<article><a href=x>y</a>" * 40_000,
    "deep in an item": "<article><a href=x>y</a>" + "<div>" * 100_000,
    "links alone": "<article>" + "<a href=x>y</a>" * 60_000,
    "items alone": "<article><a href=x>y</a></article>" * 30_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_read_in_bounded_time(html: str) -> None:
    with measured() as cost:
        document = read(html, summary="p:nth-child(2)", author="div div span")

    assert cost.seconds < 5
    assert len(document.entries) == 1
