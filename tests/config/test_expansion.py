from __future__ import annotations

import pytest

from config.errors import ExpressionError
from config.expansion import expand_topics
from config.expression_parser import format_expression, parse_expression

TOPICS = {
    "inner": "mali OR niger",
    "outer": "topic:inner lang:fr",
    "one": "topic:other",
    "other": "x topic:one",
    "lost": "topic:moon",
    "deep-0": "x",
    **{f"deep-{n}": f"topic:deep-{n - 1}" for n in range(1, 200)},
    "wide-0": "x y",
    **{f"wide-{n}": f"topic:wide-{n - 1} topic:wide-{n - 1}" for n in range(1, 40)},
}


def expanded(written: str) -> str:
    topics = {slug: parse_expression(text) for slug, text in TOPICS.items()}
    return format_expression(expand_topics(parse_expression(written), topics))


def test_topics_are_replaced_by_their_expressions() -> None:
    assert (
        expanded("-topic:outer OR algeria")
        == "NOT ((mali OR niger) AND lang:fr) OR algeria"
    )


MISTAKES = {
    "a circle": (
        "a topic:one",
        3,
        "topics name each other in a circle: one → other → ",
    ),
    "a topic that is not there": ("a b topic:lost", 5, "no topic is named moon"),
    "a chain without end": ("topic:deep-199", 1, "more than 100 levels deep"),
    "more than a machine can decide": ("a topic:wide-39", 3, "more than 5000 clauses"),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake(case: tuple[str, int, str]) -> None:
    written, column, words = case

    with pytest.raises(ExpressionError, match=words) as raised:
        expanded(written)

    assert raised.value.column == column
