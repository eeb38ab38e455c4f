"""What is new in a feed for a reader that has an earlier rendering."""

from __future__ import annotations

from datetime import timedelta

from publish.delta import IssuedFeeds, select_new
from tests.publish.factories import change_item, make_article, make_feed

OLD = make_feed(make_article(1), make_article(2))


def test_only_new_items_are_news() -> None:
    issued = IssuedFeeds(10)
    issued.remember(['"a"'], OLD)

    known = issued.find(['"x"', '"a"'])
    assert known is not None
    news = select_new(make_feed(make_article(2), make_article(3)), known)

    assert news is not None
    assert [item.title for item in news.items] == ["Ministers meet in Bamako (3)"]


def test_a_revised_item_is_news() -> None:
    issued = IssuedFeeds(10)
    issued.remember(['"a"'], OLD)
    moved = OLD.items[0].updated_at + timedelta(hours=1)

    news = select_new(
        change_item(OLD, updated_at=moved), issued.find(['"a"']) or frozenset()
    )

    assert news is not None
    assert [item.updated_at for item in news.items] == [moved]


def test_a_feed_without_new_items_has_no_news() -> None:
    issued = IssuedFeeds(10)
    issued.remember(['"a"'], OLD)

    assert select_new(OLD, issued.find(['"a"']) or frozenset()) is None


def test_the_longest_unused_tag_is_forgotten() -> None:
    issued = IssuedFeeds(2)
    issued.remember(['"a"', '"b"'], OLD)

    issued.find(['"a"'])
    issued.remember(['"c"'], OLD)

    assert issued.find(['"a"']) is not None
    assert issued.find(['"b"']) is None
