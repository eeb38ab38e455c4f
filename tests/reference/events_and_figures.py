"""The pages of what the service tells: events of its log, figures at /metrics."""

from __future__ import annotations

from datetime import UTC, datetime

from rekkas.log_events import EVENTS
from rekkas.seeing.figures import Figures
from rekkas.seeing.request_tally import RequestTally
from tests.reference.markdown import WRITTEN, table


def write_logs() -> str:
    """Every event of the log."""
    head = (
        "# The log\n\n"
        "One event a line on stderr: text on a terminal, JSON elsewhere. Each line has "
        "`event`, `level` and `timestamp`\n(UTC), and keys of its own. Names of events "
        f"stay as they are from release to release.\n\n{WRITTEN}\n\n"
    )
    return head + table(("event", "meaning"), sorted(EVENTS.items()))


def write_metrics() -> str:
    """Every figure at /metrics."""
    figures = Figures(RequestTally(()), started_at=datetime.now(UTC))
    head = (
        "# The figures\n\n"
        "What `/metrics` on `server.admin_listen` answers, in the text format of "
        f"Prometheus.\n\n{WRITTEN}\n\n"
    )
    return head + table(("figure", "kind", "meaning"), figures.describe())
