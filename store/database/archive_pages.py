"""Archive pages as they were closed, and which publications they have."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, update

from store.article import Publication
from store.database import tables

_pages, _log = tables.archive_page, tables.publication


def load_last_number(connection: Connection, topic: str) -> int:
    """The number of the topic's last page, 0 where it has none."""
    found = select(func.max(_pages.c.number)).where(_pages.c.topic == topic)
    return connection.execute(found).scalar() or 0


def load_body(connection: Connection, topic: str, number: int) -> bytes | None:
    """What was written of a page when it was closed, None where there is none."""
    found = select(_pages.c.body).where(
        _pages.c.topic == topic, _pages.c.number == number
    )
    return connection.execute(found).scalar()


def count_positions_behind(connection: Connection, topic: str) -> int:
    """How many publications entered the topic after the last that a page has."""
    archived = select(func.max(_pages.c.last_position)).where(_pages.c.topic == topic)
    entered = select(func.max(_log.c.position)).where(_log.c.topic == topic)
    last = connection.execute(entered).scalar() or 0
    return last - (connection.execute(archived).scalar() or 0)


def save_page(
    connection: Connection, publications: Sequence[Publication], body: bytes
) -> None:
    """Let these publications, in the order of the log, be their topic's next page."""
    topic, positions = publications[0].topic, [each.position for each in publications]
    number = load_last_number(connection, topic) + 1
    connection.execute(
        insert(_pages).values(
            topic=topic,
            number=number,
            first_position=positions[0],
            last_position=positions[-1],
            body=body,
        )
    )
    connection.execute(
        update(_log)
        .where(_log.c.topic == topic, _log.c.position.in_(positions))
        .values(page=number)
    )
