"""What the hubs of sources were asked for, in memory and in a database.

There is one for each source at most, so all are at hand: who calls, and which source
is polled less often, is asked of no database.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from store.database import subscriptions
from store.database.engine import Database
from store.subscription import Subscription


class Subscriptions:
    """The subscriptions of these sources; those of others are forgotten.

    Raises StoreError where the database cannot be read or written.
    """

    def __init__(self, database: Database, sources: Collection[str]) -> None:
        self._database = database
        self._sources = frozenset(sources)
        with database.write() as connection:
            subscriptions.keep_only(connection, sources)
            found = subscriptions.load_all(connection)
        self._by_source = {one.source: one for one in found}

    def of_source(self, source: str) -> Subscription | None:
        """What was asked for a source."""
        return self._by_source.get(source)

    def wants(self, source: str) -> bool:
        """Whether the hub of a source is to be asked for anything."""
        return source in self._sources

    def of_token(self, token: str) -> Subscription | None:
        """What was asked for by somebody who is called at this address."""
        return next((o for o in self._by_source.values() if o.token == token), None)

    def due(self, now: datetime) -> list[Subscription]:
        """What is to be asked for by now."""
        return [one for one in self._by_source.values() if one.due_at <= now]

    def keep(self, subscription: Subscription) -> None:
        """Keep a subscription in place of the one that its source had."""
        with self._database.write() as connection:
            subscriptions.save(connection, subscription)
        self._by_source[subscription.source] = subscription
