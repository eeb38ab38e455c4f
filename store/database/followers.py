"""Who is told of changes: reading and writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    func,
    select,
    update,
)

from store.database import tables
from store.database.rows import put_rows
from store.follower import Follower, FollowerKind, Room, Told

_follower = tables.follower
_MOST_DUE = 20_000  # looked at together


def save_subscriber(
    connection: Connection, follower: Follower, lease_until: datetime
) -> None:
    """Keep a subscriber, in place of an earlier subscription of its callback."""
    values = {
        "secret": follower.secret,
        "known": follower.known,
        "failures": 0,
        "due_at": None,
        "lease_until": lease_until,
    }
    row = {
        "kind": follower.kind.value,
        "topic": follower.topic,
        "receiver": follower.receiver,
        "host": urlsplit(follower.receiver).hostname,
    }
    put_rows(connection, _follower, [row | values], replacing=values)


def has_room(connection: Connection, follower: Follower, room: Room) -> bool:
    """Whether one more subscription may be kept, or this one is kept already."""
    if connection.execute(select(1).where(_is(follower))).first():
        return True
    host = urlsplit(follower.receiver).hostname
    is_subscriber = _follower.c.kind == FollowerKind.SUBSCRIBER.value
    counted = select(func.count()).select_from(_follower).where(is_subscriber)
    in_all = connection.execute(counted).scalar_one()
    of_host = connection.execute(counted.where(_follower.c.host == host)).scalar_one()
    return bool(in_all < room.in_all and of_host < room.per_host)


def add_hub(connection: Connection, hub: str, topic: str) -> None:
    """Let a hub be told of a feed, if it is not yet."""
    row = {
        "kind": FollowerKind.HUB.value,
        "topic": topic,
        "receiver": hub,
        "host": urlsplit(hub).hostname,
        "failures": 0,
    }
    put_rows(connection, _follower, [row], replacing=())


def load_followers(connection: Connection) -> list[Follower]:
    """Everybody who is told of anything."""
    return [_read(row) for row in connection.execute(select(_follower))]


def load_due(connection: Connection, now: datetime) -> list[Follower]:
    """Who is to be told by now, the longest due first."""
    due = select(_follower).where(_follower.c.due_at <= now)
    ordered = due.order_by(_follower.c.due_at).limit(_MOST_DUE)
    return [_read(row) for row in connection.execute(ordered)]


def load_topics(connection: Connection) -> frozenset[str]:
    """The feeds that anybody is told of."""
    topics = select(_follower.c.topic).distinct()
    return frozenset(connection.execute(topics).scalars())


def note_version(
    connection: Connection,
    topic: str,
    version: str,
    *,
    at: datetime,
    doubtful: datetime,
) -> None:
    """Make those due who do not know this version of a feed, if they are not yet.

    Who failed the last time waits until the moment `doubtful`.
    """
    news = and_(
        _follower.c.topic == topic,
        _follower.c.due_at.is_(None),
        _follower.c.known.is_distinct_from(version),
    )
    failed = _follower.c.failures > 0
    connection.execute(update(_follower).where(news, ~failed).values(due_at=at))
    connection.execute(update(_follower).where(news, failed).values(due_at=doubtful))


def save_told(connection: Connection, told: Iterable[Told]) -> None:
    """Keep how it went with these followers, unless they were replaced meanwhile."""
    for one in told:
        connection.execute(
            update(_follower)
            .where(
                _is(one.follower),
                _follower.c.secret.is_not_distinct_from(one.follower.secret),
            )
            .values(known=one.known, failures=one.failures, due_at=one.due_at)
        )


def remove(connection: Connection, followers: Collection[Follower]) -> None:
    """Forget these followers."""
    for follower in followers:
        connection.execute(delete(_follower).where(_is(follower)))


def remove_expired(connection: Connection, now: datetime) -> int:
    """Forget the subscribers whose lease is over; how many they were."""
    expired = delete(_follower).where(_follower.c.lease_until <= now)
    return connection.execute(expired).rowcount


def _is(follower: Follower) -> ColumnElement[bool]:
    return and_(
        _follower.c.kind == follower.kind.value,
        _follower.c.topic == follower.topic,
        _follower.c.receiver == follower.receiver,
    )


def _read(row: Row[Any]) -> Follower:
    return Follower(
        kind=FollowerKind(row.kind),
        topic=row.topic,
        receiver=row.receiver,
        secret=row.secret,
        known=row.known,
        failures=row.failures,
    )
