"""The last rendering of every document, so that each is rendered once per change.

Knows when a rendering is out of date; what a change is, its user tells.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A document as it is served; `etag` is strong and the digest of its bytes.

    `media_type` comes with its charset. `last_modified` is a moment of the contents,
    never that of rendering.
    """

    body: bytes
    etag: str
    last_modified: datetime
    media_type: str


Result = TypeVar("Result", Rendered, Rendered | None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    change: int
    rendered: Rendered


class Shelf:
    """Keeps at most `capacity` renderings, the longest unused making room for others.

    Safe for many threads: one renders at a time, the others wait for its result, and
    nobody waits for a document that is up to date.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._access = threading.Lock()
        self._rendering = threading.Lock()

    def take(self, key: Hashable, change: int, render: Callable[[], Result]) -> Result:
        """The document as of a change number, rendered now unless it is at hand.

        None, which is not kept, says that there is no such document.
        """
        current = self._current(key, change)
        if current is not None:
            return current
        with self._rendering:
            return self._current(key, change) or self._put(key, change, render())

    def last(self, key: Hashable) -> Rendered | None:
        """The document as it was rendered last, however long ago."""
        with self._access:
            kept = self._kept.get(key)
        return kept.rendered if kept else None

    def _current(self, key: Hashable, change: int) -> Rendered | None:
        with self._access:
            kept = self._kept.get(key)
            if kept is None or kept.change != change:
                return None
            self._kept.move_to_end(key)
            return kept.rendered

    def _put(self, key: Hashable, change: int, rendered: Result) -> Result:
        with self._access:
            self._kept.pop(key, None)
            if rendered is not None:
                self._kept[key] = _Kept(change=change, rendered=rendered)
                if len(self._kept) > self._capacity:
                    self._kept.popitem(last=False)
        return rendered
