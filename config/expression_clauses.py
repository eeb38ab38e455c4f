"""One test of a topic expression: which field it looks at, and what it may say.

Whether RE2 accepts a regular expression is for `expression_parser`; deciding a clause
for an article is `store.classify.matching`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from config.errors import ExpressionError
from config.expression import Clause, Field, Form
from config.expression_tokens import Token
from config.values import SLUG_PATTERN

_NAMED = {
    Field.ABOUT: "tag",
    Field.MENTIONS: "tag",
    Field.SOURCE: "source",
    Field.TOPIC: "topic",
}
_SLUG = re.compile(SLUG_PATTERN)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(  # RFC 3339, seconds optional
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)"
)


def read_clause(token: Token) -> Clause:
    """The clause that a token means.

    Raises:
        ExpressionError: the field does not take this value.
    """
    field = token.field
    if field in _NAMED:
        _check_slug(field, token)
    elif field is Field.LANGUAGE:
        _check_language(token)
    elif field in (Field.AFTER, Field.BEFORE):
        return _time_clause(field, token)
    else:
        _check_text(token)
    return Clause(
        field=field,
        form=token.form,
        value=token.value,
        written=token.written,
        column=token.column,
    )


def _check_slug(field: Field, token: Token) -> None:
    if token.form is Form.WORD and _SLUG.match(token.value):
        return
    lowered = token.value.lower()
    hint = f", such as `{field.value}:mali`"
    if token.form is Form.WORD and _SLUG.match(lowered):
        hint = f": did you mean `{field.value}:{lowered}`?"
    raise ExpressionError(
        f"`{field.value}:` takes the name of one {_NAMED[field]}, of a-z, 0-9 and "
        f"-{hint}",
        column=token.value_column,
    )


def _check_language(token: Token) -> None:
    if token.form is not Form.WORD or not _LANGUAGE.fullmatch(token.value):
        raise ExpressionError(
            "`lang:` takes a language code of two or three small letters, such as "
            "`lang:fr`",
            column=token.value_column,
        )


def _time_clause(field: Field, token: Token) -> Clause:
    return Clause(
        field=field,
        form=Form.TIME,
        value=token.value,
        written=token.written,
        column=token.column,
        at=_read_instant(field, token),
    )


def _read_instant(field: Field, token: Token) -> datetime:
    """The instant meant, in UTC; a day means its midnight in UTC."""
    if token.form is Form.WORD:
        try:
            if _DAY.fullmatch(token.value):
                return datetime.fromisoformat(token.value).replace(tzinfo=UTC)
            if _MOMENT.fullmatch(token.value):
                return datetime.fromisoformat(token.value).astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # 30 February, or before the year 1: no day of the calendar either
    raise ExpressionError(
        f"`{field.value}:` takes a day such as `{field.value}:2025-06-01`, or a moment "
        f"with its time zone such as `{field.value}:2025-06-01T12:00:00Z`",
        column=token.value_column,
    )


def _check_text(token: Token) -> None:
    if token.form is Form.REGEX:
        return
    if not token.written.removeprefix(f"{token.field.value}:"):
        raise ExpressionError(
            f"write what to look for directly after `{token.field.value}:`",
            column=token.value_column,
        )
    if token.written.startswith(f"{token.field.value}:-"):
        raise ExpressionError(
            f"the - stands before the field: -{token.field.value}:word",
            column=token.value_column,
        )
    is_word = token.form is not Form.PHRASE  # a phrase of signs is merely in no text
    if not token.value or (is_word and not any(map(str.isalnum, token.value))):
        raise ExpressionError(
            "there is no letter or digit here that a text could show",
            column=token.value_column,
        )
