"""How each poll went, as lines of the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from ingest.pace.health import Condition, is_worth_telling
from rekkas.poller import PollReport
from rekkas.report import describe
from store.record import PollRecord

_REASONS_TOLD = 5  # of one document; a feed full of mistakes makes the same one

_COUNTED = ("source", "outcome", "new", "revised", "duplicates")
_REASONS = {
    "left_out": "entries_left_out",
    "doubts": "dates_doubted",
    "without_page": "pages_not_used",
}

_log = structlog.get_logger(__name__)


def log_poll(report: PollReport) -> None:
    """Write down how a poll went, and what of it an operator may want to mend."""
    facts = describe(report)
    _tell_of_health(report.record)
    if facts["failure"]:
        _log.warning(
            "poll_failed",
            source=facts["source"],
            **facts["failure"],
            failures=report.record.failures,
            due_at=facts["due_at"],
        )
        return
    _log.info(
        "source_polled",
        **{name: facts[name] for name in _COUNTED},
        duration_seconds=round(report.seconds, 2),
    )
    _tell_what_to_mend(facts, report.record.windows_missed)


def _tell_what_to_mend(facts: Mapping[str, Any], windows_missed: int) -> None:
    source = facts["source"]
    if facts["window_missed"]:
        _log.warning(
            "window_missed",
            source=source,
            entries=facts["entries"],
            times=windows_missed,
            detail="no entry of the last poll is left, so articles may have been "
            "lost; the source is polled sooner",
        )
    if facts["candidate"]:
        _log.warning("candidate_read", source=source, candidate=facts["candidate"])
    for name, event in _REASONS.items():
        if facts[name]:
            told = facts[name][:_REASONS_TOLD]
            _log.warning(event, source=source, count=len(facts[name]), reasons=told)


def _tell_of_health(record: PollRecord) -> None:
    health, was = record.health, record.health_before.condition
    if not is_worth_telling(was, health.condition):
        return
    tell = _log.info if health.condition is Condition.OK else _log.warning
    tell(
        "source_health_changed",
        source=record.source,
        condition=health.condition.value,
        was=was.value,
        since=health.since and health.since.isoformat(timespec="seconds"),
        advice=health.advice or None,
    )
