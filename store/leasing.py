"""Which of many workers polls a source: leases, which end by themselves.

Keeps the spacing of a host's requests over all workers, too. Each call is one
transaction, and none waits for those that record articles.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.pace.host_budget import HostState
from store.database import hosts, leases
from store.database.engine import Database

LEASE = timedelta(minutes=5)
"""How long a source is kept for a worker of which nothing is heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A worker's right to poll a source, not before a moment (aware UTC).

    `hosts` is what all workers together know of the hosts that were asked about.
    """

    starts_at: datetime
    hosts: Mapping[str, HostState]


class Leases:
    """The leases in a database, for the worker of this name.

    Raises StoreError where the database cannot be read or written.
    """

    def __init__(self, database: Database, *, worker: str) -> None:
        self._database = database
        self._worker = worker

    def find_free(
        self, now: datetime, *, most: int
    ) -> Sequence[tuple[str, str | None]]:
        """The sources that are due and that nobody has, the longest waiting first.

        Each with the address at which it is asked where it is not the configured one.
        """
        with self._database.read() as connection:
            return leases.load_free(connection, now, most=most)

    def count_unknown(self, known: Collection[str]) -> int:
        """How many sources there are that are none of these."""
        with self._database.read() as connection:
            return len(leases.load_slugs(connection) - set(known))

    def take(
        self,
        source: str,
        host_names: Sequence[str],
        *,
        spacing: timedelta,
        now: datetime,
    ) -> Turn | None:
        """The turn to poll the source; None where it is not due, or another has it.

        `host_names` are the source's host, asked at most once in `spacing`, and others
        to be told of; none for a file.
        """
        with self._database.write_aside() as connection:
            if not leases.is_free(connection, source, now):
                return None
            starts_at = now
            for host in host_names[:1]:
                starts_at = leases.take_next_start(connection, host, spacing, now)
            leases.put_lease(
                connection, source, worker=self._worker, until=starts_at + LEASE
            )
            known = hosts.load_hosts(connection, host_names)
        return Turn(starts_at=starts_at, hosts=known)

    def ask_host(self, host: str, *, spacing: timedelta, now: datetime) -> datetime:
        """When the host may be asked once more, `spacing` after the last time.

        It counts as asked then.
        """
        with self._database.write_aside() as connection:
            return leases.take_next_start(connection, host, spacing, now)

    def give_back(self, source: str, host: str | None, *, now: datetime) -> None:
        """The poll is over: the source is free, and its host was asked until now."""
        with self._database.write_aside() as connection:
            leases.drop_lease_of(connection, source, self._worker)
            if host is not None:
                leases.note_asked(connection, host, now)

    def postpone(self, source: str, until: datetime) -> None:
        """Let nobody poll the source before a time."""
        with self._database.write_aside() as connection:
            leases.put_lease(connection, source, worker=None, until=until)

    def free(self, sources: Collection[str]) -> None:
        """Let sources be polled whose workers have died."""
        with self._database.write_aside() as connection:
            leases.drop_leases(connection, sources)
