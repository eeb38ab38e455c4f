"""Archive pages: what a topic showed, cut into pages that are written once and kept.

Decides when a page is full and what belongs to it; what is written of it, the one who
publishes does, in bytes that are not looked into here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from store.article import Publication
from store.database import archive_pages, publications
from store.database.engine import Connection, Database
from store.once import Once

WritePage: TypeAlias = Callable[[Sequence[Publication]], bytes]
"""Writes down the publications of a page, which come in the order of the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """How a topic is cut into pages of `size` publications.

    What the topic shows `once` is in them once; None shows every copy.
    """

    topic: str
    size: int
    once: Once | None


class Archive:
    """The archive pages of a database; may be asked from several threads.

    Raises StoreError where the database cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_number(self, topic: str) -> int:
        """The number of the last page of a topic, 0 where none is full yet."""
        with self._database.read() as connection:
            return archive_pages.load_last_number(connection, topic)

    def find_page(self, topic: str, number: int) -> bytes | None:
        """What was written of a page, None where there is none of this number."""
        with self._database.read() as connection:
            return archive_pages.load_body(connection, topic, number)

    def close_pages(self, rules: PageRules, write: WritePage) -> None:
        """Close every page that is full, each in a transaction of its own.

        Two processes may do so at once: the pages are as if one had done it. After a
        kill it goes on where it was.
        """
        while self._has_full_page(rules) and self._close_page(rules, write):
            pass

    def _has_full_page(self, rules: PageRules) -> bool:
        """A cheap look, so that writers are kept waiting for a full page only."""
        with self._database.read() as connection:
            behind = archive_pages.count_positions_behind(connection, rules.topic)
            return behind >= rules.size and rules.size == publications.count_unarchived(
                connection, rules.topic, limit=rules.size, once=rules.once
            )

    def _close_page(self, rules: PageRules, write: WritePage) -> bool:
        with self._database.write() as connection:
            page = _full_page(connection, rules)
            if page:
                archive_pages.save_page(connection, page, write(page))
            return bool(page)


def _full_page(connection: Connection, rules: PageRules) -> Sequence[Publication]:
    """The publications of the next page, none while there are too few of them."""
    found = publications.load_unarchived(
        connection,
        rules.topic,
        limit=rules.size,
        once=rules.once,
    )
    return found if len(found) == rules.size else ()
