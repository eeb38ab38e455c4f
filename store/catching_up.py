"""Let articles have what was not kept yet when they were stored: a sketch, a story.

A piece at a time, each in a transaction of its own; an article without a story is one
that is left, so that after a kill it goes on where it was. Nothing that was published
changes: no article becomes a copy, and each is a story of its own, or in that of the
article it copies. What comes later may be a copy of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from store.article import StoryId
from store.database import articles, signatures, stories
from store.database.engine import Connection, Database
from store.database.rows import Record
from store.database.stories import StorylessArticle
from store.identify.near_duplicates import read_wording
from store.identify.originals import DuplicateRules, Originals
from store.identify.stories import decide_told_at

PIECE = 200
"""Articles completed in one transaction: a writer waits for a tenth of a second."""


def catch_up_some(
    database: Database, rules: DuplicateRules, *, at_most: int = PIECE
) -> bool:
    """Complete the next piece of the articles that were stored before.

    Returns:
        Whether there may be more: to be called again until there are none.
    """
    with database.read() as connection:
        if not stories.load_storyless(connection, limit=1):
            return False
    with database.write() as connection:
        piece = stories.load_storyless(connection, limit=at_most)
        _give_stories(connection, piece)
        _sketch(connection, piece, rules)
    return len(piece) == at_most


def _give_stories(connection: Connection, piece: Sequence[StorylessArticle]) -> None:
    told: dict[StoryId, datetime] = {}
    for one in piece:
        if one.story == StoryId(one.id):
            told[one.story] = decide_told_at(
                one.published_at, one.published_precision, now=one.first_seen_at
            )
    stories.save_stories(connection, told)
    stories.join_stories(connection, {one.id: one.story for one in piece})


def _sketch(
    connection: Connection, piece: Sequence[StorylessArticle], rules: DuplicateRules
) -> None:
    """Keep the sketches of those that have none, as they would be if stored now."""
    sketched = signatures.find_sketched(connection, [one.id for one in piece])
    left = [
        one for one in piece if one.id not in sketched and not rules.is_off(one.carrier)
    ]
    wordings = {one.id: read_wording(one.text) for one in left}
    values = frozenset[int]().union(*(each.sketch for each in wordings.values()))
    originals = Originals(rules)
    for value, holder in signatures.find_holders(connection, values):
        originals.note(value, holder)
    rows: list[Record] = []
    for number, wording in wordings.items():
        for value in sorted(originals.values_to_keep(wording)):
            rows.append({"value": value, "article": number})
            originals.note(value, number)
    articles.add_rows(connection, {"signature": rows})
