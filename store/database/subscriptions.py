"""What the hubs of sources were asked for: reading and writing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from store.database import tables
from store.database.rows import put_rows
from store.subscription import Subscription

_subscription = tables.subscription


def load_all(connection: Connection) -> list[Subscription]:
    """Every subscription, by source."""
    rows = connection.execute(select(_subscription).order_by(_subscription.c.source))
    return [_read(row) for row in rows]


def save(connection: Connection, subscription: Subscription) -> None:
    """Keep the subscription of a source in place of the one it had."""
    values = asdict(subscription)
    put_rows(connection, _subscription, [values], replacing=values)


def keep_only(connection: Connection, sources: Collection[str]) -> None:
    """Forget the subscriptions of all other sources."""
    connection.execute(
        delete(_subscription).where(_subscription.c.source.not_in(list(sources)))
    )


def _read(row: Row[Any]) -> Subscription:
    return Subscription(**row._mapping)
