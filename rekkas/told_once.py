"""Trouble that lasts is told once, and not at each try."""

from __future__ import annotations


class ToldOnce:
    """What was told last of one thing that may go wrong."""

    def __init__(self) -> None:
        self._last = ""

    def is_news(self, trouble: str) -> bool:
        """Whether this was not what was told last; from now on it is."""
        is_news = trouble != self._last
        self._last = trouble
        return is_news

    def end(self) -> bool:
        """Whether there was trouble until now; what comes next is news."""
        return self.is_news("")
