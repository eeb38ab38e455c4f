"""Tables of Markdown, as every page of reference has them."""

from __future__ import annotations

import re
from collections.abc import Iterable

WRITTEN = "Written from the code by `make docs`; a test holds the two equal."


def table(names: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """The rows under their names, the first of each as it is typed."""
    lines = [tuple(names), *((f"`{name}`", *rest) for name, *rest in rows)]
    written = ["| " + " | ".join(map(_cell, line)) + " |" for line in lines]
    written.insert(1, "|---" * len(lines[0]) + "|")
    return "\n".join(written) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|").replace("<", r"\<")


def anchor(heading: str) -> str:
    """What a link writes behind its # to lead to a heading, as GitHub has it."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")
