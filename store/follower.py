"""Values of those who are told at once when a feed changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from urllib.parse import urlsplit


class FollowerKind(Enum):
    """Who is told, and thereby what."""

    HUB = "hub"  # a hub of somebody else's: it fetches the feed itself
    SUBSCRIBER = "subscriber"  # of our own hub: it is sent the feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Somebody who is told of a feed, and how that went so far.

    `topic` is the address of the feed, `receiver` that of the hub or of the callback.
    `known` is the tag of what was told last, None for nothing yet; `failures` counts
    the attempts in a row that failed. `secret` signs what a subscriber is sent; it is
    in no text that is made of the follower.
    """

    kind: FollowerKind
    topic: str
    receiver: str
    secret: str | None = field(default=None, repr=False)
    known: str | None = None
    failures: int = 0

    @property
    def name(self) -> tuple[FollowerKind, str, str]:
        """What tells it from all others."""
        return (self.kind, self.topic, self.receiver)

    @property
    def origin(self) -> str:
        """The host and port that is asked."""
        return urlsplit(self.receiver).netloc

    @property
    def is_doubtful(self) -> bool:
        """Whether it may well not answer."""
        return self.failures > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How an attempt to tell a follower left it.

    `due_at` is when it is to be told next, None for when the feed has changed.
    """

    follower: Follower
    known: str | None
    failures: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many subscriptions are kept, in all and for one host."""

    in_all: int
    per_host: int
