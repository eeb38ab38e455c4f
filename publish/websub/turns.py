"""Whose turn it is to be asked, so that nobody who is slow delays another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import Protocol, TypeVar

AT_ONCE = 100
AT_ONCE_PER_ORIGIN = 10


class Errand(Protocol):
    """A message that waits to be carried."""

    @property
    def name(self) -> Hashable:
        """What tells it from all others."""

    @property
    def origin(self) -> str:
        """The host and port that it goes to."""

    @property
    def is_doubtful(self) -> bool:
        """Whether there may well be nobody to take it."""


_AnErrand = TypeVar("_AnErrand", bound=Errand)


def choose_next(
    waiting: Iterable[_AnErrand], running: Collection[_AnErrand]
) -> Iterator[_AnErrand]:
    """The errands to begin now, in their order; none that runs already.

    Half of all places are kept for those that are not doubtful, so that receivers
    which never answer cannot take them all.
    """
    under_way = list(running)
    names = {one.name for one in under_way}
    origins = Counter(one.origin for one in under_way)
    doubtful = sum(one.is_doubtful for one in under_way)
    for one in waiting:
        if len(names) >= AT_ONCE:
            return
        if one.name in names or origins[one.origin] >= AT_ONCE_PER_ORIGIN:
            continue
        if one.is_doubtful and doubtful >= AT_ONCE // 2:
            continue
        names.add(one.name)
        origins[one.origin] += 1
        doubtful += one.is_doubtful
        yield one
