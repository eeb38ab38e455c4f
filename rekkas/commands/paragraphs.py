"""Texts below a heading: folded at a terminal, one line each for other programs."""

from __future__ import annotations

import shutil
import sys
import textwrap

import click

_WIDEST = 100  # columns, beyond which a text is tiring to read


def show_paragraph(text: str, *, first: str = "", indent: str) -> None:
    """Print a text behind `first`, its further lines behind `indent`."""
    click.echo(fold(first + text, width=_width(), indent=indent))


def fold(text: str, *, width: int | None, indent: str) -> str:
    """The text in lines of at most `width` columns, in one where that is None.

    Words are never broken: addresses are to be copied whole. What would move the
    cursor of a terminal is shown as its code.
    """
    shown = printable(text)
    if width is None:
        return shown
    return textwrap.fill(
        shown,
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )


def printable(text: str) -> str:
    """The text without what a publisher could do to a terminal."""
    return "".join(
        letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text
    )


def _width() -> int | None:
    if not sys.stdout.isatty():
        return None
    return min(shutil.get_terminal_size().columns, _WIDEST)
