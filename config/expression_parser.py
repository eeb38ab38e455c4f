"""The topic language: text -> expression tree, with a column for every mistake.

    expression := conjunction ("OR" conjunction)*
    conjunction := test (["AND"] test)*
    test := ("NOT" | "-") test | "(" expression ")" | [FIELD ":"] value
    value := word | word"*" | "phrase" | /regex/

`NOT` binds tightest, then AND (a space means AND), then OR. The three words count in
capitals only; in small letters they are words to look for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import partial

import re2

from config.errors import ExpressionError
from config.expression import And, Clause, Expression, Field, Form, Not, Or
from config.expression_tokens import Kind, Token, tokenise

LONGEST_EXPRESSION = 10_000
DEEPEST_NESTING = 50
LONGEST_REGEX = 500

_FIELDS = {field.value: field for field in Field if field is not Field.ANY}
_SLUG_FIELDS = {Field.ABOUT, Field.MENTIONS, Field.SOURCE, Field.LANGUAGE, Field.TOPIC}
_TIME_FIELDS = {Field.AFTER, Field.BEFORE}
_SLUG_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_EXAMPLES = {
    Field.LANGUAGE: "lang:fr",
    Field.SOURCE: "source:yabiladi",
    Field.TOPIC: "topic:mali-algeria",
}


def parse_expression(text: str) -> Expression:
    """The tree of a topic expression.

    Raises:
        ExpressionError: the text is no expression; it names the column and a remedy.
    """
    if len(text) > LONGEST_EXPRESSION:
        raise ExpressionError(
            f"an expression has at most {LONGEST_EXPRESSION} characters, this one has "
            f"{len(text)}: split it into topics and name them with topic:",
            column=LONGEST_EXPRESSION + 1,
        )
    return _Parser(tokenise(text), end=len(text) + 1).parse()


class _Parser:
    def __init__(self, tokens: tuple[Token, ...], *, end: int) -> None:
        self._tokens = tokens
        self._end = end
        self._next = 0
        self._depth = 0

    def parse(self) -> Expression:
        if not self._tokens:
            raise ExpressionError(
                "an expression cannot be empty: write what to look for, such as "
                "about:mali",
                column=1,
            )
        expression = self._alternatives()
        if self._next < len(self._tokens):
            raise ExpressionError(
                "this parenthesis closes nothing: take it away or open one before it",
                column=self._tokens[self._next].column,
            )
        return expression

    def _peek(self) -> Kind | None:
        at_end = self._next >= len(self._tokens)
        return None if at_end else self._tokens[self._next].kind

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _alternatives(self) -> Expression:
        parts = [self._conjunction()]
        while self._peek() is Kind.OR:
            self._expect_operand(self._take())
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else Or(parts=_flat(Or, parts))

    def _conjunction(self) -> Expression:
        parts = [self._test()]
        while self._peek() not in (None, Kind.OR, Kind.CLOSE):
            if self._peek() is Kind.AND:
                self._expect_operand(self._take())
            parts.append(self._test())
        return parts[0] if len(parts) == 1 else And(parts=_flat(And, parts))

    def _test(self) -> Expression:
        token = self._take() if self._peek() else None
        if token is None or token.kind in (Kind.CLOSE, Kind.AND, Kind.OR):
            column = token.column if token else self._end
            raise ExpressionError(
                "something to look for is missing here", column=column
            )
        if token.kind is Kind.CLAUSE:
            return _clause(token)
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            raise ExpressionError(
                f"parentheses and NOT are nested more than {DEEPEST_NESTING} deep: "
                "split the expression into topics",
                column=token.column,
            )
        inner = self._negated(token) if token.kind is Kind.NOT else self._group(token)
        self._depth -= 1
        return inner

    def _negated(self, sign: Token) -> Expression:
        self._expect_operand(sign)
        return Not(part=self._test())

    def _group(self, opened: Token) -> Expression:
        if self._peek() is Kind.CLOSE:
            raise ExpressionError(
                "these parentheses are empty: write a condition between them",
                column=opened.column,
            )
        inner = self._alternatives() if self._peek() else None
        if inner is None or self._peek() is not Kind.CLOSE:
            raise ExpressionError(
                "the parenthesis opened here is never closed: add )",
                column=opened.column,
            )
        self._take()
        return inner

    def _expect_operand(self, operator: Token) -> None:
        if self._peek() in (None, Kind.CLOSE, Kind.AND, Kind.OR):
            raise ExpressionError(
                f"write what should match after {operator.written}",
                column=operator.column,
            )


def _flat(
    kind: type[And] | type[Or], parts: list[Expression]
) -> tuple[Expression, ...]:
    """The parts, those of the same kind taken apart: (a b) c is a b c."""
    flat: list[Expression] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else [part])
    return tuple(flat)


def _clause(token: Token) -> Clause:
    field = _field(token)
    _check_value(field, token)
    value = token.value
    return Clause(
        field=field,
        form=Form.TIME if field in _TIME_FIELDS else token.form,
        value=value.lower() if field in _SLUG_FIELDS else value,
        written=token.written,
        column=token.column,
        at=_instant(token) if field in _TIME_FIELDS else None,
    )


def _field(token: Token) -> Field:
    if token.field is None:
        return Field.ANY
    if token.field in _FIELDS:
        return _FIELDS[token.field]
    near = get_close_matches(token.field, _FIELDS, n=1)
    hint = f"did you mean {near[0]}: ?" if near else f"fields are {', '.join(_FIELDS)}"
    raise ExpressionError(
        f"there is no field {token.field}: — {hint} To look for text with a colon, "
        "put it in quotes",
        column=token.column,
    )


def _check_value(field: Field, token: Token) -> None:
    if not token.value.strip():
        raise ExpressionError(
            f"write what should match after {token.written}", column=token.column
        )
    if field in _SLUG_FIELDS:
        _check_slug(field, token)
    if token.form is Form.REGEX:
        _check_regex(token)
    if field in _TIME_FIELDS and token.form is not Form.WORD:
        _refuse_time(token)


def _check_slug(field: Field, token: Token) -> None:
    if token.form is not Form.WORD or not _SLUG_LETTERS.issuperset(token.value.lower()):
        example = _EXAMPLES.get(field, f"{field.value}:western-sahara")
        raise ExpressionError(
            f"{field.value}: takes a plain name of small letters, digits and hyphens, "
            f"such as {example}",
            column=token.value_column,
        )


def _check_regex(token: Token) -> None:
    if len(token.value) > LONGEST_REGEX:
        raise ExpressionError(
            f"a regular expression has at most {LONGEST_REGEX} characters",
            column=token.value_column,
        )
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(token.value, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        told = reason.decode() if isinstance(reason, bytes) else reason
        raise ExpressionError(
            f"RE2 cannot read this regular expression: {told}",
            column=token.value_column,
        ) from error


def _instant(token: Token) -> datetime:
    """The instant a day or timestamp names; a day starts at midnight UTC."""
    try:
        at = datetime.fromisoformat(token.value)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        _refuse_time(token)
        raise  # pragma: no cover - the line before always raises


def _refuse_time(token: Token) -> None:
    raise ExpressionError(
        f"{token.value!r} is no date: write a day such as {token.field}:2025-06-01, or "
        f"a time such as {token.field}:2025-06-01T12:00Z",
        column=token.value_column,
    )


def format_expression(expression: Expression) -> str:
    """The expression as text that parses to an equal tree, columns aside."""
    match expression:
        case Clause():
            return expression.written
        case Not(part=part):
            return f"NOT {_bracketed(part)}"
        case And(parts=parts):
            return " AND ".join(_bracketed(part) for part in parts)
        case Or(parts=parts):
            return " OR ".join(_bracketed(part) for part in parts)


def _bracketed(part: Expression) -> str:
    text = format_expression(part)
    return f"({text})" if isinstance(part, And | Or) else text


def expand_topics(
    expression: Expression, topics: Mapping[str, Expression]
) -> Expression:
    """The expression with each `topic:` clause replaced by that topic's own.

    The topics are defined and name each other in no circle; loading saw to both.
    """

    def replace(clause: Clause) -> Expression:
        if clause.field is not Field.TOPIC:
            return clause
        return expand_topics(topics[clause.value], topics)

    return _mapped(expression, replace)


def _mapped(
    expression: Expression, change: Callable[[Clause], Expression]
) -> Expression:
    inner = partial(_mapped, change=change)
    match expression:
        case Clause():
            return change(expression)
        case Not(part=part):
            return Not(part=inner(part))
        case And(parts=parts):
            return And(parts=tuple(inner(part) for part in parts))
        case Or(parts=parts):
            return Or(parts=tuple(inner(part) for part in parts))


def each_clause(expression: Expression) -> tuple[Clause, ...]:
    """Every clause of the expression, in the order written."""
    match expression:
        case Clause():
            return (expression,)
        case Not(part=part):
            return each_clause(part)
        case And(parts=parts) | Or(parts=parts):
            return tuple(clause for part in parts for clause in each_clause(part))
