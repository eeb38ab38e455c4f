"""The pages of `docs/` that are written from code; `make docs` writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from rekkas.log_events import EVENTS
from rekkas.seeing.figures import Figures
from rekkas.seeing.request_tally import RequestTally

DOCS = Path(__file__).parents[1] / "docs"
_WRITTEN = "Written from the code by `make docs`; a test holds the two equal."


def write_logs() -> str:
    """Every event of the log."""
    head = (
        "# The log\n\n"
        "One event a line on stderr: text on a terminal, JSON elsewhere. Each line has "
        "`event`, `level` and `timestamp`\n(UTC), and keys of its own. Names of events "
        f"stay as they are from release to release.\n\n{_WRITTEN}\n\n"
    )
    return head + _table(("event", "meaning"), sorted(EVENTS.items()))


def write_metrics() -> str:
    """Every figure at /metrics."""
    figures = Figures(RequestTally(()), started_at=datetime.now(UTC))
    head = (
        "# The figures\n\n"
        "What `/metrics` on `server.admin_listen` answers, in the text format of "
        f"Prometheus.\n\n{_WRITTEN}\n\n"
    )
    return head + _table(("figure", "kind", "meaning"), figures.describe())


def _table(names: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [tuple(names), *((f"`{name}`", *rest) for name, *rest in rows)]
    written = ["| " + " | ".join(line) + " |" for line in lines]
    written.insert(1, "|---" * len(lines[0]) + "|")
    return "\n".join(written) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "logs.md": write_logs,
    "metrics.md": write_metrics,
}


def main() -> None:
    """Write them."""
    for name, write in PAGES.items():
        (DOCS / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
