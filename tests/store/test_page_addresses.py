"""What pages say their address is, and whose article an entry is by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ingest.entry import CanonicalUrl, Entry, EntryGuid
from store.article import ArticleId
from tests.factories import LONG_TEXT, NOW, make_entry
from tests.store.conftest import Shelf

LINKED = CanonicalUrl("https://yabiladi.com/a?from=feed")
DECLARED = CanonicalUrl("https://yabiladi.com/a")
WITH_PAGE = make_entry(
    guid=None, canonical_url=LINKED, page_url=DECLARED, text=LONG_TEXT
)
WITHOUT_PAGE = make_entry(guid=None, canonical_url=LINKED, is_without_page=True)
# Of another day, so that the title alone does not name the article.
WEEK_BEFORE = NOW - timedelta(days=7)
ELSEWHERE = make_entry(
    guid=EntryGuid("other"), canonical_url=DECLARED, published_at=WEEK_BEFORE
)
ALSO_DECLARED = make_entry(
    guid=EntryGuid("other"),
    published_at=WEEK_BEFORE,
    canonical_url=CanonicalUrl("https://m.yabiladi.com/a"),
    page_url=DECLARED,
)

# Whichever of the two comes first, from whichever source.
SAME: dict[str, tuple[Entry, Entry]] = {
    "a page's own address and its link": (WITH_PAGE, ELSEWHERE),
    "an address and the page that declares it": (ELSEWHERE, WITH_PAGE),
    "two links whose pages declare one address": (WITH_PAGE, ALSO_DECLARED),
}


@pytest.mark.parametrize(("first", "second"), SAME.values(), ids=SAME.keys())
def test_one_article_is_known_by(first: Entry, second: Entry, shelf: Shelf) -> None:
    shelf.record(first)

    record = shelf.record(second, source="daily8")

    assert (record.new, record.sighted) == (0, 1)


ORDERS = {
    "fails the first time": (WITHOUT_PAGE, WITH_PAGE),
    "fails the second time": (WITH_PAGE, WITHOUT_PAGE),
}


@pytest.mark.parametrize(("first", "second"), ORDERS.values(), ids=ORDERS.keys())
def test_an_entry_without_a_guid_is_one_article_where_its_page(
    first: Entry, second: Entry, shelf: Shelf
) -> None:
    shelf.record(first)

    assert shelf.record(second).new == 0


def test_the_address_of_a_page_that_comes_late_is_known_too(shelf: Shelf) -> None:
    shelf.record(WITHOUT_PAGE)
    shelf.record(WITH_PAGE)

    assert shelf.record(ELSEWHERE, source="daily8").new == 0


def test_one_address_on_pages_of_many_titles_is_nobody_s(shelf: Shelf) -> None:
    shelf.record(WITH_PAGE)
    other = make_entry(
        guid=EntryGuid("2"),
        canonical_url=CanonicalUrl("https://yabiladi.com/b"),
        page_url=DECLARED,
        title="Another story",
    )

    record = shelf.record(WITH_PAGE, other, now=NOW)

    assert record.new == 1


def test_the_published_link_stays_the_publisher_s(shelf: Shelf) -> None:
    shelf.record(WITH_PAGE)

    found = shelf.library.find_article(ArticleId(1))

    assert found is not None
    assert found.article.link == WITH_PAGE.link
