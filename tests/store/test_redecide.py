from __future__ import annotations

from datetime import timedelta

import pytest

from config.expression_parser import parse_expression
from store.classify.decide import Rules
from store.redecide import Redecided, begin_again, decide_next, find_changes
from tests.factories import NOW, make_numbered
from tests.store.conftest import Shelf, make_rules

LATER = NOW + timedelta(hours=1)
SIZE = 23


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    """Twenty-three articles, every third about Mali, the others about Morocco."""
    for number in range(1, SIZE + 1):
        country = "Mali" if number % 3 == 0 else "Morocco"
        shelf.record(make_numbered(number, title=f"{country} {number}"))
    return shelf


def rules(**topics: str) -> Rules:
    return make_rules(**{slug: parse_expression(text) for slug, text in topics.items()})


def decide_all(shelf: Shelf, new: Rules, *, at_most: int) -> list[Redecided]:
    pieces = []
    while piece := decide_next(shelf.database, new, now=LATER, at_most=at_most):
        pieces.append(piece)
    return pieces


def titles(shelf: Shelf, topic: str) -> list[str]:
    return shelf.titles(topic)[::-1]


@pytest.mark.parametrize("at_most", [1, 2, 5, 100])
def test_pieces_of_any_size_decide_as_one(filled: Shelf, at_most: int) -> None:
    new = rules(mali="about:morocco", all="about:mali OR about:morocco")
    filled.rules = new
    with filled.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO topic (slug, decided) VALUES ('all','')"
        )
    begin_again(filled.database, new, ["mali", "all"])

    pieces = decide_all(filled, new, at_most=at_most)

    assert titles(filled, "all") == [
        f"{'Mali' if number % 3 == 0 else 'Morocco'} {number}"
        for number in range(1, SIZE + 1)
    ]
    assert titles(filled, "mali") == [
        f"Morocco {number}" for number in range(1, SIZE + 1) if number % 3
    ]
    assert sum(piece.entered["all"] for piece in pieces) == SIZE
    assert sum(piece.withdrawn["mali"] for piece in pieces) == SIZE // 3
    assert pieces[-1].reached == pieces[-1].of == SIZE


def test_a_kill_between_pieces_loses_nothing(filled: Shelf) -> None:
    new = rules(mali="title:/[0-9]/", morocco="about:morocco")
    begin_again(filled.database, new, ["mali"])

    first = decide_next(filled.database, new, now=LATER, at_most=5)
    filled.prepare(new, now=LATER)  # started anew

    assert first is not None
    assert first.reached == 5
    assert len(filled.titles("mali")) == SIZE
    assert decide_next(filled.database, new, now=LATER) is None


def test_what_is_recorded_meanwhile_enters_behind_what_was_stored(
    filled: Shelf,
) -> None:
    new = rules(mali="about:mali OR about:morocco", morocco="about:morocco")
    begin_again(filled.database, new, ["mali"])
    decide_next(filled.database, new, now=LATER, at_most=5)
    filled.rules = new

    filled.record(make_numbered(99, title="Mali again"))

    assert "Mali again" not in filled.titles("mali")
    decide_all(filled, new, at_most=5)
    assert filled.titles("mali")[0] == "Mali again"


def test_a_rule_written_otherwise_is_the_same_rule(filled: Shelf) -> None:
    before = filled.rows()

    filled.prepare(rules(morocco=" ( about:morocco ) ", mali="about:mali"), now=LATER)

    assert filled.rows() == before


def test_a_rule_that_changes_while_it_is_decided_is_decided_from_the_first(
    filled: Shelf,
) -> None:
    one, other = rules(mali="about:morocco"), rules(mali="title:morocco")
    begin_again(filled.database, one, ["mali"])
    decide_next(filled.database, one, now=LATER, at_most=5)
    begin_again(filled.database, other, ["mali"])

    assert decide_next(filled.database, one, now=LATER) is None
    assert decide_all(filled, other, at_most=5)[0].reached == 5
    assert {title.split()[0] for title in filled.titles("mali")} == {"Morocco"}


def test_changes_are_told_and_not_made(filled: Shelf) -> None:
    before = filled.rows()
    wanted = rules(mali="about:mali -title:/3/ OR title:/1$/").topics

    with filled.database.read() as connection:
        found = [
            (change.article.title, change.reason and change.reason.clauses)
            for change in find_changes(connection, wanted, at_most=4)
        ]

    assert found == [
        ("Morocco 1", ("title:/1$/",)),
        ("Mali 3", None),
        ("Morocco 11", ("title:/1$/",)),
    ]
    assert filled.rows() == before
