"""Requests of readers, counted in plain numbers.

A 304 takes a tenth of a millisecond, of which the locks of a metrics library would be a
noticeable part. Counted and read on the event loop only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
"""Seconds; a request that took longer than the last is counted beyond it."""


class Spans:
    """How long requests of one kind took."""

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def observe(self, seconds: float) -> None:
        """One more."""
        self.buckets[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    def within(self) -> Iterator[tuple[str, int]]:
        """How many took no longer than each bound, as text, the last without any."""
        names = (*map(str, BOUNDS), "+Inf")
        return zip(names, accumulate(self.buckets), strict=True)


class RequestTally:
    """How many requests of each kind had which status, and how long they took."""

    def __init__(self, kinds: Iterable[str]) -> None:
        self.counts = Counter[tuple[str, int]]()
        self.spans = {kind: Spans() for kind in sorted(kinds)}

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """A reader was answered; kinds are few, and so are statuses."""
        self.counts[kind, status] += 1
        self.spans[kind].observe(seconds)
