"""The topic language: text -> tokens, each with its column counted from 1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from config.errors import ExpressionError
from config.expression import Form

_QUOTES = {'"': '"', "«": "»", "“": "”"}
_OPERATORS = frozenset({"AND", "OR", "NOT"})


class Kind(Enum):
    """What a token does."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of an expression; field, form and value are those of a clause.

    `value` is without quotes, slashes and the asterisk of a prefix.
    """

    kind: Kind
    written: str
    column: int
    field: str | None = None
    form: Form = Form.WORD
    value: str = ""
    value_column: int = 0


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of an expression in its order.

    Raises:
        ExpressionError: a quote or a regular expression is never closed, or a sign
            stands where it means nothing.
    """
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _token(text, at)
        tokens.append(token)
        at += len(token.written)
    return tuple(tokens)


def _token(text: str, at: int) -> Token:
    sign = text[at]
    if sign in "()":
        return Token(kind=Kind(sign), written=sign, column=at + 1)
    if sign == "-":
        if at + 1 == len(text) or text[at + 1].isspace() or text[at + 1] == ")":
            raise ExpressionError(
                "a - stands directly before what it excludes, such as -football",
                column=at + 1,
            )
        return Token(kind=Kind.NOT, written=sign, column=at + 1)
    word = text[at : _word_end(text, at)]
    if word in _OPERATORS:
        return Token(kind=Kind(word), written=word, column=at + 1)
    return _clause(text, at)


def _clause(text: str, at: int) -> Token:
    head = text[at : _word_end(text, at)]
    name, colon, _ = head.partition(":")
    has_field = bool(colon and name)
    start = at + len(name) + 1 if has_field else at
    form, value, end = _value(text, start)
    return Token(
        kind=Kind.CLAUSE,
        written=text[at:end],
        column=at + 1,
        field=name.lower() if has_field else None,
        form=form,
        value=value,
        value_column=start + 1,
    )


def _value(text: str, start: int) -> tuple[Form, str, int]:
    """The form and value of what stands at `start`, and where it ends."""
    opening = text[start : start + 1]
    if opening in _QUOTES and opening:
        end = _closing(text, start, _QUOTES[opening], "quotation")
        return Form.PHRASE, text[start + 1 : end], end + 1
    if opening == "/":
        end = _closing(text, start, "/", "regular expression")
        pattern = text[start + 1 : end].replace("\\/", "/")
        return Form.REGEX, pattern, end + 1
    end = _word_end(text, start)
    word = text[start:end]
    stem = word.removesuffix("*")
    if "*" in stem or word == "*":
        raise ExpressionError(
            "a * stands at the end of a word only, such as migra*",
            column=start + word.index("*") + 1,
        )
    return (Form.PREFIX if stem != word else Form.WORD), stem, end


def _word_end(text: str, start: int) -> int:
    """Where the run of letters ends: at a space, a parenthesis or an opening quote.

    A colon ends nothing, so that times and addresses are whole; after the first one
    a quote or slash begins the value.
    """
    at = start
    while at < len(text) and not (text[at].isspace() or text[at] in "()"):
        if text[at] in _QUOTES:
            break
        at += 1
    return at


def _closing(text: str, start: int, sign: str, what: str) -> int:
    at = start + 1
    while at < len(text) and text[at] != sign:
        at += 2 if text[at] == "\\" and sign == "/" else 1
    if at >= len(text):
        raise ExpressionError(
            f"the {what} opened here is never closed: add {sign}", column=start + 1
        )
    return at
