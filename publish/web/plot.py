"""A plot of what came in each day: bars with their places, for a page to draw.

Decides the geometry and the words that say the same without the picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from publish.web.wording import say_count, say_day

BAR = 12
"""The room of one day, in the units of the picture; a sixth of it is air."""

HEIGHT = 96
_GAP = 2
_SMALLEST = 2  # one article is seen beside a day of five hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What came in one day; x, y and height are places in the picture."""

    x: int
    y: int
    width: int
    height: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The sum of seven days, named by the first and the last of them."""

    days: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Bars of consecutive days, the earliest first, and the same in words."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    first_day: str
    last_day: str
    summary: str
    weeks: tuple[Week, ...]


def plot_arrivals(arrivals: Mapping[date, int], *, last: date, weeks: int) -> Plot:
    """The plot of so many weeks that end with a day."""
    days = [last - timedelta(days=back) for back in reversed(range(7 * weeks))]
    counts = [arrivals.get(day, 0) for day in days]
    most = max(counts)
    return Plot(
        width=BAR * len(days),
        height=HEIGHT,
        bars=tuple(
            _bar(place, day, count, most)
            for place, (day, count) in enumerate(zip(days, counts, strict=True))
            if count
        ),
        first_day=say_day(days[0]),
        last_day=say_day(last),
        summary=_summarise(days, counts),
        weeks=tuple(
            _week(days[start : start + 7], counts[start : start + 7])
            for start in range(0, len(days), 7)
        ),
    )


def _bar(place: int, day: date, count: int, most: int) -> Bar:
    height = max(count * HEIGHT // most, _SMALLEST)
    return Bar(
        x=place * BAR + _GAP // 2,
        y=HEIGHT - height,
        width=BAR - _GAP,
        height=height,
        label=f"{say_day(day)}: {say_count(count, 'article')}",
    )


def _summarise(days: Sequence[date], counts: Sequence[int]) -> str:
    """What the picture shows, in one or two sentences."""
    span = f"from {say_day(days[0])} to {say_day(days[-1])}"
    total, most = sum(counts), max(counts)
    if not total:
        return f"Nothing came in {span}."
    return (
        f"{say_count(total, 'article')} came in {span}. The busiest day, "
        f"{say_day(days[counts.index(most)])}, brought {most:,}; "
        f"{say_count(counts.count(0), 'day')} brought none."
    )


def _week(days: Sequence[date], counts: Sequence[int]) -> Week:
    return Week(days=f"{say_day(days[0])} – {say_day(days[-1])}", count=sum(counts))
