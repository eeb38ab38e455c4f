"""A bar that grows with each source, on a terminal that shows nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


@contextmanager
def progress(
    verb: str, total: int, *, prints_lines: bool = False
) -> Iterator[Callable[[str], None]]:
    """What tells that a source is done; `prints_lines` where others tear the bar."""
    console = Console(stderr=True)
    is_shared = prints_lines and sys.stdout.isatty()
    bar = Progress(
        TextColumn(verb),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not console.is_terminal or is_shared,
    )
    with bar:
        task = bar.add_task("", total=total)

        def advance(source: str) -> None:
            bar.update(task, advance=1, description=source)

        yield advance
