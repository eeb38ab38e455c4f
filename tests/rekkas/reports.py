"""Reports of polls that found nothing new: valid by default, changed by keyword."""

from __future__ import annotations

from datetime import datetime, timedelta

from ingest.fetch.outcome import NO_VALIDATORS, NotModified
from ingest.pace.health import Condition, Health
from rekkas.poller import PollReport
from store.record import PollRecord
from tests.factories import NOW

_WELL = Health(condition=Condition.OK)
_MUCH_LATER = NOW + timedelta(days=1)


def make_report(slug: str, *, due_at: datetime = _MUCH_LATER) -> PollReport:
    """A poll that went well."""
    return PollReport(
        outcome=NotModified(validators=NO_VALIDATORS, body_digest=None),
        record=PollRecord(
            source=slug,
            polled_at=NOW,
            due_at=due_at,
            failures=0,
            health=_WELL,
            health_before=_WELL,
        ),
        seconds=0.1,
    )
