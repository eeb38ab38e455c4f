"""How many of the sources fare how, kept from one poll to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ingest.pace.health import Condition
from rekkas.poller import PollReport


class SourceConditions:
    """The condition of each enabled source as its last poll left it.

    What time alone changes counts from the next poll on, within a day.
    """

    def __init__(self) -> None:
        self._conditions: dict[str, Condition] = {}

    def begin(self, conditions: Mapping[str, Condition]) -> None:
        """These are the sources from now on."""
        self._conditions = dict(conditions)

    def polled(self, report: PollReport) -> None:
        """A source was polled, and fares as the record says."""
        record = report.record
        self._conditions[record.source] = record.health.condition

    def postponed(self) -> None:
        """A host that is left alone says nothing of its sources."""

    def lost(self, problem: str) -> None:
        """The trouble is the store's."""

    def counts(self) -> Mapping[Condition, int]:
        """How many fare how."""
        return Counter(self._conditions.values())
