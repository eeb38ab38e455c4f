"""Whether topics and searches can be decided: what they say, and what they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.defined import Defined
from config.errors import ExpressionError
from config.expansion import expand_topics
from config.expression import Expression, Field
from config.expression_parser import each_clause, parse_expression
from config.findings import Finding, KeyPath
from config.settings import Settings

_TOPICS = "topics"
_SECTION_OF_FIELD = {
    Field.ABOUT: "tags",
    Field.MENTIONS: "tags",
    Field.SOURCE: "sources",
    Field.TOPIC: _TOPICS,
}


def check_expressions(settings: Settings, defined: Defined) -> Iterator[Finding]:
    """Everything that is wrong with the expressions of topics and searches."""
    parsed: dict[tuple[str, str], Expression] = {}
    for key, match in _each_expression(settings):
        path = (*key, "match")
        try:
            parsed[key] = parse_expression(match)
        except ExpressionError as error:
            yield _misread(path, error)
        else:
            yield from check_names(parsed[key], path, defined)
    topics = {
        slug: one for (section, slug), one in parsed.items() if section == _TOPICS
    }
    circles = list(_check_circles(topics))
    yield from circles
    named = {
        clause.value
        for expression in parsed.values()
        for clause in each_clause(expression)
        if clause.field is Field.TOPIC
    }
    if not circles and named <= topics.keys():
        yield from _check_expansions(parsed, topics)


def _each_expression(settings: Settings) -> Iterator[tuple[tuple[str, str], str]]:
    for slug, topic in settings.topics.items():
        yield (_TOPICS, slug), topic.match
    for slug, search in settings.searches.items():
        yield ("searches", slug), search.match


def _misread(path: KeyPath, error: ExpressionError) -> Finding:
    return Finding(
        path=path, message=error.message, column=error.column, quotes_value=True
    )


def check_names(
    expression: Expression, path: KeyPath, defined: Defined
) -> Iterator[Finding]:
    """Where an expression names a tag, a source or a topic that nobody defined."""
    for clause in each_clause(expression):
        if clause.field not in _SECTION_OF_FIELD:
            continue
        missing = defined.missing(_SECTION_OF_FIELD[clause.field], clause.value)
        if missing is not None:
            yield Finding(
                path=path, message=missing, column=clause.column, quotes_value=True
            )


def _check_expansions(
    expressions: Mapping[tuple[str, str], Expression], topics: Mapping[str, Expression]
) -> Iterator[Finding]:
    for key, expression in expressions.items():
        try:
            expand_topics(expression, topics)
        except ExpressionError as error:
            yield _misread((*key, "match"), error)


def _check_circles(expressions: Mapping[str, Expression]) -> Iterator[Finding]:
    """A circle is told once, where its first topic names the next."""
    told: set[str] = set()
    named = {
        slug: [
            (clause.value, clause.column)
            for clause in each_clause(expression)
            if clause.field is Field.TOPIC
        ]
        for slug, expression in expressions.items()
    }
    for slug, steps in named.items():
        for following, column in steps:
            circle = _way(following, slug, named)
            if circle and not told.intersection(circle):
                told.update(circle)
                yield Finding(
                    path=("topics", slug, "match"),
                    message="topics name each other in a circle: "
                    f"{' → '.join((slug, *circle))}",
                    column=column,
                    quotes_value=True,
                )


def _way(
    start: str, goal: str, named: Mapping[str, list[tuple[str, int]]]
) -> tuple[str, ...]:
    """The topics from one to another along what they name; none if there is no way."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        for following, _ in named.get(way[-1], ()):
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
