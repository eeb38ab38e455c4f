"""Topics that have another name than before: what they published comes along."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, exists, select, update

from store.database import tables
from store.database.rows import put_rows

_topic, _log = tables.topic, tables.publication
_digest, _pages = tables.digest, tables.archive_page
_STATE = ("decided", "deciding", "reached")


def take_over(connection: Connection, slug: str, formerly: Sequence[str]) -> bool:
    """Let a topic that published nothing yet go on with a former name's log.

    Of several former names, the oldest first, the latest that has one. True if any
    has. The former name stays known as that of a topic.
    """
    if _has_published(connection, slug):
        return False
    for old in reversed(formerly):
        if _has_published(connection, old):
            _move(connection, old, slug)
            return True
    return False


def was_configured(connection: Connection, log: str) -> bool:
    """Whether there ever was a topic of the name, or a search with such a log."""
    found = select(exists().where(_topic.c.slug == log))
    return bool(connection.execute(found).scalar())


def _has_published(connection: Connection, slug: str) -> bool:
    found = select(exists().where(_log.c.topic == slug))
    return bool(connection.execute(found).scalar())


def _move(connection: Connection, old: str, new: str) -> None:
    columns = [_topic.c[name] for name in _STATE]
    state = connection.execute(select(*columns).where(_topic.c.slug == old)).one()
    row = {"slug": new, **state._mapping}
    put_rows(connection, _topic, [row], replacing=_STATE)
    connection.execute(update(_log).where(_log.c.topic == old).values(topic=new))
    connection.execute(update(_digest).where(_digest.c.topic == old).values(topic=new))
    connection.execute(update(_pages).where(_pages.c.topic == old).values(topic=new))
    forgotten = {"decided": "", "deciding": None, "reached": None}
    connection.execute(update(_topic).where(_topic.c.slug == old).values(forgotten))
