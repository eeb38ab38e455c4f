from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ExpressionError
from config.expression import And, Clause, Expression, Field, Form, Not, Or
from config.expression_parser import (
    LONGEST_EXPRESSION,
    format_expression,
    parse_expression,
)

pytestmark = pytest.mark.property

SLUG_FIELDS = (Field.ABOUT, Field.MENTIONS, Field.SOURCE, Field.TOPIC)
TEXT_FIELDS = (Field.ANY, Field.TITLE, Field.TEXT, Field.AUTHOR, Field.URL)
LETTERS = string.ascii_letters + string.digits + "éçïالصحراءغربية"

pieces = st.sampled_from(
    ["(", ")", "-", "*", '"', "/", ":", " ", "AND ", "OR ", "NOT ", "about:", "mali",
     "after:", "2025-06-01", "title:", "«", "»", "ال", "lang:fr", "\\", "a*", "\ud800",
     "\0", "\u202e", "\u200f", "(" * 60]
)  # fmt: skip


def make_clause(
    field: Field, form: Form, value: str, at: datetime | None = None
) -> Clause:
    return Clause(field=field, form=form, value=value, written="", column=0, at=at)


words = st.text(LETTERS, min_size=1, max_size=12).filter(
    lambda text: text not in ("AND", "OR", "NOT")
)
phrases = st.builds(
    " ".join, st.lists(st.text(LETTERS + '():-*/"»', min_size=1), min_size=1)
).filter(lambda text: text.strip() == text and any(map(str.isalnum, text)))
regexes = st.lists(
    st.sampled_from(["a", "(b|c)", "/", r"\\", r"\d", " ", ":", "[^x]", ".+"]),
    min_size=1,
).map("".join)
days = st.dates().map(str)

clauses = st.one_of(
    st.builds(make_clause, st.sampled_from(TEXT_FIELDS), st.just(Form.WORD), words),
    st.builds(make_clause, st.sampled_from(TEXT_FIELDS), st.just(Form.PREFIX), words),
    st.builds(make_clause, st.sampled_from(TEXT_FIELDS), st.just(Form.PHRASE), phrases),
    st.builds(make_clause, st.sampled_from(TEXT_FIELDS), st.just(Form.REGEX), regexes),
    st.builds(
        make_clause,
        st.sampled_from(SLUG_FIELDS),
        st.just(Form.WORD),
        st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True),
    ),
    days.map(
        lambda day: make_clause(
            Field.AFTER,
            Form.TIME,
            day,
            datetime.fromisoformat(day).replace(tzinfo=UTC),
        )
    ),
)


def joined(kind: type[And] | type[Or], parts: list[Expression]) -> Expression:
    """The parts as the parser joins them: those of the same kind taken apart."""
    flat: list[Expression] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else [part])
    return kind(parts=tuple(flat))


def groups(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        several.map(lambda parts: joined(And, parts)),
        several.map(lambda parts: joined(Or, parts)),
        inner.map(lambda part: Not(part=part)),
    )


trees: st.SearchStrategy[Expression] = st.recursive(clauses, groups, max_leaves=12)


def bare(expression: Expression) -> Expression:
    """The tree without columns and without how it was written."""
    match expression:
        case Clause():
            return replace(expression, column=0, written="")
        case Not(part=part):
            return Not(part=bare(part))
        case And(parts=parts):
            return And(parts=tuple(map(bare, parts)))
        case Or(parts=parts):
            return Or(parts=tuple(map(bare, parts)))


@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=20).map("".join)))
def test_any_text_is_an_expression_or_a_mistake_with_a_column(text: str) -> None:
    try:
        parse_expression(text)
    except ExpressionError as error:
        column, message = error.column, error.message
    else:
        column, message = 1, "none"

    assert 1 <= column <= len(text) + 1
    assert message


@given(trees)
def test_a_tree_survives_being_written_down(tree: Expression) -> None:
    text = format_expression(tree)
    if len(text) <= LONGEST_EXPRESSION:
        assert bare(parse_expression(text)) == tree
