"""How long it takes until a feed carries what has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from publish.feed import TopicFeed
from publish.feed_name import FeedName

_BEGINNING = datetime.min.replace(tzinfo=UTC)


class FirstShown:
    """Tells of each article how many seconds after its coming a feed first had it.

    The first rendering of a feed since the start tells nothing: an earlier run may
    have shown what it has.
    """

    def __init__(
        self, tell: Callable[[float], None], *, clock: Callable[[], datetime]
    ) -> None:
        self._tell = tell
        self._clock = clock
        self._newest: dict[FeedName, datetime] = {}

    def rendered(self, feed: TopicFeed) -> None:
        """A feed was rendered anew."""
        known = self._newest.get(feed.name)
        moments = [item.first_seen_at for item in feed.items]
        self._newest[feed.name] = max([*moments, known or _BEGINNING])
        if known is None:
            return
        now = self._clock()
        for moment in moments:
            if moment > known:
                self._tell(max((now - moment).total_seconds(), 0))
