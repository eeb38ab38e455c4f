"""Moments as a person at a terminal reads them: how long ago, how far ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

_UNITS = (
    (timedelta(days=1), "d"),
    (timedelta(hours=1), "h"),
    (timedelta(minutes=1), "min"),
    (timedelta(seconds=1), "s"),
)
_FEW = 2  # of a unit, below which the next smaller one is told


def show_span(span: timedelta) -> str:
    """A span, never negative, in the largest unit of which it has at least two."""
    for unit, name in _UNITS:
        if span >= _FEW * unit:
            return f"{span // unit} {name}"
    return f"{max(span, timedelta(0)) // timedelta(seconds=1)} s"


def show_past(moment: datetime | None, *, now: datetime) -> str | None:
    """How long ago it was; None stays None."""
    return None if moment is None else show_span(now - moment)


def show_ahead(moment: datetime | None, *, now: datetime) -> str | None:
    """In how long it is, "now" where it is due; None stays None."""
    if moment is None:
        return None
    return "now" if moment <= now else f"in {show_span(moment - now)}"
