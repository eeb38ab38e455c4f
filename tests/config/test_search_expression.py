"""Expressions that a reader types."""

from __future__ import annotations

import pytest

from config.errors import ExpressionError
from config.expression import Clause, Field
from config.search_expression import SearchLanguage
from config.settings import Settings

LANGUAGE = SearchLanguage(
    Settings.model_validate(
        {
            "tags": {
                "mali": {"title": "Mali", "kind": "place", "names": {"en": ["Mali"]}}
            },
            "topics": {"sahel": {"title": "Sahel", "match": "about:mali"}},
        }
    )
)


def test_a_topic_is_put_in_by_what_it_means() -> None:
    expression = LANGUAGE.read("topic:sahel")

    assert isinstance(expression, Clause)
    assert (expression.field, expression.value) == (Field.ABOUT, "mali")


MISTAKES = {
    "no expression": ("(mali", 1),
    "a tag that nobody defined": ("mali about:malu", 6),
    "a source that nobody defined": ("source:paper", 1),
    "a topic that nobody defined": ("x OR topic:sahara", 6),
}


@pytest.mark.parametrize(("text", "column"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_its_column(text: str, column: int) -> None:
    with pytest.raises(ExpressionError) as raised:
        LANGUAGE.read(text)

    assert raised.value.column == column
