"""Which of several spans of one text stand: longest first, outside of vetoes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""Start and end, in characters."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Spans in the order of their starts, and the furthest end up to each of them."""

    starts: Sequence[int]
    furthest_ends: Sequence[int]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Cover:
        """The cover that these spans make, in any order."""
        ordered = sorted(spans)
        ends = accumulate((end for _, end in ordered), max)
        return cls([start for start, _ in ordered], list(ends))

    def holds(self, start: int, end: int) -> bool:
        """Whether one of the spans covers this one whole."""
        earlier = bisect_right(self.starts, start)
        return earlier > 0 and self.furthest_ends[earlier - 1] >= end


def longest(tags: Mapping[Span, Iterable[str]]) -> list[tuple[int, int, str]]:
    """Start, end and tag in the order of the text, overlapping spans decided.

    The longest span wins, then the first. Tags that share a span all have it.
    """
    return [
        (*span, tag)
        for cluster in _overlapping(sorted(tags))
        for span in (cluster if len(cluster) == 1 else _without_overlaps(cluster))
        for tag in tags[span]
    ]


def tags_by_span(found: Iterable[tuple[int, int, str]]) -> dict[Span, set[str]]:
    """The tags that are found at each span."""
    tags: dict[Span, set[str]] = defaultdict(set)
    for start, end, tag in found:
        tags[start, end].add(tag)
    return tags


def _overlapping(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """The ordered spans in groups, of which none reaches into the next."""
    group: list[Span] = []
    reach = 0
    for span in spans:
        if span[0] >= reach and group:
            yield group
            group = []
        group.append(span)
        reach = max(reach, span[1])
    if group:
        yield group


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The longest spans that leave each other alone, in their order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        at = bisect_left(kept, span)
        is_free_before = at == 0 or kept[at - 1][1] <= span[0]
        if is_free_before and (at == len(kept) or kept[at][0] >= span[1]):
            kept.insert(at, span)
    return kept
