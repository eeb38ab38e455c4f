"""Whether the store has changed, asked of it no more than once in a while."""

from __future__ import annotations

import time
from collections.abc import Callable


class ChangeWatch:
    """The change number of the store as of a moment ago.

    An answer counts as current for `fresh_for` seconds, so that a thousand readers in
    a second cost one question, and a change is shown that much later at most. `clock`
    gives seconds that never go back.
    """

    def __init__(
        self,
        ask: Callable[[], int],
        *,
        fresh_for: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = ask
        self._fresh_for = fresh_for
        self._clock = clock
        self._answer: tuple[float, int] | None = None

    def recent(self) -> int | None:
        """The number if it was asked for a moment ago, without asking."""
        answer = self._answer
        if answer is None or self._clock() - answer[0] >= self._fresh_for:
            return None
        return answer[1]

    def number(self) -> int:
        """The number, asked for now unless it was a moment ago."""
        recent = self.recent()
        return self._ask_now() if recent is None else recent

    def _ask_now(self) -> int:
        asked_at = self._clock()  # before asking: a change meanwhile is not missed
        number = self._ask()
        self._answer = (asked_at, number)
        return number
