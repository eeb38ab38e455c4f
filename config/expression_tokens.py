"""The words and signs of a topic expression, each with its column.

Knows how a text is cut and which fields there are; what a field takes is
`expression_clauses`, and how tokens combine is `expression_parser`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from config.errors import ExpressionError
from config.expression import Field, Form

QUOTES = {'"': '"', "«": "»", "“": "”"}
_QUOTE_SIGNS = frozenset((*QUOTES, *QUOTES.values()))


class TokenKind(Enum):
    """What a token does in an expression."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"  # also a - directly before what it excludes
    OPENING = "("
    CLOSING = ")"
    CLAUSE = "clause"


_FIELDS = {field.value: field for field in Field if field is not Field.ANY}
_OTHER_NAMES = {
    "body": "text",
    "by": "author",
    "date": "after",
    "feed": "source",
    "headline": "title",
    "link": "url",
    "since": "after",
    "site": "source",
    "tag": "about",
    "tags": "about",
    "until": "before",
}
_SIGNS = {kind.value: kind for kind in TokenKind if kind is not TokenKind.CLAUSE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One piece of an expression; columns count from 1.

    Of a clause, `value` is what is meant: without quotes, slashes and the asterisk of a
    prefix.
    """

    kind: TokenKind
    written: str
    column: int
    field: Field = Field.ANY
    form: Form = Form.WORD
    value: str = ""
    value_column: int = 0


def each_token(text: str) -> Iterator[Token]:
    """The tokens of an expression in their order.

    Raises:
        ExpressionError: a piece of the text is no token; it says what would be one.
    """
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _read_token(text, at)
        yield token
        at += len(token.written)


def _read_token(text: str, at: int) -> Token:
    if text[at] in "()":
        return Token(kind=_SIGNS[text[at]], written=text[at], column=at + 1)
    if text[at] == "-":
        return _read_minus(text, at)
    if text[at] in _QUOTE_SIGNS and text[at] not in QUOTES:
        raise ExpressionError(
            f"this {text[at]} closes a quote that was never opened", column=at + 1
        )
    word = text[at : _word_end(text, at)]
    if word in _SIGNS:
        return Token(kind=_SIGNS[word], written=word, column=at + 1)
    token = _read_clause(text, at)
    _check_gap(text, at + len(token.written))
    return token


def _read_minus(text: str, at: int) -> Token:
    following = text[at + 1 : at + 2]
    if not following or following.isspace() or following == ")":
        raise ExpressionError(
            "a - stands directly before what it excludes, such as -football",
            column=at + 1,
        )
    return Token(kind=TokenKind.NOT, written="-", column=at + 1)


def _read_clause(text: str, at: int) -> Token:
    colon = _field_colon(text, at)
    start = at if colon is None else colon + 1
    field = Field.ANY if colon is None else _read_field(text[at:colon], at + 1)
    form, value, end = _read_value(text, start)
    return Token(
        kind=TokenKind.CLAUSE,
        written=text[at:end],
        column=at + 1,
        field=field,
        form=form,
        value=value,
        value_column=start + 1,
    )


def _field_colon(text: str, at: int) -> int | None:
    """Where the colon after a field stands; None where the value begins at once."""
    if text[at] == "/":
        return None
    colon = text.find(":", at, _word_end(text, at))
    return None if colon == -1 else colon


def _read_field(name: str, column: int) -> Field:
    if name in _FIELDS:
        return _FIELDS[name]
    near = [_OTHER_NAMES[name]] if name in _OTHER_NAMES else []
    near += get_close_matches(name.lower(), _FIELDS, n=1)
    hint = f"did you mean `{near[0]}:`?" if near else f"there are {_field_list()}"
    raise ExpressionError(
        f"unknown field `{name}:`, {hint} (Text with a colon stands in quotes.)",
        column=column,
    )


def _field_list() -> str:
    *names, last = (f"{name}:" for name in _FIELDS)
    return f"{', '.join(names)} and {last}."


def _read_value(text: str, start: int) -> tuple[Form, str, int]:
    """The form and the meaning of the value at `start`, and where it ends."""
    sign = text[start : start + 1]
    if sign in QUOTES:
        end = text.find(QUOTES[sign], start + 1)
        if end == -1:
            raise ExpressionError(
                f"the quote opened here is never closed: close it with {QUOTES[sign]}",
                column=start + 1,
            )
        return Form.PHRASE, text[start + 1 : end].strip(), end + 1
    if sign == "/":
        return _read_regex(text, start)
    end = _word_end(text, start)
    return _read_word(text[start:end], start + 1), text[start:end].rstrip("*"), end


def _read_regex(text: str, start: int) -> tuple[Form, str, int]:
    """The pattern between slashes; a backslash before a slash is not part of it."""
    pattern: list[str] = []
    at = start + 1
    while at < len(text) and text[at] != "/":
        step = 2 if text[at] == "\\" else 1
        piece = text[at : at + step]
        pattern.append("/" if piece == "\\/" else piece)
        at += step
    if at >= len(text):
        raise ExpressionError(
            "the regular expression opened here is never closed: close it with /, or "
            'put the text in quotes, such as "/news/"',
            column=start + 1,
        )
    return Form.REGEX, "".join(pattern), at + 1


def _read_word(word: str, column: int) -> Form:
    star = word.find("*")
    if star == -1:
        return Form.WORD
    if star == 0 or star < len(word) - 1:
        raise ExpressionError(
            "a * stands once, at the end of the beginning of a word, such as migra*",
            column=column + star,
        )
    return Form.PREFIX


def _word_end(text: str, start: int) -> int:
    """Where the word at `start` ends: before a space, a parenthesis or a quote."""
    at = start
    while at < len(text) and not (
        text[at].isspace() or text[at] in "()" or text[at] in _QUOTE_SIGNS
    ):
        at += 1
    return at


def _check_gap(text: str, end: int) -> None:
    """A clause ends at a space, a parenthesis or the end of the text."""
    following = text[end : end + 1]
    if following and not (following.isspace() or following in "()"):
        raise ExpressionError(
            f"put a space before this {following}, or quote the whole of it",
            column=end + 1,
        )
