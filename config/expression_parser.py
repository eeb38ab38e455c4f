"""The topic language: text -> expression tree, tree -> text.

    expression := conjunction ( OR conjunction )*
    conjunction := test ( [AND] test )*
    test := ( NOT | - ) test | ( expression ) | [field:] value
    value := word | word* | "phrase" | /regex/

NOT binds tightest, then AND, which a space means too, then OR. The three count in
capitals only; in small letters they are words to look for. A regular expression is one
that RE2 accepts, which matches in linear time whatever an operator writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

import re2

from config.errors import ExpressionError
from config.expression import And, Clause, Expression, Field, Form, Not, Or
from config.expression_clauses import read_clause
from config.expression_tokens import QUOTES, Token, TokenKind, each_token

LONGEST_EXPRESSION = 10_000
DEEPEST_NESTING = 50
LONGEST_REGEX = 500

_PAIR_OR_SLASH = re.compile(r"\\.|/", re.DOTALL)
_STARTS_NO_TEST = (None, TokenKind.AND, TokenKind.OR, TokenKind.CLOSING)


def parse_expression(text: str) -> Expression:
    """The tree of a topic expression; an And within an And is one And, as with Or.

    Raises:
        ExpressionError: the text is no expression; it names the column and what would
            be right there.
    """
    _check_characters(text)
    tokens = tuple(each_token(text))
    if not tokens:
        raise ExpressionError(
            "the expression is empty: write what to look for, such as about:mali",
            column=1,
        )
    return _Parser(tokens, end=len(text) + 1).parse()


def _check_characters(text: str) -> None:
    if len(text) > LONGEST_EXPRESSION:
        raise ExpressionError(
            f"an expression has at most {LONGEST_EXPRESSION} characters: make topics "
            "of its parts and join them with topic:",
            column=LONGEST_EXPRESSION + 1,
        )
    for at, letter in enumerate(text):
        if "\ud800" <= letter <= "\udfff":
            raise ExpressionError("half a character stands here", column=at + 1)
        if letter < " " and not letter.isspace():
            raise ExpressionError(
                f"a sign of control stands here (number {ord(letter)}): take it away",
                column=at + 1,
            )


class _Parser:
    """Recursive descent over the tokens; `_next` is the one not yet read."""

    def __init__(self, tokens: tuple[Token, ...], *, end: int) -> None:
        self._tokens = tokens
        self._next = 0
        self._end = end
        self._depth = 0

    def parse(self) -> Expression:
        expression = self._alternatives()
        if self._next < len(self._tokens):
            raise ExpressionError(
                "this parenthesis was never opened: take it away, or open one with (",
                column=self._tokens[self._next].column,
            )
        return expression

    def _peek(self) -> TokenKind | None:
        """What comes next; None at the end."""
        if self._next == len(self._tokens):
            return None
        return self._tokens[self._next].kind

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _alternatives(self) -> Expression:
        parts = [self._conjunction()]
        while self._peek() is TokenKind.OR:
            self._take()
            parts.append(self._conjunction())
        if len(parts) == 1:
            return parts[0]
        return Or(
            parts=tuple(
                inner
                for part in parts
                for inner in (part.parts if isinstance(part, Or) else (part,))
            )
        )

    def _conjunction(self) -> Expression:
        parts = [self._test()]
        while self._peek() not in (None, TokenKind.OR, TokenKind.CLOSING):
            if self._peek() is TokenKind.AND:
                self._take()
            parts.append(self._test())
        if len(parts) == 1:
            return parts[0]
        return And(
            parts=tuple(
                inner
                for part in parts
                for inner in (part.parts if isinstance(part, And) else (part,))
            )
        )

    def _test(self) -> Expression:
        if self._peek() in _STARTS_NO_TEST:
            raise self._missing_test()
        token = self._take()
        if token.kind is TokenKind.CLAUSE:
            _check_regex(token)
            return read_clause(token)
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            raise ExpressionError(
                f"parentheses and NOT go at most {DEEPEST_NESTING} deep: make topics "
                "of the parts and join them with topic:",
                column=token.column,
            )
        negates = token.kind is TokenKind.NOT
        part = Not(part=self._test()) if negates else self._group(token)
        self._depth -= 1
        return part

    def _group(self, opening: Token) -> Expression:
        if self._peek() is TokenKind.CLOSING:
            raise ExpressionError(
                "write an expression between these parentheses", column=opening.column
            )
        expression = self._alternatives()
        if self._peek() is None:
            raise _never_closed(opening)
        self._take()
        return expression

    def _missing_test(self) -> ExpressionError:
        """What to say where a test should begin and none does."""
        before = self._tokens[self._next - 1] if self._next else None
        if before is None or before.kind is TokenKind.OPENING:
            if self._peek() is None and before is not None:
                return _never_closed(before)
            return self._misplaced()
        verb = "not match" if before.kind is TokenKind.NOT else "match"
        at_end = self._peek() is None
        return ExpressionError(
            f"write what should {verb} after {before.written}",
            column=self._end if at_end else self._tokens[self._next].column,
        )

    def _misplaced(self) -> ExpressionError:
        token = self._tokens[self._next]
        if token.kind is TokenKind.CLOSING:
            message = (
                "this parenthesis was never opened: take it away, or open one with ("
            )
        else:
            message = f"write what should match before {token.written}"
        return ExpressionError(message, column=token.column)


def _never_closed(opening: Token) -> ExpressionError:
    return ExpressionError(
        "the parenthesis opened here is never closed: close it with )",
        column=opening.column,
    )


def _check_regex(token: Token) -> None:
    if token.form is not Form.REGEX:
        return
    if not token.value:
        raise ExpressionError(
            "write a regular expression between the two /", column=token.value_column
        )
    if len(token.value) > LONGEST_REGEX:
        raise ExpressionError(
            f"a regular expression has at most {LONGEST_REGEX} characters; this one "
            f"has {len(token.value)}",
            column=token.value_column,
        )
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(token.value, options)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace")
        raise ExpressionError(
            f"RE2 cannot read this regular expression: {reason}",
            column=token.value_column,
        ) from error


def format_expression(expression: Expression) -> str:
    """The text that parses to this tree, its columns and its writing apart.

    Raises:
        ValueError: a phrase holds every closing quote, which no text can say.
    """
    match expression:
        case Clause():
            return _format_clause(expression)
        case Not(part=part):
            return f"NOT {_within(part, And, Or)}"
        case And(parts=parts):
            return " AND ".join(_within(part, Or) for part in parts)
        case Or(parts=parts):
            return " OR ".join(format_expression(part) for part in parts)
        case _:
            assert_never(expression)


def _within(part: Expression, *looser: type[Expression]) -> str:
    """The text of a part, in parentheses if it binds less tightly than its place."""
    text = format_expression(part)
    return f"({text})" if isinstance(part, looser) else text


def _format_clause(clause: Clause) -> str:
    prefix = "" if clause.field is Field.ANY else f"{clause.field.value}:"
    return prefix + _format_value(clause)


def _format_value(clause: Clause) -> str:
    match clause.form:
        case Form.WORD | Form.TIME:
            return clause.value
        case Form.PREFIX:
            return f"{clause.value}*"
        case Form.REGEX:
            return f"/{_PAIR_OR_SLASH.sub(_escape_slash, clause.value)}/"
        case Form.PHRASE:
            return _quote(clause.value)
        case _:
            assert_never(clause.form)


def _escape_slash(found: re.Match[str]) -> str:
    return "\\/" if found[0] == "/" else found[0]


def _quote(phrase: str) -> str:
    for opening, closing in QUOTES.items():
        if closing not in phrase:
            return f"{opening}{phrase}{closing}"
    raise ValueError(f"no quotes are left for the phrase {phrase!r}")


def each_clause(expression: Expression) -> Iterator[Clause]:
    """Every clause of the expression, in the order written."""
    match expression:
        case Clause():
            yield expression
        case Not(part=part):
            yield from each_clause(part)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from each_clause(part)
        case _:
            assert_never(expression)
