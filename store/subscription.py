"""Values of what we asked the hubs of sources for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """That the hub of a source is to tell us of its news.

    `token` makes the address at which it calls us, and `secret` signs what it sends:
    both are in no text that is made of the subscription. `lease_until` is None until
    the hub has confirmed; `due_at` is when it is asked next, after so many `failures`
    in a row.
    """

    source: str
    hub: str
    topic: str
    token: str = field(repr=False)
    secret: str = field(repr=False)
    due_at: datetime
    lease_until: datetime | None = None
    failures: int = 0

    def is_alive(self, now: datetime) -> bool:
        """Whether the hub has promised to call us."""
        return self.lease_until is not None and self.lease_until > now
