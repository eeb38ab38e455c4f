"""What follows for a follower from what it answered."""

from __future__ import annotations

from datetime import datetime

from publish.websub.courier import Reply
from publish.websub.retry import retry_at
from store.follower import Follower, FollowerKind, Told


def is_over(follower: Follower, reply: Reply | None) -> bool:
    """Whether a subscriber says that its subscription is no more (WebSub, 7)."""
    is_subscriber = follower.kind is FollowerKind.SUBSCRIBER
    return is_subscriber and reply is not None and reply.is_gone


def settle(
    follower: Follower, reply: Reply | None, version: str, *, newest: str, now: datetime
) -> Told:
    """How a follower stands after it was told of a version of a feed.

    It is told again at once where another version is the newest by now. A version over
    which it was given up counts as known.
    """
    if reply is not None and reply.is_success:
        due_again = None if version == newest else now
        return Told(follower=follower, known=version, failures=0, due_at=due_again)
    failures = follower.failures + 1
    due_at = retry_at(failures, now=now)
    return Told(
        follower=follower,
        known=version if due_at is None else follower.known,
        failures=failures,
        due_at=due_at,
    )
