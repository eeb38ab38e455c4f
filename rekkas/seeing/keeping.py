"""Whether what polls bring can be kept at this moment, and why not."""

from __future__ import annotations

from rekkas.poller import PollReport


class Keeping:
    """Watches polls; `problem` is what the store complained of, None while it is well.

    Each source asks the store again within a minute, so that this is soon true again.
    """

    def __init__(self) -> None:
        self.problem: str | None = None

    def polled(self, report: PollReport) -> None:  # noqa: ARG002 - that it is, is enough
        """What a poll brought is kept."""
        self.problem = None

    def postponed(self) -> None:
        """A host that is left alone is no trouble."""

    def lost(self, problem: str) -> None:
        """Nothing was kept of a poll."""
        self.problem = problem
