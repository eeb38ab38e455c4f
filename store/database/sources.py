"""What is remembered of each source between two polls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from ingest.fetch.outcome import Validators
from ingest.pace.health import UNKNOWN_COURSE, Condition, Course
from ingest.pace.moves import Whereabouts
from ingest.pace.schedule import PaceState
from ingest.source import AddressInUse
from store.database import tables
from store.database.paces import pace_columns, pace_of
from store.database.rows import put_rows

_source = tables.source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source between two polls; all times are aware UTC.

    `pace` is None until the first poll. `address` is the configured one, without
    credentials; None for a file. `validators_url` is the address that gave the
    validators, after redirects. `in_use` is the candidate that answers in place of the
    source's own address, None while that one does. `last_outcome` and `last_detail`
    tell how the last poll ended, `course` how the polls before it went. `told` is what
    the health feed said last.
    """

    slug: str
    address: str | None
    whereabouts: Whereabouts
    validators: Validators
    validators_url: str | None
    body_digest: str | None
    max_age: timedelta | None
    pace: PaceState | None
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_outcome: str | None
    last_detail: str | None
    in_use: AddressInUse | None
    read_by: str | None
    read_again_at: datetime | None
    course: Course = UNKNOWN_COURSE
    told: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceName:
    """A source as people know it, and the address that is configured for it.

    `address` is without credentials, and None for a file.
    """

    slug: str
    title: str
    home: str | None
    address: str | None = None


def save_names(connection: Connection, names: Iterable[SourceName]) -> bool:
    """Make every configured source known; True where a name is new or has changed.

    A source that has got another address is asked there at once, and what was known
    of the old one's moves is forgotten.
    """
    stored = load_names(connection)
    fresh = [name for name in names if stored.get(name.slug) != name]
    rows = [{**asdict(name), "failures": 0} for name in fresh]
    put_rows(connection, _source, rows, replacing=("title", "home", "address"))
    for name in fresh:
        before = stored.get(name.slug)
        if before and before.address not in (None, name.address):
            wake(connection, name.slug)
    return bool(fresh)


def load_names(connection: Connection) -> Mapping[str, SourceName]:
    """Every source ever configured as people know it, by slug."""
    columns = (_source.c.slug, _source.c.title, _source.c.home, _source.c.address)
    rows = connection.execute(select(*columns))
    return {row.slug: SourceName(**row._mapping) for row in rows}


def wake(connection: Connection, slug: str) -> None:
    """Let the source be asked at once, at its configured address, whatever happened."""
    forgotten = ("moved_to", "moved_since", "adopted_url", "gone_at", "due_at")
    connection.execute(
        update(_source)
        .where(_source.c.slug == slug)
        .values(failures=0, **dict.fromkeys(forgotten))
    )


def load_woken(connection: Connection) -> frozenset[str]:
    """The sources that were polled once and are to be asked as if they never were."""
    woken = _source.c.due_at.is_(None) & _source.c.last_polled_at.is_not(None)
    return frozenset(connection.execute(select(_source.c.slug).where(woken)).scalars())


def load_states(connection: Connection) -> Mapping[str, SourceState]:
    """The state of every source ever configured, by slug."""
    rows = connection.execute(select(_source).order_by(_source.c.slug))
    return {row.slug: _state(row) for row in rows}


def load_state(connection: Connection, slug: str) -> SourceState | None:
    """The state of one source, None where it was never made known."""
    row = connection.execute(select(_source).where(_source.c.slug == slug)).first()
    return None if row is None else _state(row)


def load_to_change(connection: Connection, slug: str) -> SourceState | None:
    """The same, for nobody else to change until the transaction ends."""
    found = select(_source).where(_source.c.slug == slug)
    # Not from its key: articles may name the source meanwhile.
    row = connection.execute(found.with_for_update(key_share=True)).first()
    return None if row is None else _state(row)


def save_state(connection: Connection, state: SourceState) -> None:
    """Replace what is remembered of a source."""
    used, whereabouts = state.in_use, state.whereabouts
    connection.execute(
        update(_source)
        .where(_source.c.slug == state.slug)
        .values(
            etag=state.validators.etag,
            last_modified=state.validators.last_modified,
            validators_url=state.validators_url,
            body_digest=state.body_digest,
            max_age_seconds=_seconds(state.max_age),
            **asdict(whereabouts),
            **pace_columns(state.pace),
            last_polled_at=state.last_polled_at,
            last_success_at=state.last_success_at,
            last_outcome=state.last_outcome,
            last_detail=state.last_detail,
            last_status=state.course.status,
            failing_since=state.course.failing_since,
            empty_since=state.course.empty_since,
            news_at=state.course.news_at,
            in_use_url=used and used.url,
            in_use_instead_of=used and used.instead_of,
            own_asked_at=used and used.own_asked_at,
            read_by=state.read_by,
            read_again_at=state.read_again_at,
            told=state.told and state.told.value,
        )
    )


def _state(row: Row[Any]) -> SourceState:
    return SourceState(
        slug=row.slug,
        address=row.address,
        whereabouts=Whereabouts(
            moved_to=row.moved_to,
            moved_since=row.moved_since,
            adopted_url=row.adopted_url,
            gone_at=row.gone_at,
        ),
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        validators_url=row.validators_url,
        body_digest=row.body_digest,
        max_age=_span(row.max_age_seconds),
        pace=pace_of(row),
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        last_outcome=row.last_outcome,
        last_detail=row.last_detail,
        in_use=_in_use(row),
        course=Course(
            failing_since=row.failing_since,
            status=row.last_status,
            empty_since=row.empty_since,
            news_at=row.news_at,
        ),
        read_by=row.read_by,
        read_again_at=row.read_again_at,
        told=None if row.told is None else Condition(row.told),
    )


def _in_use(row: Row[Any]) -> AddressInUse | None:
    if row.in_use_url is None:
        return None
    return AddressInUse(
        url=row.in_use_url,
        instead_of=row.in_use_instead_of,
        own_asked_at=row.own_asked_at,
    )


def _span(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
