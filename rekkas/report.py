"""How a poll went, as machines read it and as a line of a log."""

from __future__ import annotations

from typing import Any, TypeAlias, assert_never
from urllib.parse import urlsplit, urlunsplit

from config.difference import Difference
from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import FetchFailed, NotModified
from ingest.pace.health import Health
from ingest.pace.moves import NEVER
from ingest.poll import Polled
from rekkas.poller import PollReport
from store.redecide import Redecided

POSTPONED = "postponed"
"""The outcome of a poll that was not made, as the host is to be left alone."""

_COUNTS = ("bytes", "entries", "new", "revised", "duplicates", "entered")

Facts: TypeAlias = dict[str, Any]
"""One poll as `rekkas ingest --json` tells it: small, and never with the document."""


def describe(report: PollReport) -> Facts:
    """One poll as JSON holds it; the keys are always the same."""
    record, outcome = report.record, report.outcome
    failure = outcome if isinstance(outcome, FetchFailed) else None
    fetched = outcome.fetched if isinstance(outcome, Polled) else outcome
    in_use = None if isinstance(outcome, FetchFailed) else outcome.in_use
    return {
        "source": record.source,
        "outcome": outcome_name(report),
        "failure": failure and {"kind": failure.kind.value, "detail": failure.detail},
        "status": fetched.status,
        "final_url": fetched.final_url and without_credentials(fetched.final_url),
        "candidate": in_use and in_use.url,
        "bytes": outcome.fetched.content.size if isinstance(outcome, Polled) else 0,
        "entries": record.new + record.revised + record.sighted + len(record.left_out),
        "new": record.new,
        "revised": record.revised,
        "duplicates": record.duplicates,
        "entered": record.entered,
        "left_out": list(record.left_out),
        "without_page": list(outcome.document.without_page)
        if isinstance(outcome, Polled)
        else [],
        "doubts": list(record.doubts),
        "window_missed": record.is_window_missed,
        "due_at": None if record.due_at == NEVER else record.due_at.isoformat(),
        "health": record.health.condition.value,
        "health_since": _since(record.health),
        "advice": record.health.advice,
    }


def _since(health: Health) -> str | None:
    return None if health.since is None else health.since.isoformat(timespec="seconds")


def describe_postponed(source: str, resting: HostResting) -> Facts:
    """A poll that was not made, with the keys of one that was."""
    return {
        "source": source,
        "outcome": POSTPONED,
        **dict.fromkeys(("failure", "status", "final_url", "candidate")),
        **dict.fromkeys(_COUNTS, 0),
        "left_out": [],
        "without_page": [],
        "doubts": [],
        "window_missed": False,
        "due_at": resting.until.isoformat(),
        **dict.fromkeys(("health", "health_since", "advice")),
    }


def outcome_name(report: PollReport) -> str:
    """What happened in one word: recorded, not_modified or failed."""
    match report.outcome:
        case Polled():
            return "recorded"
        case NotModified():
            return "not_modified"
        case FetchFailed():
            return "failed"
        case _:
            assert_never(report.outcome)


def without_credentials(url: str) -> str:
    """The address without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def describe_decided(done: Redecided) -> Facts:
    """A piece of deciding topics anew."""
    return {
        "topics": list(done.topics),
        "reached": done.reached,
        "of": done.of,
        "entered": sum(done.entered.values()),
        "withdrawn": sum(done.withdrawn.values()),
    }


def describe_difference(difference: Difference) -> dict[str, object]:
    """What a new configuration changed, as facts of a line of the log."""
    facts: dict[str, object] = {}
    for section, changed in difference.sections.items():
        for how in ("added", "changed", "removed"):
            names = getattr(changed, how)
            if names:
                facts[f"{section}_{how}"] = list(names)
    return facts | ({"keys": list(difference.keys)} if difference.keys else {})
