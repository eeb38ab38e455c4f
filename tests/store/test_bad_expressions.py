"""Hostile expressions and texts: the answer is right, and comes soon."""

from __future__ import annotations

import pytest

from config.expression_parser import parse_expression
from store.article import Order
from tests.cost import measured
from tests.factories import make_numbered
from tests.store.conftest import Shelf

WORDS = " OR ".join(f"word{n}" for n in range(900))
BIG = 1_000_000

BAD: dict[str, tuple[str, str, str | None, bool]] = {
    "10,000 characters of alternatives, one holds": (
        f"{WORDS} OR mali", "Mali", "en", True,
    ),
    "10,000 characters of alternatives, none holds": (WORDS, "Mali", "en", False),
    "nested as deep as may be": ("(" * 50 + "mali" + ")" * 50, "Mali", "en", True),
    "a regular expression that backtracks elsewhere": (
        "/(a+)+(b+)+$/", "a" * BIG, "en", False,
    ),
    "a regular expression of many repeats": (
        "/(x{1,30}){1,30}y/", "x" * BIG, "en", False,
    ),
    "a word in a text of one megabyte": (
        "mali", "x " * (BIG // 2) + "Mali", "en", True,
    ),
    "a phrase in a megabyte of its beginning": (
        '"of of of mali"', "of " * (BIG // 3), "en", False,
    ),
    "a prefix in a megabyte of one word": ("و*", "و" * BIG, "ar", True),
    "a word among marks of two directions": (
        "mali", "\u202eمالي \u2067M\u200ba\u200dli\u2069\u202c", "ar", True,
    ),
    "a word in Arabic behind marks of direction": (
        "الجزائر", "Mali \u202b\u200fوالجَزائِر\u202c", "ar", True,
    ),
    "a word beside emoji": ("mali", "👩‍👩‍👧🇲🇱Mali🇲🇱", "en", True),
    "a phrase that ends in an emoji": ('"Mali 🇲🇱"', "Mali", "en", True),
    "a language that nobody knows": ("mali lang:qqq", "Mali", "qqq", True),
    "no language": ("mali -lang:en", "Mali", None, True),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_it_is_answered_rightly_and_soon(
    case: tuple[str, str, str | None, bool], shelf: Shelf
) -> None:
    expression, text, language, holds = case
    shelf.record(make_numbered(1, title="A title", text=text, language=language))

    with measured() as cost:
        found = [
            shelf.library.search(parse_expression(expression), limit=9, order=order)
            for order in Order
        ]

    assert [len(one) for one in found] == [int(holds), int(holds)]
    assert cost.seconds < 6  # what is quadratic would take hours
