from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from config.expression_parser import parse_expression
from store.archive import Archive, PageRules
from store.article import Publication
from store.database.engine import Database
from store.database.upgrade import open_database
from store.once import Once
from store.redecide import decide_next
from tests.factories import NOW, make_numbered
from tests.store.conftest import Shelf, is_integral, make_rules

RULES = PageRules(topic="morocco", size=3, once=Once())


def write(publications: Sequence[Publication]) -> bytes:
    return ",".join(each.article.title for each in publications).encode()


def enter(shelf: Shelf, *numbers: int, text: str = "") -> None:
    for number in numbers:
        entry = make_numbered(number, title=f"Morocco {number}", text=text)
        shelf.record(entry, source="yabiladi" if not text or number % 2 else "daily8")


def close(shelf: Shelf, size: int = 3, *, collapse: bool = True) -> list[str]:
    """The pages after every full one was closed."""
    archive = Archive(shelf.database)
    once = Once() if collapse else None
    archive.close_pages(PageRules(topic="morocco", size=size, once=once), write)
    return pages(archive)


def pages(archive: Archive) -> list[str]:
    numbers = range(1, archive.last_number("morocco") + 1)
    bodies = [archive.find_page("morocco", number) for number in numbers]
    return [body.decode() for body in bodies if body is not None]


def decide(shelf: Shelf, expression: str) -> None:
    rules = make_rules(morocco=parse_expression(expression))
    shelf.prepare(rules, now=NOW + timedelta(hours=1))
    while decide_next(shelf.database, rules, now=NOW):
        pass


def test_no_page_is_closed_before_it_is_full(shelf: Shelf) -> None:
    enter(shelf, 1, 2)

    assert close(shelf) == []
    assert Archive(shelf.database).find_page("morocco", 1) is None


def test_pages_have_what_entered_in_the_order_of_the_log(shelf: Shelf) -> None:
    enter(shelf, *range(1, 8))

    assert close(shelf) == [
        "Morocco 1,Morocco 2,Morocco 3",
        "Morocco 4,Morocco 5,Morocco 6",
    ]


def test_closing_again_changes_nothing(shelf: Shelf) -> None:
    enter(shelf, *range(1, 8))
    close(shelf)
    before = shelf.rows()

    close(shelf)

    assert shelf.rows() == before


def test_another_size_holds_for_later_pages_only(shelf: Shelf) -> None:
    enter(shelf, 1, 2, 3, 4)
    close(shelf, 3)
    enter(shelf, 5)

    assert close(shelf, 2) == ["Morocco 1,Morocco 2,Morocco 3", "Morocco 4,Morocco 5"]


def test_a_topic_has_pages_of_its_own(shelf: Shelf) -> None:
    enter(shelf, 1, 2, 3)
    close(shelf)

    assert Archive(shelf.database).last_number("mali") == 0
    assert Archive(shelf.database).find_page("mali", 1) is None


def test_of_copies_a_page_has_the_one_that_shows(shelf: Shelf) -> None:
    enter(shelf, 1, 2, text="The king spoke in Rabat of roads and of water. " * 5)
    enter(shelf, 3, 4)

    assert close(shelf) == ["Morocco 1,Morocco 3,Morocco 4"]


def test_a_topic_that_shows_every_copy_has_them_in_its_pages(shelf: Shelf) -> None:
    enter(shelf, 1, 2, text="The king spoke in Rabat of roads and of water. " * 5)
    enter(shelf, 3)

    found = close(shelf, collapse=False)

    assert found == ["Morocco 1,Morocco 2,Morocco 3"]


def test_what_was_withdrawn_before_is_in_no_page(shelf: Shelf) -> None:
    enter(shelf, 1, 2)
    decide(shelf, "about:morocco NOT title:1")
    enter(shelf, 3, 4)

    assert close(shelf) == ["Morocco 2,Morocco 3,Morocco 4"]


def test_what_is_withdrawn_later_stays_where_it_is(shelf: Shelf) -> None:
    enter(shelf, 1, 2, 3)
    before = close(shelf)

    decide(shelf, "about:morocco NOT title:1")

    assert close(shelf) == before


def test_what_comes_back_is_in_the_next_page(shelf: Shelf) -> None:
    enter(shelf, 1, 2)
    decide(shelf, "about:morocco NOT title:1")
    enter(shelf, 3, 4)
    close(shelf)
    decide(shelf, "about:morocco")
    enter(shelf, 5, 6, 7)

    assert close(shelf) == [
        "Morocco 2,Morocco 3,Morocco 4",
        "Morocco 1,Morocco 5,Morocco 6",
    ]


def test_a_page_that_could_not_be_written_is_closed_later(shelf: Shelf) -> None:
    def fail(publications: Sequence[Publication]) -> bytes:
        raise KeyboardInterrupt

    enter(shelf, *range(1, 7))
    with pytest.raises(KeyboardInterrupt):
        Archive(shelf.database).close_pages(RULES, fail)

    assert pages(Archive(shelf.database)) == []
    assert len(close(shelf)) == 2


def test_two_that_close_at_once_close_each_page_once(url: str) -> None:
    with open_database(url) as database:
        shelf = Shelf(database)
        enter(shelf, *range(1, 31))
        databases = [Database(url) for _ in range(4)]

        with ThreadPoolExecutor(len(databases)) as threads:
            archives = [Archive(each) for each in databases]
            list(
                threads.map(lambda archive: archive.close_pages(RULES, write), archives)
            )
        for each in databases:
            each.close()

        expected = [f"Morocco {number}" for number in range(1, 31)]
        assert ",".join(pages(Archive(database))).split(",") == expected
        assert is_integral(database)


def test_what_a_page_has_comes_again_when_it_is_revised(shelf: Shelf) -> None:
    enter(shelf, *range(1, 8))
    close(shelf)
    later = NOW + timedelta(hours=1)

    shelf.record(make_numbered(2, title="Morocco 2 corrected"), now=later)

    assert latest(shelf, 3) == ["Morocco 7", "Morocco 6", "Morocco 2 corrected"]
    assert close(shelf)[0] == "Morocco 1,Morocco 2,Morocco 3"


def test_what_no_page_has_makes_no_room_for_revisions(shelf: Shelf) -> None:
    enter(shelf, *range(1, 9))
    close(shelf)
    later = NOW + timedelta(hours=1)

    for number in (1, 2, 3):
        revised = make_numbered(number, title=f"Morocco {number} corrected")
        shelf.record(revised, now=later + timedelta(minutes=number))

    assert latest(shelf, 3) == ["Morocco 8", "Morocco 7", "Morocco 3 corrected"]


def latest(shelf: Shelf, limit: int) -> list[str]:
    found = shelf.library.latest_publications("morocco", limit=limit, once=Once())
    return [each.article.title for each in found]
