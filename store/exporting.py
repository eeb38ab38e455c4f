"""A whole database as lines of JSON: a header, a line for each row, and an end.

The lines are the same whichever kind of database is written, so that either can be
moved to the other; which line holds what is for `transfer` to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from store.database.engine import Database
from store.database.migrations import HEAD
from store.database.whole_rows import each_row
from store.transfer import Header, write_end, write_header, write_row


def export_lines(database: Database, *, version: str) -> Iterator[bytes]:
    """One moment of the database, line by line; writers go on meanwhile.

    The index of words is not among them: it is made anew.
    """
    counts: Counter[str] = Counter()
    with database.read() as connection:
        database.kind.lift_time_limit(connection)
        yield write_header(Header(version=version, step=HEAD))
        for table, row in each_row(connection):
            counts[table] += 1
            yield write_row(table, row)
        yield write_end(counts)
