"""The last of everything that was made, so that each is made once per change.

Knows when a thing is out of date; what a change is, its user tells.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept(Generic[Thing]):
    state: Hashable
    thing: Thing


class Shelf(Generic[Thing]):
    """Keeps at most `capacity` things, the longest unused making room for others.

    Safe for many threads: one makes a thing at a time, the others wait for it, and
    nobody waits for one that is up to date.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Hashable, _Kept[Thing]] = OrderedDict()
        self._access = threading.Lock()
        self._making = threading.Lock()

    def take(
        self, key: Hashable, state: Hashable, make: Callable[[], Thing | None]
    ) -> Thing | None:
        """The thing of a state, made now unless it is at hand.

        None, which is not kept, says that there is no such thing.
        """
        current = self.current(key, state)
        if current is not None:
            return current
        with self._making:
            return self.current(key, state) or self._put(key, state, make())

    def current(self, key: Hashable, state: Hashable) -> Thing | None:
        """The thing of a state if it is at hand."""
        with self._access:
            kept = self._kept.get(key)
            if kept is None or kept.state != state:
                return None
            self._kept.move_to_end(key)
            return kept.thing

    def last(self, key: Hashable) -> Thing | None:
        """The thing as it was made last, however long ago."""
        with self._access:
            kept = self._kept.get(key)
        return kept.thing if kept else None

    def _put(self, key: Hashable, state: Hashable, thing: Thing | None) -> Thing | None:
        with self._access:
            self._kept.pop(key, None)
            if thing is not None:
                self._kept[key] = _Kept(state=state, thing=thing)
                if len(self._kept) > self._capacity:
                    self._kept.popitem(last=False)
        return thing
