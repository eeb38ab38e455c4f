from __future__ import annotations

from datetime import timedelta

from config.expression import Not
from store.article import ArticleId
from store.once import Once
from tests.factories import NOW, make_numbered
from tests.store.conftest import Shelf, about, make_rules

LATER = NOW + timedelta(hours=1)


def fill(shelf: Shelf) -> None:
    shelf.record(
        make_numbered(2, title="Mali today"), make_numbered(1, title="Morocco today")
    )


def test_a_new_topic_holds_what_was_stored_before(shelf: Shelf) -> None:
    fill(shelf)

    shelf.prepare(make_rules(both=Not(part=about("tunisia"))), now=LATER)

    assert shelf.titles("both") == ["Mali today", "Morocco today"]


def test_a_changed_topic_shows_no_more_what_it_no_longer_holds(shelf: Shelf) -> None:
    fill(shelf)

    shelf.prepare(make_rules(morocco=about("mali"), mali=about("mali")), now=LATER)

    assert shelf.titles("morocco") == ["Mali today"]
    found = shelf.library.find_article(ArticleId(1))
    assert found is not None
    assert found.memberships == ()


def test_an_article_that_comes_back_keeps_its_place(shelf: Shelf) -> None:
    fill(shelf)
    (before,) = shelf.library.latest_publications("morocco", limit=9, once=Once())

    shelf.prepare(make_rules(morocco=about("mali")), now=LATER)
    shelf.prepare(make_rules(morocco=about("morocco")), now=LATER)

    (after,) = shelf.library.latest_publications("morocco", limit=9, once=Once())
    assert after == before


def test_preparing_the_same_configuration_again_changes_nothing(shelf: Shelf) -> None:
    fill(shelf)
    before = shelf.rows()

    shelf.prepare(shelf.rules, now=LATER)

    assert shelf.rows() == before


def test_topics_say_how_much_they_show(shelf: Shelf) -> None:
    fill(shelf)

    sizes = shelf.library.topic_sizes()

    assert {slug: size.count for slug, size in sizes.items()} == {
        "morocco": 1,
        "mali": 1,
    }
    assert sizes["mali"].latest_at == NOW


def test_articles_are_counted_by_origin(shelf: Shelf) -> None:
    fill(shelf)

    assert shelf.library.article_counts() == {"yabiladi": 2}


def test_no_article_has_an_absurd_number(shelf: Shelf) -> None:
    for number in (0, -1, 1, 2**63, 10**30):
        assert shelf.library.find_article(ArticleId(number)) is None
