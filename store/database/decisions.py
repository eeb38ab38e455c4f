"""By which rule the stored articles of each topic are decided, and how far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from store.database import tables
from store.database.rows import Record, put_rows

_topic = tables.topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How far a topic is decided.

    `aim` is the digest of the rule by which its stored articles are, or are going to
    be, decided; up to the number `reached` they are, None for all of them.
    """

    topic: str
    aim: str
    reached: int | None


def load_decisions(connection: Connection) -> dict[str, Decision]:
    """What is known of each topic ever configured."""
    return {
        row.slug: Decision(
            topic=row.slug, aim=row.deciding or row.decided, reached=row.reached
        )
        for row in connection.execute(select(_topic))
    }


def begin(connection: Connection, topic: str, rule: str, *, is_done: bool) -> None:
    """Let the stored articles of a topic be decided by a rule, from the first on.

    `is_done` where there are none.
    """
    changes: Record = {"deciding": rule, "reached": 0}
    if is_done:
        changes = {"decided": rule, "deciding": None, "reached": None}
    row = {"slug": topic, "decided": ""} | changes
    put_rows(connection, _topic, [row], replacing=changes)


def advance(connection: Connection, topics: Iterable[str], reached: int) -> None:
    """Note that the articles of these topics are decided up to a number."""
    connection.execute(
        update(_topic).where(_topic.c.slug.in_(list(topics))).values(reached=reached)
    )


def finish(connection: Connection, topics: Iterable[str]) -> None:
    """Note that every stored article of these topics is decided."""
    connection.execute(
        update(_topic)
        .where(_topic.c.slug.in_(list(topics)))
        .values(decided=_topic.c.deciding, deciding=None, reached=None)
    )


def undecided_topics(connection: Connection) -> frozenset[str]:
    """The topics of which some stored articles are still to be decided."""
    rows = connection.execute(
        select(_topic.c.slug).where(_topic.c.reached.is_not(None))
    )
    return frozenset(row.slug for row in rows)
