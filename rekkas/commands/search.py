"""`rekkas search`: find articles by an expression of the topic language."""

from __future__ import annotations

from datetime import datetime

import click

from rekkas.cli import config_option
from rekkas.commands.expressions import (
    expression_argument,
    read_expression,
    since,
    since_option,
)
from rekkas.commands.found import found_row, show_found
from rekkas.commands.shared import load, stored
from rekkas.commands.tables import show_json
from store.article import Order
from store.library import Library

_MOST = 20


# What begins with - excludes; only the options below are options.
@click.command(context_settings={"ignore_unknown_options": True})
@config_option
@expression_argument
@click.option(
    "--by",
    type=click.Choice([order.value for order in Order]),
    default=Order.RANK.value,
    show_default=True,
    help="Best of the newest first, or newest first.",
)
@since_option
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=_MOST,
    show_default=True,
    help="Articles shown.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def search(
    expression: tuple[str, ...],
    by: str,
    since_moment: datetime | None,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Find articles that match, such as: about:mali migra* -football."""
    loaded = load()
    wanted = since(read_expression(" ".join(expression), loaded.settings), since_moment)
    with stored(loaded) as database:
        found = Library(database).search(wanted, limit=limit, order=Order(by))
    if as_json:
        show_json([found_row(one) for one in found])
    else:
        show_found(found)
