"""A change in how a source fares, as its operator is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.pace.health import Condition

__all__ = ["Condition", "HealthChange"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthChange:
    """A source is in a condition since a time, as a poll at `noted_at` showed.

    Times are aware UTC. `advice` is a sentence for the operator, "" where nothing is to
    be done.
    """

    source: str
    noted_at: datetime
    condition: Condition
    since: datetime
    advice: str
