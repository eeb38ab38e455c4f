"""What is remembered of hosts between two runs of the service."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict

from sqlalchemy import Connection, select

from ingest.pace.host_budget import HostState
from store.database import tables
from store.database.rows import put_rows

_host = tables.host


def load_hosts(
    connection: Connection, names: Collection[str] | None = None
) -> Mapping[str, HostState]:
    """The state of every host that is to be treated in a way of its own, or of some."""
    found = select(_host)
    if names is not None:
        found = found.where(_host.c.name.in_(names))
    return {
        row.name: HostState(rests_until=row.rests_until, spent_until=row.spent_until)
        for row in connection.execute(found)
    }


def save_hosts(connection: Connection, states: Mapping[str, HostState]) -> None:
    """Replace what is remembered of these hosts."""
    rows = [{"name": name, **asdict(state)} for name, state in states.items()]
    put_rows(connection, _host, rows, replacing=("rests_until", "spent_until"))
