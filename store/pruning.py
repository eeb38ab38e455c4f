"""Let articles leave that nobody keeps any longer, a piece at a time.

Each piece is a transaction of its own, so that what is recorded meanwhile hardly
waits, and a kill loses nothing but time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol, TypeAlias

from store.article import ArticleId
from store.classify.decide import build_subject, facts_of
from store.database import articles, captures, changes, word_index
from store.database.departures import (
    Due,
    find_leaving,
    find_long_texts,
    load_sources,
    remove_articles,
    remove_texts,
)
from store.database.engine import Connection, Database
from store.retention import Pruned, Retention

PIECE = 200


class _Find(Protocol):
    def __call__(
        self, connection: Connection, due: Due, /, *, after: int, most: int
    ) -> Sequence[int]: ...


_Remove: TypeAlias = Callable[[Connection, Sequence[int]], None]


def prune(
    database: Database, retention: Retention, *, now: datetime
) -> Iterator[Pruned]:
    """Let leave what is due by now (aware UTC); what did, piece by piece.

    An original leaves after its copies, when it is looked at again.
    """
    for due in _each_source(database, retention, now):
        for count in _pieces(database, due, find_leaving, remove_articles):
            yield Pruned(articles=count)
        cut = partial(_remove_texts, now=now)
        for count in _pieces(database, due, find_long_texts, cut):
            yield Pruned(texts=count)


def foresee(database: Database, retention: Retention, *, now: datetime) -> Pruned:
    """What would leave now; nothing does, and originals of copies are not counted."""
    found = Pruned()
    for due in _each_source(database, retention, now):
        with database.read() as connection:
            database.kind.lift_time_limit(connection)
            leaving = frozenset(find_leaving(connection, due))
            texts = frozenset(find_long_texts(connection, due)) - leaving
        found += Pruned(articles=len(leaving), texts=len(texts))
    return found


def forget_answers(database: Database, *, before: datetime) -> int:
    """Forget the answers that came before then; how many there were."""
    count = 0
    while _has_answers(database, before):
        with database.write() as connection:
            count += captures.forget_captures(connection, before=before, most=PIECE)
    return count


def _has_answers(database: Database, before: datetime) -> bool:
    """A cheap look, so that writers are kept waiting for old answers only."""
    with database.read() as connection:
        return captures.is_any_before(connection, before)


def _each_source(
    database: Database, retention: Retention, now: datetime
) -> Iterator[Due]:
    if retention.is_for_ever:
        return
    with database.read() as connection:
        sources = load_sources(connection)
    for source in sources:
        yield Due(retention=retention, source=source, now=now)


def _pieces(
    database: Database, due: Due, find: _Find, remove: _Remove
) -> Iterator[int]:
    """Let go of what is found, and tell of each piece how much it was."""
    after = 0
    while True:
        with database.write() as connection:
            numbers = find(connection, due, after=after, most=PIECE)
            if numbers:
                remove(connection, numbers)
                changes.note_change(connection)
        if not numbers:
            return
        after = numbers[-1]
        yield len(numbers)


def _remove_texts(
    connection: Connection, numbers: Sequence[int], *, now: datetime
) -> None:
    """Cut them, and let them be found by the words that are left."""
    remove_texts(connection, numbers, now=now)
    left = articles.load_articles(connection, map(ArticleId, numbers))
    word_index.index_words(
        connection,
        {
            article.id: build_subject(
                facts_of(article, carriers), article.tags
            ).shown_forms
            for article, carriers in left
        },
    )
