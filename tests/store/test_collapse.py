from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.event import listen, remove

from config.expression_parser import parse_expression
from store.choice import Choice, ChosenBy
from store.database.engine import Database
from store.database.upgrade import open_database
from store.once import Once
from tests.factories import LONG_TEXT, NOW, make_numbered
from tests.store.conftest import Shelf, make_rules

SHOWN = {
    "the copy that was seen first": ((), ["Mali one"]),
    "the copy of the preferred source": (("daily8",), ["Mali two"]),
    "the first of the preferred that has one": (("nobody", "daily8"), ["Mali two"]),
    "the first seen where both are preferred": (("yabiladi", "daily8"), ["Mali one"]),
}


@pytest.mark.parametrize("case", SHOWN.values(), ids=SHOWN.keys())
def test_of_copies_one_shows(
    case: tuple[tuple[str, ...], list[str]], shelf: Shelf
) -> None:
    prefer, titles = case
    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    shelf.record(
        make_numbered(2, title="Mali two", text=LONG_TEXT, origin="daily8"),
        source="daily8",
    )

    found = shelf.library.latest_publications("mali", limit=9, once=Once(prefer))

    assert [one.article.title for one in found] == titles
    assert len(shelf.titles("mali", collapse=False)) == 2


def test_a_copy_shows_where_its_preferred_one_is_in_no_such_topic(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    shelf.record(
        make_numbered(2, title="Morocco two", text=LONG_TEXT, origin="daily8"),
        source="daily8",
    )

    found = shelf.library.latest_publications("mali", limit=9, once=Once(("daily8",)))

    assert [one.article.title for one in found] == ["Mali one"]


BORDER = (
    "Mali and Algeria reopen their border",
    "Algeria and Mali: border reopens after three years",
    "Trucks cross the reopened border of Mali and Algeria",
)
HARVEST = "Wheat harvest doubles after heavy rains, farmers of Mali say"


def tell(
    shelf: Shelf,
    number: int,
    title: str,
    source: str = "yabiladi",
    *,
    now: datetime = NOW,
) -> None:
    """A headline of a moment, without a text."""
    shelf.record(
        make_numbered(
            number, title=title, text="", summary="", published_at=None, origin=source
        ),
        source=source,
        now=now,
    )


def shown(shelf: Shelf, *prefer: str) -> list[str]:
    once = Once(prefer, by_story=True)
    found = shelf.library.latest_publications("mali", limit=9, once=once)
    return [one.article.title for one in found]


def test_of_a_story_the_article_shows_that_entered_first(shelf: Shelf) -> None:
    tell(shelf, 1, BORDER[0])
    before = shown(shelf)
    tell(shelf, 2, BORDER[1], "daily8")
    tell(shelf, 3, BORDER[2], "daily8")
    tell(shelf, 4, HARVEST, now=NOW + timedelta(days=30))

    assert before == [BORDER[0]]
    assert shown(shelf) == [HARVEST, BORDER[0]]
    assert len(shelf.titles("mali")) == 4


def test_of_a_story_the_article_of_a_preferred_source_shows(shelf: Shelf) -> None:
    tell(shelf, 1, BORDER[0])
    tell(shelf, 2, BORDER[1], "daily8")
    tell(shelf, 3, BORDER[2], "daily8")

    assert shown(shelf, "daily8") == [BORDER[1]]


def test_who_else_reported_a_story_is_told_once_for_each_source(shelf: Shelf) -> None:
    tell(shelf, 1, BORDER[0])
    tell(shelf, 2, BORDER[1], "daily8")
    tell(shelf, 3, BORDER[2], "daily8")

    once = Once(by_story=True)
    (found,) = shelf.library.latest_publications("mali", limit=9, once=once)
    others = [(other.id, other.origin_title) for other in found.others]

    assert others == [(2, "Daily8")]


def test_who_else_carried_a_copy_is_told(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    shelf.record(
        make_numbered(2, title="Mali two", text=LONG_TEXT, origin="daily8"),
        source="daily8",
    )
    shelf.record(make_numbered(3, title="Mali three", text=LONG_TEXT))

    (found,) = shelf.library.latest_publications("mali", limit=9, once=Once())
    all_of_them = shelf.library.latest_publications("mali", limit=9, once=None)

    assert [(other.id, other.link) for other in found.others] == [
        (2, "https://www.yabiladi.com/articles/2")
    ]
    assert [one.others for one in all_of_them] == [(), (), ()]


def test_an_original_that_enters_after_its_copy_does_not_hide_both(
    shelf: Shelf,
) -> None:
    shelf.prepare(make_rules(mali=parse_expression("source:daily8")))
    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    copy = make_numbered(2, title="Mali two", text=LONG_TEXT, origin="daily8")
    shelf.record(copy, source="daily8")
    before = shown(shelf)

    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT), source="daily8")

    assert len(shelf.titles("mali", collapse=False)) == 2
    assert before == ["Mali two"]
    assert shown(shelf) == before
    assert shelf.titles("mali") == ["Mali one"]


def test_who_repeats_what_is_looked_up_by_indexes_alone(tmp_path: Path) -> None:
    asked: list[tuple[str, Any]] = []
    with open_database(f"sqlite:///{tmp_path}/rekkas.db") as database:
        shelf = Shelf(database)
        tell(shelf, 1, BORDER[0])
        with noted(database, asked):
            shown(shelf, "daily8")
            shelf.titles("mali")
            shelf.library.latest_chosen(
                Choice(ChosenBy.TAG, "mali"), limit=9, collapse=True
            )
        steps = [step for one in asked for step in plan(database, *one)]

    assert any(" other " in f"{step} " for step in steps)
    assert [step for step in steps if step.startswith("SCAN")] == []


@contextmanager
def noted(database: Database, asked: list[tuple[str, Any]]) -> Iterator[None]:
    """Note what SQLite is asked of articles, with the parameters."""

    def note(*event: Any) -> None:
        asked.append((event[2], event[3]))

    with database.read() as connection:
        engine = connection.engine
    listen(engine, "before_cursor_execute", note)
    yield
    remove(engine, "before_cursor_execute", note)


def plan(database: Database, statement: str, parameters: Any) -> list[str]:
    """The steps by which SQLite answers."""
    with database.read() as connection:
        found = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", parameters
        )
        return [row.detail for row in found]
