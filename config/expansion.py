"""Topics that name topics: `topic:x` replaced by the expression of x, within bounds.

Parsing single expressions is `expression_parser`; whether names are given at all is
for `check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from config.errors import ExpressionError
from config.expression import And, Clause, Expression, Field, Not, Or

DEEPEST_EXPANSION = 100
"""How deep an expression may be once its topics stand in it; 50 as it is written."""

MOST_CLAUSES = 5_000
"""Clauses of an expanded expression: ten topics that each name another twice have a
thousand, forty of them more than any machine can decide."""


def expand_topics(
    expression: Expression, topics: Mapping[str, Expression]
) -> Expression:
    """The expression with every `topic:` clause replaced by that topic's own.

    Raises:
        ExpressionError: a topic is not there, names itself, or topics name so many
            others that no machine could decide them; with the column in `expression`.
    """
    return _Expansion(topics).expand(expression, ())


class _Expansion:
    """One expression being expanded; `_room` is how many clauses it may still have."""

    def __init__(self, topics: Mapping[str, Expression]) -> None:
        self._topics = topics
        self._room = MOST_CLAUSES
        self._column = 1

    def expand(
        self, expression: Expression, way: tuple[str, ...], depth: int = 0
    ) -> Expression:
        """The expression of the last topic of a way from the first, expanded."""
        if depth > DEEPEST_EXPANSION:
            raise self._too_much(f"are more than {DEEPEST_EXPANSION} levels deep")
        match expression:
            case Clause():
                return self._expand_clause(expression, way, depth)
            case Not(part=part):
                return Not(part=self.expand(part, way, depth + 1))
            case And(parts=parts):
                return And(
                    parts=tuple(self.expand(part, way, depth + 1) for part in parts)
                )
            case Or(parts=parts):
                return Or(
                    parts=tuple(self.expand(part, way, depth + 1) for part in parts)
                )
            case _:
                assert_never(expression)

    def _expand_clause(
        self, clause: Clause, way: tuple[str, ...], depth: int
    ) -> Expression:
        if not way:
            self._column = clause.column
        if clause.field is not Field.TOPIC:
            self._room -= 1
            if self._room < 0:
                raise self._too_much(f"have more than {MOST_CLAUSES} clauses")
            return clause
        slug = clause.value
        if slug in way:
            circle = " → ".join((*way[way.index(slug) :], slug))
            raise ExpressionError(
                f"topics name each other in a circle: {circle}", column=self._column
            )
        if slug not in self._topics:
            raise ExpressionError(f"no topic is named {slug}", column=self._column)
        return self.expand(self._topics[slug], (*way, slug), depth + 1)

    def _too_much(self, what: str) -> ExpressionError:
        return ExpressionError(
            f"with the topics that they name, topics {what}: name fewer of them",
            column=self._column,
        )
