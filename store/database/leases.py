"""Which sources are due and free, and who polls the others: reading and writing.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, func, or_, select

from store.database import tables
from store.database.rows import put_rows

# Each worker waits for one turn of a host at a time; what is further ahead was noted by
# a clock that has been set back since, and is not waited for.
_MOST_AHEAD = timedelta(minutes=1)

_source, _lease, _host = tables.source.c, tables.lease.c, tables.host.c


def load_free(
    connection: Connection, now: datetime, *, most: int
) -> Sequence[tuple[str, str | None]]:
    """The sources that are due and that nobody has, those first that wait longest.

    Each with the address at which it is asked, None where that is the configured one.
    What was never polled, or was woken, waits longest of all.
    """
    is_due = or_(_source.due_at.is_(None), _source.due_at <= now)
    is_taken = exists().where(_lease.source == _source.slug, _lease.until > now)
    free = (
        select(_source.slug, func.coalesce(_source.adopted_url, _source.in_use_url))
        .where(is_due, ~is_taken)
        .order_by(_source.due_at.nulls_first(), _source.slug)
        .limit(most)
    )
    return [(slug, address) for slug, address in connection.execute(free)]


def load_slugs(connection: Connection) -> frozenset[str]:
    """Every source that ever was."""
    return frozenset(connection.execute(select(_source.slug)).scalars())


def is_free(connection: Connection, source: str, now: datetime) -> bool:
    """Whether the source is there, due, and nobody has it.

    Whoever asks next waits until this transaction is over.
    """
    row = connection.execute(
        select(_source.due_at)
        .where(_source.slug == source)
        .with_for_update(key_share=True)  # articles may name the source meanwhile
    ).first()
    if row is None or (row.due_at is not None and row.due_at > now):
        return False
    until = connection.execute(
        select(_lease.until).where(_lease.source == source)
    ).scalar()
    return until is None or until <= now


def put_lease(
    connection: Connection, source: str, *, worker: str | None, until: datetime
) -> None:
    """Let nobody else have the source until a time."""
    row = {"source": source, "worker": worker, "until": until}
    put_rows(connection, tables.lease, [row], replacing=("worker", "until"))


def drop_leases(connection: Connection, sources: Collection[str]) -> None:
    """Let these sources be free."""
    connection.execute(delete(tables.lease).where(_lease.source.in_(sources)))


def drop_lease_of(connection: Connection, source: str, worker: str) -> None:
    """Let the source be free, unless another worker has it by now."""
    connection.execute(
        delete(tables.lease).where(_lease.source == source, _lease.worker == worker)
    )


def take_next_start(
    connection: Connection, host: str, spacing: timedelta, now: datetime
) -> datetime:
    """When the host may be asked next, `spacing` after the last time by any worker.

    It counts as asked then. Whoever asks next waits until this transaction is over.
    """
    asked_at = _lock_asked_at(connection, host)
    starts_at = now
    if asked_at is not None and asked_at <= now + spacing + _MOST_AHEAD:
        starts_at = max(now, asked_at + spacing)
    _save_asked_at(connection, host, starts_at)
    return starts_at


def note_asked(connection: Connection, host: str, now: datetime) -> None:
    """Remember that the host was asked until now; a turn taken ahead stays taken."""
    asked_at = _lock_asked_at(connection, host)
    if asked_at is None or not now < asked_at <= now + _MOST_AHEAD:
        _save_asked_at(connection, host, now)


def _save_asked_at(connection: Connection, host: str, moment: datetime) -> None:
    row = {"name": host, "asked_at": moment}
    put_rows(connection, tables.host, [row], replacing=("asked_at",))


def _lock_asked_at(connection: Connection, host: str) -> datetime | None:
    put_rows(connection, tables.host, [{"name": host}], replacing=())
    asked_at: datetime | None = connection.execute(
        select(_host.asked_at).where(_host.name == host).with_for_update()
    ).scalar()
    return asked_at
