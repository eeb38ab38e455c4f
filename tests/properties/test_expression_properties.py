from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ExpressionError
from config.expression import And, Clause, Expression, Not, Or
from config.expression_parser import format_expression, parse_expression

PIECES = st.sampled_from(
    ["(", ")", "-", "*", '"', "/", ":", " ", "AND ", "OR ", "NOT ", "about:", "mali",
     "after:", "2025-06-01", "title:", "«", "»", "ال", "lang:fr", "\\", "a*"]
)  # fmt: skip

CLAUSES = st.sampled_from(
    [
        "about:mali",
        "word",
        'title:"two words"',
        "pre*",
        "/re(g|x)/",
        "lang:fr",
        "الصحراء",
    ]
)

TREES = st.recursive(
    CLAUSES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" AND ".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        inner.map(lambda one: f"NOT ({one})"),
    ),
    max_leaves=12,
)


def without_columns(expression: Expression) -> Expression:
    match expression:
        case Clause():
            return replace(expression, column=0)
        case Not(part=part):
            return Not(part=without_columns(part))
        case And(parts=parts):
            return And(parts=tuple(map(without_columns, parts)))
        case Or(parts=parts):
            return Or(parts=tuple(map(without_columns, parts)))


@pytest.mark.property
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join)))
def test_any_text_is_an_expression_or_a_mistake_with_a_column(text: str) -> None:
    try:
        parse_expression(text)
    except ExpressionError as error:
        assert 1 <= error.column <= len(text) + 1
        assert error.message


@pytest.mark.property
@given(TREES)
def test_an_expression_survives_being_written_down(text: str) -> None:
    expression = parse_expression(text)

    again = parse_expression(format_expression(expression))

    assert without_columns(again) == without_columns(expression)
