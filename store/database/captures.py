"""Answers of sources as they came: keeping, finding and forgetting them.

The bytes are kept once, by their digest, however often and from wherever they came.
Every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, tuple_

from store.capture import Capture
from store.database import tables
from store.database.rows import put_rows

_capture, _response = tables.capture.c, tables.response.c
_SAID = ("status", "final_url", "content_type", "links")


def save_capture(connection: Connection, capture: Capture) -> None:
    """Keep an answer; of two at one moment the first."""
    body = {"digest": capture.digest, "body": capture.packed}
    put_rows(connection, tables.response, [body], replacing=())
    row = {name: getattr(capture, name) for name in _SAID}
    row |= {
        "source": capture.source,
        "captured_at": capture.captured_at,
        "digest": capture.digest,
    }
    put_rows(connection, tables.capture, [row], replacing=())


def find_captures(
    connection: Connection, *, since: datetime, sources: Collection[str]
) -> Sequence[tuple[str, datetime]]:
    """Which answers of these sources are kept since then, the latest first."""
    found = (
        select(_capture.source, _capture.captured_at)
        .where(_capture.captured_at >= since)
        .order_by(_capture.captured_at.desc(), _capture.source)
    )
    rows = connection.execute(found)
    return [(row.source, row.captured_at) for row in rows if row.source in sources]


def load_capture(connection: Connection, source: str, at: datetime) -> Capture | None:
    """The answer of a source at a moment, None where it is kept no more."""
    found = (
        select(tables.capture, _response.body)
        .join(tables.response, _response.digest == _capture.digest)
        .where(_capture.source == source, _capture.captured_at == at)
    )
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    values = row._asdict()
    return Capture(packed=values.pop("body"), **values)


def is_any_before(connection: Connection, moment: datetime) -> bool:
    """Whether an answer from before then is kept."""
    found = select(exists().where(_capture.captured_at < moment))
    return bool(connection.execute(found).scalar())


def forget_captures(connection: Connection, *, before: datetime, most: int) -> int:
    """Forget the oldest answers from before then, at most so many; how many went."""
    key = (_capture.source, _capture.captured_at)
    found = (
        select(*key, _capture.digest)
        .where(_capture.captured_at < before)
        .order_by(_capture.captured_at)
        .limit(most)
    )
    rows = connection.execute(found).all()
    if rows:
        gone = [(row.source, row.captured_at) for row in rows]
        connection.execute(delete(tables.capture).where(tuple_(*key).in_(gone)))
        digests = {row.digest for row in rows}
        connection.execute(
            delete(tables.response).where(
                _response.digest.in_(digests),
                ~exists().where(_capture.digest == _response.digest),
            )
        )
    return len(rows)
