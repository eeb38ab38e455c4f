from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from store.archive import PageRules
from store.article import Publication
from store.classify.decide import Rules
from tests.factories import NOW, make_numbered
from tests.store.conftest import Shelf, about, make_rules

LATER = NOW + timedelta(days=1)


def renamed(*formerly: str, to: str = "sahel") -> Rules:
    """The topic Mali under another name."""
    rules = make_rules(**{to: about("mali")})
    return replace(rules, formerly={to: formerly})


def log(shelf: Shelf, topic: str) -> list[tuple[int, str]]:
    found: tuple[Publication, ...] = shelf.library.latest_publications(
        topic, limit=9, once=None
    )
    return [(one.position, one.article.uid) for one in found]


def test_what_a_topic_published_goes_on_under_its_new_name(shelf: Shelf) -> None:
    for number in (1, 2):
        shelf.record(make_numbered(number, title=f"Mali {number}"))
    before, change = log(shelf, "mali"), shelf.library.change_number()

    shelf.prepare(renamed("mali"), now=LATER)
    again = shelf.rows()
    shelf.prepare(renamed("mali"), now=LATER)
    shelf.record(make_numbered(3, title="Mali 3"), now=LATER)

    assert log(shelf, "sahel")[1:] == before
    assert log(shelf, "sahel")[0][0] == 3
    assert log(shelf, "mali") == []
    assert shelf.library.change_number() > change
    assert again["topic"] == shelf.rows()["topic"]


def test_a_topic_renamed_twice_takes_the_latest_name_that_published(
    shelf: Shelf,
) -> None:
    shelf.record(make_numbered(1, title="Mali 1"))
    shelf.prepare(renamed("mali"))

    shelf.prepare(renamed("mali", "sahel", "nowhere", to="desert"))

    assert len(log(shelf, "desert")) == 1
    assert log(shelf, "sahel") == []


def test_a_topic_that_has_published_keeps_its_own_log(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali 1"), make_numbered(2, title="Morocco 2"))
    morocco = log(shelf, "morocco")

    rules = make_rules(morocco=about("morocco"))
    shelf.prepare(replace(rules, formerly={"morocco": ("mali",)}))

    assert log(shelf, "morocco") == morocco
    assert len(log(shelf, "mali")) == 1


def test_a_name_that_is_taken_back_is_that_of_the_topic_again(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali 1"))
    before = log(shelf, "mali")
    shelf.prepare(renamed("mali"))

    shelf.prepare(renamed("sahel", to="mali"))

    assert log(shelf, "mali") == before


def test_a_renamed_topic_whose_rule_changes_is_decided_anew(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali 1"))
    shelf.record(make_numbered(2, title="Morocco 2"))

    rules = make_rules(sahel=about("morocco"))
    shelf.prepare(replace(rules, formerly={"sahel": ("mali",)}), now=LATER)

    assert shelf.titles("sahel") == ["Morocco 2"]
    assert [position for position, _ in log(shelf, "sahel")] == [2]


def test_whatever_was_configured_once_is_known(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali 1"))
    shelf.prepare(renamed("mali"))

    known = [
        shelf.library.was_configured(name) for name in ("mali", "morocco", "sahel")
    ]

    assert known == [True, True, True]
    assert not shelf.library.was_configured("never")


def test_a_topic_whose_former_names_published_nothing_begins_anew(shelf: Shelf) -> None:
    shelf.prepare(renamed("mali", "nowhere"))
    shelf.record(make_numbered(1, title="Mali 1"))

    assert [position for position, _ in log(shelf, "sahel")] == [1]


def test_archive_pages_go_along_and_are_followed_by_new_ones(shelf: Shelf) -> None:
    def write(page: Sequence[Publication]) -> bytes:
        return page[0].article.title.encode()

    archive = shelf.library.archive
    shelf.record(make_numbered(1, title="Mali 1"))
    archive.close_pages(PageRules(topic="mali", size=1, once=None), write)

    shelf.prepare(renamed("mali"), now=LATER)
    shelf.record(make_numbered(2, title="Mali 2"), now=LATER)
    archive.close_pages(PageRules(topic="sahel", size=1, once=None), write)

    assert [archive.find_page("sahel", number) for number in (1, 2, 3)] == [
        b"Mali 1",
        b"Mali 2",
        None,
    ]
    assert archive.last_number("mali") == 0
