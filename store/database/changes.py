"""The number that grows with every change a reader could see."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from store.database import tables


def note_change(connection: Connection) -> None:
    """Let everything rendered before this transaction be rendered anew."""
    number = tables.change.c.number
    connection.execute(update(tables.change).values(number=number + 1))


def load_change_number(connection: Connection) -> int:
    """How many changes there have been."""
    number: int = connection.execute(select(tables.change.c.number)).scalar_one()
    return number
