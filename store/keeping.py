"""Look through a whole database, and make anew what can be made of its articles."""

from __future__ import annotations

from collections.abc import Iterator

from store.article import ArticleId
from store.classify.decide import build_subject, facts_of
from store.database import articles, word_index
from store.database.engine import Connection, Database
from store.database.flaws import find_flaws
from store.flaw import FILE, Flaw

_PIECE = 500
_EXAMPLES = 3


def check_database(database: Database) -> Iterator[Flaw]:
    """Every kind of flaw that the database has.

    One moment is looked at; the service may go on writing. What a damaged file says of
    its rows is not asked.
    """
    with database.read() as connection:
        database.kind.lift_time_limit(connection)
        damage = database.kind.find_damage(connection)
        if damage:
            yield Flaw(
                check=FILE,
                what="the file is damaged",
                count=len(damage),
                examples=tuple(damage[:_EXAMPLES]),
                advice="restore a backup, and check the disk",
            )
            return
        yield from find_flaws(connection)


def index_anew(connection: Connection) -> int:
    """Make the index of words anew from the articles; how many there are."""
    word_index.clear_index(connection)
    after, count = 0, 0
    while piece := articles.load_after(connection, after, limit=_PIECE):
        forms: dict[ArticleId, frozenset[str]] = {}
        for article, carriers in piece:
            subject = build_subject(facts_of(article, carriers), article.tags)
            forms[article.id] = subject.shown_forms
        word_index.index_words(connection, forms)
        after, count = piece[-1][0].id, count + len(piece)
    return count
