from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.formats.choose import parse_document
from ingest.formats.page import parse_page
from ingest.formats.page_selectors import propose_selectors
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.formats.sitemap import parse_sitemap
from ingest.formats.snapshot import parse_snapshot
from ingest.formats.tame_html import tame_html
from ingest.normalise.document import normalise_document
from ingest.source import FeedAddress, PageSelectors, Source
from tests.factories import NOW

FEEDS = Path(__file__).parents[1] / "feeds"
BODIES = [
    path.read_bytes()
    for path in sorted(FEEDS.glob("*/*"))
    if path.suffix in {".xml", ".jsonfeed"}
]
PAGES = [path.read_bytes() for path in sorted(FEEDS.glob("*/*.txt"))]
HTML = [path.read_bytes() for path in sorted(FEEDS.glob("page/*.html"))]
SITEMAPS = [path.read_bytes() for path in sorted(FEEDS.glob("sitemap/*.xml"))]
SELECTORS = PageSelectors(
    item="article, li, tr, .card", date=".date", summary="p", author="@class"
)
TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</table>", "<li>"),
        *("<a href='/1'>", "</a>", "<div class=x>", "</div>", "<ul>", "</ul>", "text"),
        *("<h2>", "</h2>", "<svg>", "<select>", "<!--", "-->", "<i a", '="', "'", ">"),
    ]
)
CHARSETS = ["windows-1256", "utf-7", "undefined", "unicode_escape", "idna", "zlib", "ß"]
SOURCE = Source(
    slug="paper", title="Paper", location=FeedAddress(url="https://paper.example/feed")
)


def mutated(bodies: list[bytes]) -> st.SearchStrategy[bytes]:
    """A document of ours with a piece cut out, doubled or replaced."""

    def change(body: bytes, start: float, length: int, put: bytes) -> bytes:
        at = int(start * len(body))
        return body[:at] + put + body[at + length :]

    return st.builds(
        change,
        st.sampled_from(bodies),
        st.floats(0, 1),
        st.integers(0, 400),
        st.one_of(
            st.binary(max_size=20),
            st.sampled_from(
                [
                    *(b"<item>", b"</item>", b"]]>", b"\0", b"&#0;", b"&#xD800;"),
                    *(b"&#99999999999999999999;", b"length='" + b"9" * 5000 + b"'"),
                ]
            ),
        ),
    )


def is_a_document_or_named(read: Callable[[], RawDocument]) -> None:
    try:
        raw = read()
    except NotAFeedError:
        return
    normalise_document(raw, source=SOURCE, base_url=None, now=NOW)


@pytest.mark.property
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(mutated(BODIES), st.binary(max_size=200)),
    st.none()
    | st.text(max_size=9)
    | st.sampled_from(CHARSETS).map("a/b; charset={}".format),
)
def test_any_bytes_are_a_feed_or_named(body: bytes, content_type: str | None) -> None:
    is_a_document_or_named(lambda: parse_document(body, content_type=content_type))


@pytest.mark.property
@settings(deadline=None)
@given(st.one_of(mutated(PAGES), st.binary(max_size=200), st.text().map(str.encode)))
def test_any_bytes_are_a_snapshot_or_named(body: bytes) -> None:
    is_a_document_or_named(lambda: parse_snapshot(body))


@pytest.mark.property
@settings(max_examples=150, deadline=None)
@given(st.one_of(mutated(HTML), st.binary(max_size=200), st.text().map(str.encode)))
def test_any_bytes_are_a_page_or_named(body: bytes) -> None:
    is_a_document_or_named(
        lambda: parse_page(body, content_type=None, selectors=SELECTORS)
    )


@pytest.mark.property
@settings(max_examples=100, deadline=None)
@given(st.one_of(mutated(HTML), st.binary(max_size=200)))
def test_any_bytes_can_be_searched_for_a_list(body: bytes) -> None:
    proposals = propose_selectors(
        body, content_type=None, base_url="https://paper.example/"
    )

    for proposal in proposals:
        document = parse_page(body, content_type=None, selectors=proposal.selectors)
        assert len(document.entries) >= proposal.entry_count


@pytest.mark.property
@settings(max_examples=150, deadline=None)
@given(st.one_of(mutated(SITEMAPS), st.binary(max_size=200), st.text().map(str.encode)))
def test_any_bytes_are_a_sitemap_or_named(body: bytes) -> None:
    is_a_document_or_named(lambda: parse_sitemap(body, content_type=None))


@pytest.mark.property
@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(TAGS).map("".join)))
def test_a_page_that_is_tame_stays_as_it_is(page: str) -> None:
    tamed = tame_html(page)

    assert tame_html(tamed) == tamed
