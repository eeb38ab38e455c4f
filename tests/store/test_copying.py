"""Copies as they are stored, pointed at and shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ingest.entry import Entry
from store.article import ArticleId
from store.identify.originals import DuplicateRules
from tests.factories import LONG_TEXT, NOW, make_numbered
from tests.store.conftest import Shelf

TEXT = f"Morocco. {LONG_TEXT} Morocco, Morocco."
DATED = f"Rabat (MAP) - {TEXT}"
LATER = NOW + timedelta(hours=1)


def numbered(number: int, text: str = TEXT) -> Entry:
    """An entry with keys and a headline of its own."""
    return make_numbered(number, title=f"Headline {number}", text=text)


def pointers(shelf: Shelf) -> dict[int, tuple[int | None, str | None]]:
    """Each article's original, and the reason."""
    found: dict[int, tuple[int | None, str | None]] = {}
    while dossier := shelf.library.find_article(ArticleId(len(found) + 1)):
        article = dossier.article
        found[article.id] = (article.duplicate_of, article.duplicate_reason)
    return found


def originals(shelf: Shelf) -> dict[int, int | None]:
    return {number: original for number, (original, _) in pointers(shelf).items()}


def test_a_copy_with_a_dateline_points_to_its_original(shelf: Shelf) -> None:
    shelf.record(numbered(1))

    record = shelf.record(numbered(2, DATED), source="daily8")

    assert record.duplicates == 1
    assert pointers(shelf) == {1: (None, None), 2: (1, "same text")}


def test_the_reason_tells_how_much_of_the_text(shelf: Shelf) -> None:
    shelf.record(numbered(1))

    shelf.record(numbered(2, TEXT.replace("word30", "mot30")), source="daily8")

    assert pointers(shelf)[2] == (1, "95.1% of the text")


def test_a_copy_of_a_copy_points_to_the_original(shelf: Shelf) -> None:
    shelf.record(numbered(1))
    shelf.record(numbered(2, DATED), source="daily8")
    shelf.record(numbered(3, DATED), source="daily8")

    assert originals(shelf) == {1: None, 2: 1, 3: 1}


@pytest.mark.parametrize("first", ["yabiladi", "daily8"])
def test_who_is_first_is_the_original(shelf: Shelf, first: str) -> None:
    second = {"yabiladi": "daily8", "daily8": "yabiladi"}[first]
    shelf.record(numbered(1), source=first)

    shelf.record(numbered(2, DATED), source=second, now=LATER)

    assert originals(shelf) == {1: None, 2: 1}


def test_a_preferred_source_takes_over_what_others_had_first(shelf: Shelf) -> None:
    shelf.duplicates = DuplicateRules(prefer=("yabiladi",))
    shelf.record(numbered(1), source="daily8")
    shelf.record(numbered(2, DATED), source="daily8")

    record = shelf.record(numbered(3), source="yabiladi", now=LATER)

    assert record.duplicates == 0
    assert originals(shelf) == {1: 3, 2: 3, 3: None}
    assert shelf.titles("morocco") == ["Headline 3"]


def test_a_source_that_is_switched_off_has_no_copies(shelf: Shelf) -> None:
    shelf.duplicates = DuplicateRules(by_source={"daily8": None})
    shelf.record(numbered(1), source="daily8")
    shelf.record(numbered(2), source="yabiladi")
    shelf.record(numbered(3), source="daily8")

    assert originals(shelf) == {1: None, 2: None, 3: None}


def test_an_original_that_becomes_a_copy_takes_its_copies_along(shelf: Shelf) -> None:
    other = " ".join(f"other{number}" for number in range(60))
    shelf.record(numbered(1), numbered(9, "Soon."))
    shelf.record(numbered(2, other))
    shelf.record(numbered(3, f"Oran. {other}"), source="daily8")
    before = originals(shelf)

    shelf.record(numbered(2), now=LATER)

    assert before == {1: None, 2: None, 3: None, 4: 3}
    assert originals(shelf) == {1: None, 2: None, 3: 2, 4: 2}


def test_a_copy_that_is_rewritten_is_one_no_more(shelf: Shelf) -> None:
    shelf.record(numbered(1))
    shelf.record(numbered(2), source="daily8")

    shelf.record(numbered(2, "Something else."), source="daily8", now=LATER)

    assert pointers(shelf)[2] == (None, None)


def test_copies_stay_when_their_original_is_rewritten(shelf: Shelf) -> None:
    shelf.record(numbered(1))
    shelf.record(numbered(2), source="daily8")

    shelf.record(numbered(1, "Something else."), now=LATER)

    assert originals(shelf) == {1: None, 2: 1}


def test_a_topic_shows_one_copy_where_it_does_not_hold_the_original(
    shelf: Shelf,
) -> None:
    shelf.record(make_numbered(1, title="The original", text=LONG_TEXT))
    for number in (2, 3):
        headline = f"Morocco, copy {number}"
        entry = make_numbered(number, title=headline, text=LONG_TEXT)
        shelf.record(entry, source="daily8")

    assert originals(shelf) == {1: None, 2: 1, 3: 1}
    assert shelf.titles("morocco") == ["Morocco, copy 2"]
    assert len(shelf.titles("morocco", collapse=False)) == 2


def test_what_a_revised_article_said_is_looked_up_no_more(shelf: Shelf) -> None:
    shelf.record(numbered(1))
    shelf.record(numbered(1, "Something else."), now=LATER)

    shelf.record(numbered(2), source="daily8", now=LATER)

    assert originals(shelf) == {1: None, 2: None}
