"""Who is told at once when a feed changes: kept over restarts.

Keeps; whom to tell when is decided in `publish`. Each call is one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from store.database import followers
from store.database.engine import Database
from store.follower import Follower, FollowerKind, Room, Told


class Followers:
    """The followers in a database; may be asked from several threads.

    Raises StoreError where the database cannot be read or written.
    """

    def __init__(self, database: Database, room: Room) -> None:
        self._database = database
        self._room = room

    def keep_subscriber(self, follower: Follower, lease_until: datetime) -> bool:
        """Keep a subscriber or renew it; False where there is no room for it."""
        with self._database.write() as connection:
            if not followers.has_room(connection, follower, self._room):
                return False
            followers.save_subscriber(connection, follower, lease_until)
        return True

    def remove(self, gone: Collection[Follower]) -> None:
        """Forget followers, whether or not they are known."""
        with self._database.write() as connection:
            followers.remove(connection, gone)

    def remove_expired(self, now: datetime) -> int:
        """Forget the subscribers whose lease is over; how many they were."""
        with self._database.write() as connection:
            return followers.remove_expired(connection, now)

    def expect(
        self, topics: Collection[str], hubs: Sequence[str], *, has_subscribers: bool
    ) -> tuple[Follower, ...]:
        """Let these hubs be told of these feeds, and nobody of any other.

        The subscribers that are thereby forgotten, to be told so.
        """
        with self._database.write() as connection:
            found = followers.load_followers(connection)
            gone = [
                one
                for one in found
                if one.topic not in topics or not _is_wanted(one, hubs, has_subscribers)
            ]
            followers.remove(connection, gone)
            for hub in hubs:
                for topic in topics:
                    followers.add_hub(connection, hub, topic)
        return tuple(one for one in gone if one.kind is FollowerKind.SUBSCRIBER)

    def topics(self) -> frozenset[str]:
        """The feeds that anybody follows."""
        with self._database.read() as connection:
            return followers.load_topics(connection)

    def note_versions(
        self, versions: Mapping[str, str], *, now: datetime, doubtful_wait: timedelta
    ) -> None:
        """Make those due who do not know the present versions of these feeds.

        Who failed the last time is tried no sooner than after `doubtful_wait`.
        """
        with self._database.write() as connection:
            for topic, version in versions.items():
                followers.note_version(
                    connection, topic, version, at=now, doubtful=now + doubtful_wait
                )

    def due(self, now: datetime) -> Sequence[Follower]:
        """Who is to be told by now, the longest due first."""
        with self._database.read() as connection:
            return followers.load_due(connection, now)

    def settle(self, told: Collection[Told], gone: Collection[Follower]) -> None:
        """Keep how it went with followers, and forget those that are gone."""
        with self._database.write() as connection:
            followers.save_told(connection, told)
            followers.remove(connection, gone)


def _is_wanted(
    follower: Follower, hubs: Collection[str], has_subscribers: bool
) -> bool:
    if follower.kind is FollowerKind.HUB:
        return follower.receiver in hubs
    return has_subscribers
