"""Which entries of a document are articles that were let go of."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.entry import Entry
from store.database.departures import load_departed
from store.database.engine import Connection
from store.identify.departure import departure_key
from store.identify.document import KeyedEntry


def without_departed(
    connection: Connection, source: str, entries: Sequence[KeyedEntry]
) -> list[KeyedEntry]:
    """The entries of the source whose articles were not let go of."""
    keys = {
        departure_key(source, one.keys): one
        for one in entries
        if isinstance(one.entry, Entry)
    }
    gone = {id(keys[key]) for key in load_departed(connection, keys)}
    return [one for one in entries if id(one) not in gone]
