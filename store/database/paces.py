"""The pace of a source as columns of its row, and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from ingest.entry import UNASKED, AskedPace
from ingest.pace.rhythm import pack, unpack
from ingest.pace.schedule import PaceState
from store.database.rows import Record


def pace_columns(pace: PaceState | None) -> Record:
    """What is kept of the pace; None where the source was never polled."""
    if pace is None:
        return {"due_at": None, "interval_seconds": None, "failures": 0}
    return {
        "due_at": pace.due_at,
        "interval_seconds": _seconds(pace.interval),
        "failures": pace.failures,
        "rhythm": pack(pace.rhythm) if pace.rhythm else None,
        "asked": _pack_asked(pace.asked),
        "windows_missed": pace.windows_missed,
    }


def pace_of(row: Row[Any]) -> PaceState | None:
    """The pace in a row of the sources."""
    if row.due_at is None:
        return None
    return PaceState(
        interval=timedelta(seconds=row.interval_seconds),
        failures=row.failures,
        due_at=row.due_at,
        rhythm=unpack(row.rhythm) if row.rhythm else None,
        asked=_unpack_asked(row.asked or {}),
        windows_missed=row.windows_missed,
    )


def _pack_asked(asked: AskedPace) -> Record | None:
    """What the publisher asks for; None, as is usual, where it asks for nothing."""
    wishes: Record = {
        "ttl": _seconds(asked.ttl),
        "skip_hours": sorted(asked.skip_hours),
        "skip_days": sorted(asked.skip_days),
        "update_period": _seconds(asked.update_period),
        "update_base": asked.update_base,
    }
    said = {name: wish for name, wish in wishes.items() if wish not in (None, [])}
    return said or None


def _unpack_asked(asked: Record) -> AskedPace:
    if not asked:
        return UNASKED
    return AskedPace(
        ttl=_span(asked.get("ttl")),
        skip_hours=frozenset(asked.get("skip_hours", ())),
        skip_days=frozenset(asked.get("skip_days", ())),
        update_period=_span(asked.get("update_period")),
        update_base=asked.get("update_base"),
    )


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())


def _span(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
