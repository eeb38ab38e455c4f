"""The pages of `docs/` that are written from code; `make docs` writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.reference.commands import write_commands
from tests.reference.events_and_figures import write_logs, write_metrics
from tests.reference.keys import write_keys

DOCS = Path(__file__).parents[2] / "docs"

PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": write_commands,
    "keys.md": write_keys,
    "logs.md": write_logs,
    "metrics.md": write_metrics,
}


def main() -> None:
    """Write them."""
    for name, write in PAGES.items():
        (DOCS / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
