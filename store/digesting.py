"""Write the digest of each topic once its day or its week is over.

Once written it never changes, whatever becomes of its articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from store.database import changes, digests
from store.database.engine import Connection
from store.digest import MOST_ENTRIES, Rhythm, arrange, last_periods

_CAUGHT_UP = 7
"""Periods that are written late: after a holiday of the service, or when a digest is
asked for that was not before."""


class DigestDesk:
    """Writes what is due, looking once a day (UTC)."""

    def __init__(self, rhythms: Mapping[str, Rhythm]) -> None:
        self._rhythms = rhythms
        self._looked_on: date | None = None

    def write_due(self, connection: Connection, now: datetime) -> None:
        """Write the digests of all periods that ended since the last look."""
        if self.may_write(now):
            write_digests(connection, self._rhythms, now)

    def may_write(self, now: datetime) -> bool:
        """Whether it was not looked today yet."""
        return bool(self._rhythms) and self._looked_on != now.date()

    def settle(self, now: datetime) -> None:
        """What was written is kept: there is nothing to write before tomorrow."""
        self._looked_on = now.date()


def write_digests(
    connection: Connection, rhythms: Mapping[str, Rhythm], now: datetime
) -> None:
    """Write the digests that are not there yet; none of a time without articles."""
    is_any = False
    for topic, rhythm in rhythms.items():
        ended = digests.last_end(connection, topic)
        for period in last_periods(rhythm, now, count=_CAUGHT_UP):
            if ended is not None and period.starts_at < ended:
                continue
            found = arrange(digests.load_candidates(connection, topic, period))
            if found:
                is_any = True
                digests.add_digest(
                    connection, topic, period, (len(found), found[:MOST_ENTRIES])
                )
    if is_any:
        changes.note_change(connection)
