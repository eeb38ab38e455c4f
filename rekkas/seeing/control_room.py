"""Where the service tells what happens to it, and where all of it is seen from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from config.errors import Problem
from rekkas.scheduler import PollWatcher
from rekkas.seeing.first_shown import FirstShown
from rekkas.seeing.keeping import Keeping
from rekkas.seeing.metrics import Metrics
from rekkas.seeing.notices import Notices
from rekkas.seeing.sources import SourceConditions


class ControlRoom:
    """The figures of one service, how its sources fare, and who is told of it."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.started_at = clock()
        self.metrics = Metrics(clock=clock)
        self.conditions = SourceConditions()
        self.keeping = Keeping()
        self.notices = Notices(self.metrics.noticed, clock=clock)
        self.shown = FirstShown(self.metrics.shown, clock=clock)

    @property
    def poll_watchers(self) -> Sequence[PollWatcher]:
        """Who is told how polls end."""
        return (self.metrics, self.conditions, self.keeping, self.notices)

    def configuration_read(self, problems: Sequence[Problem]) -> None:
        """A configuration was read, and has these problems."""
        self.metrics.configuration_read(is_sound=not problems)
        self.notices.configuration_read(tuple(map(str, problems)))
