"""A process that polls nothing: what it does by a configuration, which is to serve."""

from __future__ import annotations

from config.settings import Settings
from rekkas.generation import Means
from rekkas.seeing.values import Backlog
from rekkas.source_hubs import SourceHubs


class Idle:
    """What `rekkas serve` does beside serving, and what other parts begin with."""

    source_hubs: SourceHubs | None = None

    def __init__(self, settings: Settings, means: Means) -> None:
        self.settings = settings
        self.means = means

    async def begin(self) -> None:
        """Begin with nothing."""

    async def wait_for_snapshots(self, *, seconds: float) -> None:
        """Nothing is read here."""

    def backlog(self) -> Backlog:
        """Nothing waits here."""
        return Backlog()

    async def end(self) -> None:
        """End nothing."""
