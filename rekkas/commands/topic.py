"""`rekkas topic`: what is published, and why."""

from __future__ import annotations

from datetime import datetime

import click

from rekkas import compose
from rekkas.cli import LazyGroup, config_option
from rekkas.commands.explained import explained_row, show_explained
from rekkas.commands.expressions import (
    expression_argument,
    read_expression,
    since,
    since_option,
)
from rekkas.commands.found import found_row, title_line
from rekkas.commands.shared import (
    article_argument,
    find_article,
    load,
    no_article,
    recorded,
    refuse_unknown,
    stored,
)
from rekkas.commands.tables import show_json, show_table, topic_rows
from store.library import Library

_COLUMNS = ("topic", "title", "articles", "latest_at", "state", "match")
_SAMPLE = 10
_MOST_COUNTED = 10_000  # a few seconds


@click.group(
    cls=LazyGroup,
    table={
        "list": ("rekkas.commands.topic:list_topics", "Every topic and how it fares."),
        "test": ("rekkas.commands.topic:test_expression", "What would match."),
        "explain": (
            "rekkas.commands.topic:explain_article",
            "Why a topic has an article or not.",
        ),
        "rebuild": (
            "rekkas.commands.topic_rebuild:rebuild",
            "Decide topics anew for all that is stored.",
        ),
    },
)
@config_option
def topic() -> None:
    """What is published, and why."""


@click.command("list")
@config_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_topics(*, as_json: bool) -> None:
    """List every configured topic and how it fares."""
    loaded = load()
    with recorded(loaded) as library:
        rows = list(topic_rows(loaded.settings, library))
    if as_json:
        show_json(rows)
    else:
        show_table(rows, _COLUMNS)


# What begins with - excludes; only the options below are options.
@click.command("test", context_settings={"ignore_unknown_options": True})
@config_option
@expression_argument
@since_option
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=_SAMPLE,
    show_default=True,
    help="Articles shown, the newest first.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def test_expression(
    expression: tuple[str, ...],
    since_moment: datetime | None,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Count the stored articles that an expression holds, and show the newest.

    Nothing is written. Each article is shown with the clauses that hold.
    """
    loaded = load()
    wanted = since(read_expression(" ".join(expression), loaded.settings), since_moment)
    with stored(loaded) as database:
        library = Library(database)
        count = library.count_matches(wanted, most=_MOST_COUNTED)
        found = library.search(wanted, limit=limit)
    if as_json:
        articles = [
            {**found_row(one), "reason": list(one.reason.clauses)} for one in found
        ]
        is_all = count < _MOST_COUNTED
        show_json({"count": count, "is_all": is_all, "articles": articles})
        return
    more = "" if count < _MOST_COUNTED else " or more"
    click.echo(f"articles that match: {count}{more}")
    for one in found:
        click.echo(f"{one.article.id}  {title_line(one)}")
        click.echo(f"  {', '.join(one.reason.clauses)}")


@click.command("explain")
@config_option
@click.argument("slug", metavar="TOPIC", help="The name of a topic.")
@article_argument
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def explain_article(slug: str, name: str, *, as_json: bool) -> None:
    """Say of each clause of a topic whether it holds for an article, and where."""
    loaded = load()
    refuse_unknown(slug, list(loaded.settings.topics), what="topic")
    topics = compose.topic_expressions(loaded.settings)
    with stored(loaded) as database:
        library = Library(database)
        number = find_article(library, name)
        dossier = library.find_article(number)
        explained = library.explain(topics[slug], number, topics)
    if dossier is None or explained is None:  # it left between the looks
        raise no_article(name)
    is_shown = any(one.topic == slug for one in dossier.memberships)
    facts = {
        "topic": slug,
        "article": number,
        "title": dossier.article.title,
        "matches": explained.holds,
        "is_shown": is_shown,
    }
    if as_json:
        show_json({**facts, "explanation": explained_row(explained)})
        return
    click.echo(f"{number}  {dossier.article.title}")
    click.echo(f"topic {slug}: {_verdict(matches=explained.holds, is_shown=is_shown)}")
    show_explained(explained)


def _verdict(*, matches: bool, is_shown: bool) -> str:
    """Whether the article belongs, and whether the topic knows it yet."""
    if matches is is_shown:
        return "the article belongs" if matches else "the article does not belong"
    if matches:
        return "the article belongs, and enters when the topic is next decided"
    # A revision that says less than before takes no article out of its topics.
    return "the article is shown, though it does not match as it reads now"
