"""`rekkas search`: find articles by an expression of the topic language."""

from __future__ import annotations

import click

from config.errors import ExpressionError
from config.expression_parser import expand_topics, parse_expression
from rekkas.cli import EXIT_USAGE, config_option
from rekkas.commands.shared import Trouble, load, stored
from rekkas.commands.tables import article_rows, show_json, show_table
from store.library import Library

_MOST = 20


# What begins with - excludes; only the options below are options.
@click.command(context_settings={"ignore_unknown_options": True})
@config_option
@click.argument("expression", metavar="EXPRESSION", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=_MOST, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def search(expression: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Find the newest articles that match, such as: about:mali migra* -football."""
    loaded = load()
    text = " ".join(expression)
    topics = loaded.settings.topics
    try:
        wanted = expand_topics(
            parse_expression(text),
            {slug: parse_expression(topic.match) for slug, topic in topics.items()},
        )
    except ExpressionError as error:
        raise Trouble(
            f"{text}\n{' ' * (error.column - 1)}^ {error.message}", exit_code=EXIT_USAGE
        ) from error
    except KeyError as error:
        raise Trouble(
            f"there is no topic {error.args[0]}", exit_code=EXIT_USAGE
        ) from None
    with stored(loaded) as database:
        found = Library(database).search(wanted, limit=limit)
    rows = list(article_rows(one.article for one in found))
    if as_json:
        show_json(rows)
    else:
        show_table(rows, ("article", "published_at", "source", "title"))
