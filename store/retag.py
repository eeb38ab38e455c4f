"""Let stored articles have the tags that a changed vocabulary gives them.

Goes through the store in the order of the articles, a piece at a time, each in a
transaction of its own: after a kill it goes on where it was. When all have their tags,
the topics that ask for tags are left to `redecide`.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.expression import Expression, Field
from config.expression_parser import each_clause
from store.article import Article, ArticleId
from store.classify.decide import Rules, decide_tags, facts_of
from store.database import articles, changes, decisions, departures, vocabularies
from store.database.engine import Connection, Database
from store.database.rows import Record
from store.redecide import digest_rule

PIECE = 200
"""Articles tagged in one transaction: a writer waits for a tenth of a second."""

_Carried = tuple[Article, frozenset[str]]


def retag_some(database: Database, rules: Rules, *, at_most: int = PIECE) -> bool:
    """Tag the next piece of the articles by the vocabulary of the rules.

    Articles that are recorded meanwhile must be tagged by the same rules.

    Returns:
        Whether more are left: to be called again until there are none.
    """
    with database.read() as connection:
        if vocabularies.tagged_to(connection, rules.vocabulary) is None:
            return False
    with database.write() as connection:
        after = vocabularies.tagged_to(connection, rules.vocabulary) or 0
        piece = articles.load_after(connection, after, limit=at_most)
        retag_articles(connection, rules, piece)
        is_last = len(piece) < at_most
        if is_last:
            _let_topics_follow(connection, rules)
        done_to = None if is_last else piece[-1][0].id
        vocabularies.note_tagged(connection, rules.vocabulary, done_to)
    return not is_last


def retag_articles(
    connection: Connection, rules: Rules, piece: Sequence[_Carried]
) -> list[ArticleId]:
    """Let these articles have the tags of the rules; those that had others before."""
    changed: list[ArticleId] = []
    rows: list[Record] = []
    # What is left of a text would tag them otherwise than the text did.
    cut = departures.load_cut(connection, [article.id for article, _ in piece])
    for article, carriers in piece:
        if article.id in cut:
            continue
        tags = decide_tags(rules, facts_of(article, carriers))
        if tags != article.tags:
            changed.append(article.id)
            rows += articles.tag_rows(article.id, tags)
    if changed:
        vocabularies.replace_tags(connection, changed, rows)
        changes.note_change(connection)
    return changed


def _let_topics_follow(connection: Connection, rules: Rules) -> None:
    is_empty = articles.last_article_id(connection) == 0
    for slug, rule in rules.topics.items():
        if _asks_for_tags(rule):
            decisions.begin(connection, slug, digest_rule(rule), is_done=is_empty)


def _asks_for_tags(rule: Expression) -> bool:
    fields = {clause.field for clause in each_clause(rule)}
    return not fields.isdisjoint((Field.ABOUT, Field.MENTIONS))
