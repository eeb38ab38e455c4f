"""Searches over everything stored: the index narrows, matching decides, ranking orders.

Reads of each article that may match no more than deciding takes, and the whole of those
alone that are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TypeAlias

from config.expression import Expression
from store.article import (
    Article,
    FoundArticle,
    FoundArticles,
    Order,
    Place,
    Reason,
)
from store.classify.decide import build_subject, facts_of
from store.classify.hits import count_hits, cut_passage, find_hits
from store.classify.matching import decide_match
from store.classify.ranking import score
from store.database import articles, search
from store.database.candidates import Candidate
from store.database.engine import Connection

RANKED = 200
"""The newest articles that match, so many, are ordered by rank: a few hundredths of a
second where a common word was looked for."""

_LONGEST_TITLE = 300
_PASSAGE = 200  # characters, two lines of a terminal


_Match: TypeAlias = tuple[Candidate, Reason]


def search_newest(
    connection: Connection,
    expression: Expression,
    *,
    limit: int,
    order: Order,
    within: int | None,
) -> FoundArticles:
    """The articles that match, at most `limit`, the first in the order wanted.

    By rank are ordered the newest that match, as many as `RANKED`. No more than
    `within` articles that may match are looked at.
    """
    looked_for = limit if order is Order.DATE else max(limit, RANKED)
    with closing(search.find_candidates(connection, expression)) as candidates:
        matching = _matching(islice(candidates, within), expression)
        found = list(islice(matching, looked_for))
        is_whole = len(found) == looked_for or next(candidates, None) is None
    if order is Order.RANK:
        found.sort(key=lambda match: _rank(match[0], expression), reverse=True)
    shown = tuple(_shown(connection, found[:limit], expression))
    return FoundArticles(articles=shown, is_whole=is_whole)


def count_matches(connection: Connection, expression: Expression, *, most: int) -> int:
    """How many articles match; counts no further than `most`."""
    with closing(search.find_candidates(connection, expression)) as candidates:
        return sum(1 for _ in islice(_matching(candidates, expression), most))


def _matching(
    candidates: Iterator[Candidate], expression: Expression
) -> Iterator[_Match]:
    for one in candidates:
        reason = decide_match(expression, one.subject)
        if reason is not None:
            yield one, reason


def _rank(one: Candidate, expression: Expression) -> float:
    counts = count_hits(expression, one.subject, one.tags)
    return score(counts, len(one.subject.text))


def _shown(
    connection: Connection, found: Sequence[_Match], expression: Expression
) -> Iterator[FoundArticle]:
    numbers = [one.id for one, _ in found]
    loaded = {one[0].id: one for one in articles.load_articles(connection, numbers)}
    for candidate, reason in found:
        article, carriers = loaded[candidate.id]
        yield _quoted(article, carriers, reason, expression)


def _quoted(
    article: Article,
    carriers: frozenset[str],
    reason: Reason,
    expression: Expression,
) -> FoundArticle:
    subject = build_subject(facts_of(article, carriers), article.tags)
    hits = find_hits(expression, subject, article.tags)
    return FoundArticle(
        article=article,
        reason=reason,
        title=cut_passage(article.title, hits, Place.TITLE, length=_LONGEST_TITLE),
        passage=cut_passage(article.text, hits, Place.TEXT, length=_PASSAGE),
    )
