"""Why an expression holds or does not, for people and for machines."""

from __future__ import annotations

from typing import Any

import click

from rekkas.commands.found import mark, passage_row
from store.classify.explain import Explained


def explained_row(explained: Explained) -> dict[str, Any]:
    """A part of an expression as machines read it; hits are [place, start, end]."""
    return {
        "clause": explained.written,
        "holds": explained.holds,
        "hits": [[hit.place.value, hit.start, hit.end] for hit in explained.hits],
        "passages": [passage_row(one) for one in explained.passages],
        "parts": [explained_row(part) for part in explained.parts],
    }


def show_explained(explained: Explained, depth: int = 1) -> None:
    """Print a part and what it is made of, a line each, and quote what was hit."""
    indent = "  " * depth
    click.echo(f"{indent}{'+' if explained.holds else '-'} {explained.written}")
    for passage in explained.passages:
        click.echo(f"{indent}    {passage.place.value}: {mark(passage)}")
    for part in explained.parts:
        show_explained(part, depth + 1)
