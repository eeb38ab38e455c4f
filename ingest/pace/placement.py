"""Where the next poll belongs, so that articles wait least for the requests spent.

A poll costs `patience`: so much waiting of articles is worth one request. Looking some
polls ahead, the best next one is found backwards from the end, as the cheapest way to
cover the time (a shortest path). For a source of constant rate this is the square-root
rule of Sia and Cho: polls grow with the root of the rate. Beyond it, polls come after
the bursts of a day rather than amid them, and one comes when the day is over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, sqrt

from ingest.pace.forecast import Forecast

_FINEST = 5.0  # minutes; also the width in which minutes of the hour are known
_COARSEST = 60.0
_STEP, _SHORT_STEP = 5.0, 1.0  # in which a wait is chosen in the end
_SHORT = 30.0  # a wait that is chosen by the minute
_CELLS = 8  # an interval is looked at in so many steps
_POLLS_AHEAD = 4
_LEAST_AHEAD = 720.0  # minutes: an evening looks over the night


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a wait is to keep to, in minutes; `patience` in minutes of one article.

    `most_articles` is how many may be expected to wait when the poll comes: half of
    what the document holds, so that none is pushed out before it is seen.
    """

    patience: float
    shortest: float
    longest: float
    most_articles: float


def place_poll(expected: Forecast, start: float, bounds: Bounds) -> float:
    """Minutes from `start` until the poll that lets articles wait least.

    Keeps to the bounds. The mean rate sets how closely, and how far, one looks.
    """
    usual = sqrt(2 * bounds.patience / expected.rate)
    usual = min(max(usual, bounds.shortest), bounds.longest)
    cell = min(max(usual / _CELLS, _FINEST), _COARSEST)
    cells = ceil(max(usual * _POLLS_AHEAD, _LEAST_AHEAD) / cell)
    # Wider cells than the minutes of an hour would meet only some of these.
    rate = expected.at if cell <= _FINEST else expected.around
    waiting = _Waiting.of(
        [rate(start + (number + 0.5) * cell) * cell for number in range(cells)], cell
    )
    first, second = _cheapest_way(waiting, bounds)
    wait = first * cell
    step = _STEP if wait > _SHORT else _SHORT_STEP
    if cell > step and second > first:
        ahead = (step * (number + 0.5) for number in range(int(second * cell / step)))
        coming = [expected.at(start + minutes) for minutes in ahead]
        earliest = max(wait - cell, bounds.shortest)
        latest = min(wait + cell, bounds.longest)
        wait = _refined(coming, step, wait, (earliest, latest))
    return _before_overflow(wait, waiting, bounds)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Articles to come (`come`) and the time they wait (`time`) by the end of cells."""

    cell: float
    come: list[float]
    time: list[float]

    @classmethod
    def of(cls, coming: Sequence[float], cell: float) -> _Waiting:
        come = list(accumulate(coming, initial=0.0))
        # Within a cell articles come evenly.
        waits = ((before + after) * cell / 2 for before, after in pairwise(come))
        return cls(cell, come, list(accumulate(waits, initial=0.0)))


def _cheapest_way(waiting: _Waiting, bounds: Bounds) -> tuple[int, int]:
    """The ends of the cells at which the next poll, and the one after it, belong.

    The later a poll, the later the best one after it, so the search for a cell ends
    where that of the following cell did.
    """
    cell, come, time = waiting.cell, waiting.come, waiting.time
    last = len(come) - 1
    shortest = max(ceil(bounds.shortest / cell), 1)
    longest = max(int(bounds.longest / cell), shortest)
    cost = list(time)  # of the way from a poll there on, and all waiting before it
    after = [last] * (last + 1)
    latest = last
    for start in range(last - 1, -1, -1):
        gone = come[start] * cell
        soonest = min(start + shortest, last)
        ends = range(soonest, min(latest, start + longest) + 1)
        best, latest = min((cost[end] - gone * (end - start), end) for end in ends)
        after[start] = latest
        cost[start] = best + bounds.patience
    return after[0], after[after[0]]


def _refined(
    coming: Sequence[float], step: float, wait: float, within: tuple[float, float]
) -> float:
    """The wait that is best if the poll after it stays.

    `coming` is what each step, in minutes, brings until that later poll.
    """
    earliest, latest = within
    saved = [
        (come * (len(coming) - number), number * step)
        for number, come in enumerate(accumulate(coming, initial=0.0))
        if earliest <= number * step <= latest
    ]
    return max(saved, default=(0.0, wait))[1]


def _before_overflow(wait: float, waiting: _Waiting, bounds: Bounds) -> float:
    """The wait, cut where more articles are to be expected than may wait."""
    fits = bisect_right(waiting.come, bounds.most_articles) - 1
    return max(min(wait, fits * waiting.cell), bounds.shortest)
