"""What is told to a webhook, as JSON: one message for each change of state.

Each has a sentence for people in `text`, which chat services show as it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from ingest.pace.health import Condition
from publish.web.source_view import hide_secrets
from store.health_change import HealthChange

MOST_PROBLEMS = 20
"""Problems of one configuration that are told; a file may have thousands."""

Notice: TypeAlias = dict[str, Any]
"""One message, ready for JSON."""


def tell_health(change: HealthChange) -> Notice:
    """A source broke, moved, went silent or came back."""
    advice = hide_secrets(change.advice)
    word = "well again" if change.condition is Condition.OK else change.condition.value
    return {
        "event": "source_health_changed",
        "at": _moment(change.noted_at),
        "source": change.source,
        "condition": change.condition.value,
        "since": _moment(change.since),
        "advice": advice,
        "text": f"{change.source} is {word}. {advice}".rstrip(),
    }


def tell_configuration(problems: Sequence[str], *, now: datetime) -> Notice:
    """The configuration is broken; without problems, it is whole again."""
    shown = [hide_secrets(problem) for problem in problems[:MOST_PROBLEMS]]
    text = (
        f"The configuration is broken, an earlier one is in force: {shown[0]}"
        if shown
        else "The configuration is whole again."
    )
    return {
        "event": "configuration_broken" if shown else "configuration_whole",
        "at": _moment(now),
        "problems": shown,
        "text": text,
    }


def tell_store(problem: str | None, *, now: datetime) -> Notice:
    """The store is in trouble; without a problem, it is well again."""
    if problem is None:
        text = "What sources bring is kept again."
    else:
        text = f"What sources bring cannot be kept: {problem}"
    return {
        "event": "store_in_trouble" if problem else "store_well",
        "at": _moment(now),
        "problem": problem,
        "text": text,
    }


def write_notice(notice: Notice, *, service: str) -> bytes:
    """The message as it is posted; `service` says whose it is."""
    return json.dumps({**notice, "service": service}, ensure_ascii=False).encode()


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
