"""Expressions that an operator types: read, checked, or refused with their column."""

from __future__ import annotations

from datetime import datetime

import click

from config.errors import ExpressionError
from config.expression import And, Expression
from config.expression_parser import parse_expression
from config.search_expression import SearchLanguage
from config.settings import Settings
from config.values import parse_duration
from rekkas.commands.shared import Trouble, utc_now
from rekkas.exit_code import ExitCode

_NEAR = 60  # characters on each side of a mistake


def read_expression(text: str, settings: Settings) -> Expression:
    """What was typed, its topics expanded; a mistake ends the command."""
    try:
        return SearchLanguage(settings).read(text)
    except ExpressionError as error:
        raise Trouble(_point_at(text, error), exit_code=ExitCode.USAGE) from error


def _point_at(text: str, error: ExpressionError) -> str:
    """The expression on one line, what is wrong below it, an arrow at the column.

    Of a long expression stands what is near, so that the arrow is seen.
    """
    start = max(0, error.column - 1 - _NEAR)
    near = text[start : error.column + _NEAR]
    shown = "".join(sign if sign.isprintable() else " " for sign in near)
    before = "…" if start else ""
    after = "…" if error.column + _NEAR < len(text) else ""
    arrow = " " * (error.column - 1 - start + len(before))
    return (
        f"a mistake at column {error.column}:\n"
        f"{before}{shown}{after}\n{arrow}^ {error.message}"
    )


def since(expression: Expression, moment: datetime | None) -> Expression:
    """The expression for articles published, or else first seen, from a moment on."""
    if moment is None:
        return expression
    bound = parse_expression(f"after:{moment:%Y-%m-%dT%H:%M:%SZ}")
    return And(parts=(expression, bound))


class SinceType(click.ParamType[datetime]):
    """A span back from now, such as 7d, or a day or moment, such as 2025-06-01."""

    name = "since"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime:
        """The moment meant; what is none ends the command."""
        try:
            return utc_now() - parse_duration(value)
        except (ValueError, OverflowError):
            pass
        try:
            clause = parse_expression(f"after:{value}")
        except ExpressionError:
            clause = None
        moment = getattr(clause, "at", None)
        if not isinstance(moment, datetime):
            self.fail(
                f"{value} is no span such as 7d and no day such as 2025-06-01",
                param,
                ctx,
            )
        return moment


since_option = click.option(
    "--since",
    "since_moment",
    type=SinceType(),
    metavar="WHEN",
    help="Only articles published since then: 7d, 12h, 2025-06-01.",
)

# What begins with - excludes, so that commands with it take unknown options for words.
expression_argument = click.argument(
    "expression",
    metavar="EXPRESSION",
    nargs=-1,
    required=True,
    help="As topics are written: about:mali migra* -football.",
)
