"""Articles that were found, with what was looked for marked in them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click

from rekkas.commands.tables import article_rows
from store.article import FoundArticle, Passage


def show_found(found: Iterable[FoundArticle]) -> None:
    """Print each article for people: its number, date, source, title and a passage."""
    for one in found:
        facts = next(article_rows([one.article]))
        click.echo(
            f"{facts['article']}  {(facts['published_at'] or '–')[:16]}  "
            f"{facts['source']}\n  {title_line(one)}"
        )
        if one.passage.text:
            click.echo(f"  {mark(one.passage)}")


def found_row(one: FoundArticle) -> dict[str, Any]:
    """A found article as machines read it; hits are offsets in its passages."""
    return {
        **next(article_rows([one.article])),
        "title_hits": [list(hit) for hit in one.title.hits],
        "passage": passage_row(one.passage),
    }


def passage_row(passage: Passage) -> dict[str, Any]:
    """A piece of a title or a text and where it was hit."""
    return {
        "place": passage.place.value,
        "text": passage.text,
        "hits": [list(hit) for hit in passage.hits],
    }


def title_line(one: FoundArticle) -> str:
    """The title; where other programs may look for it, as it is."""
    return mark(one.title) if sys.stdout.isatty() else one.article.title


def mark(passage: Passage) -> str:
    """The piece with its hits in bold on a terminal, else between « and »."""
    opening, closing = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("«", "»")
    pieces: list[str] = []
    done = 0
    for start, end in passage.hits:
        pieces += [passage.text[done:start], opening, passage.text[start:end], closing]
        done = end
    return "".join((*pieces, passage.text[done:]))
