"""Decide topics that are new or have changed for the articles stored before.

A piece at a time, each in a transaction of its own: what reads and what polls wait for
none, and after a kill it goes on where it was. The articles that a rule holds enter
the log at its end, in the order they were stored; those it no longer holds keep their
place but are shown no more, and have it again should they come back. Articles that are
recorded meanwhile wait for their turn, so that the log stays in the order of storing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from config.expression import Expression
from config.expression_parser import format_expression
from store.article import Article, ArticleId, Reason
from store.classify.decide import Rules, build_subject, decide_topics, facts_of
from store.database import articles, changes, decisions, publications, search
from store.database.decisions import Decision
from store.database.engine import Connection, Database
from store.database.publications import TopicLog

PIECE = 500
"""Articles decided in one transaction: a writer waits for a few tenths of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redecided:
    """One piece of work: the stored articles up to `reached`, of `of`, are decided.

    `entered` and `withdrawn` have for each topic how many articles entered it (or came
    back) and how many it no longer shows.
    """

    topics: tuple[str, ...]
    reached: int
    of: int
    entered: Mapping[str, int]
    withdrawn: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a rule changes about one article of a topic; `reason` None if it leaves."""

    topic: str
    article: Article
    reason: Reason | None
    is_known: bool  # it was in the topic before, shown or not


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    rules: Mapping[str, Expression]
    above: int
    last: int
    candidates: Sequence[ArticleId]


def digest_rule(rule: Expression) -> str:
    """Tells rules apart that decide differently, however they are written."""
    return hashlib.sha256(format_expression(rule).encode()).hexdigest()


def begin_again(database: Database, rules: Rules, topics: Sequence[str]) -> None:
    """Let every stored article of these topics be decided anew, changed or not."""
    with database.write() as connection:
        for slug in topics:
            digest = digest_rule(rules.topics[slug])
            decisions.begin(connection, slug, digest, is_done=False)


def decide_next(
    database: Database, rules: Rules, *, now: datetime, at_most: int = PIECE
) -> Redecided | None:
    """Decide the next piece of what is left; None where nothing is.

    Candidates are looked for before the transaction, which is then short.
    """
    with database.read() as connection:
        decision = _next_decision(connection, rules)
        if decision is None:
            return None
        piece = _next_piece(connection, decision, at_most)
    with database.write() as connection:
        if _next_decision(connection, rules) != decision:  # the rules have changed
            piece = replace(piece, last=piece.above, candidates=())
        return _decide_piece(connection, piece, now)


def decide_articles(
    connection: Connection,
    rules: Mapping[str, Expression],
    numbers: Iterable[ArticleId],
    now: datetime,
) -> int:
    """Decide these articles anew for topics decided by these rules; what changed."""
    log, count = TopicLog(connection, now), 0
    for number in sorted(numbers):
        piece = _Piece(rules=rules, above=number - 1, last=number, candidates=[number])
        for change in _changes(connection, piece):
            _make_change(connection, log, change, now)
            count += 1
    log.write()
    return count


def find_changes(
    connection: Connection, rules: Mapping[str, Expression], *, at_most: int = PIECE
) -> Iterator[Change]:
    """Every change that deciding these topics anew would make, as they were stored."""
    above = 0
    while above < articles.last_article_id(connection):
        piece = _next_piece(connection, (rules, above), at_most)
        yield from _changes(connection, piece)
        above = piece.last


def _next_decision(
    connection: Connection, rules: Rules
) -> tuple[Mapping[str, Expression], int] | None:
    """The topics that are behind most, and up to which article they are decided."""
    waiting = {
        slug: decision.reached
        for slug, decision in decisions.load_decisions(connection).items()
        if decision.reached is not None and _is_aim(decision, rules)
    }
    if not waiting:
        return None
    above = min(waiting.values())
    return {
        slug: rules.topics[slug] for slug in waiting if waiting[slug] == above
    }, above


def _is_aim(decision: Decision, rules: Rules) -> bool:
    rule = rules.topics.get(decision.topic)
    return rule is not None and decision.aim == digest_rule(rule)


def _next_piece(
    connection: Connection,
    decision: tuple[Mapping[str, Expression], int],
    at_most: int,
) -> _Piece:
    rules, above = decision
    last = articles.last_article_id(connection)
    candidates = search.find_candidates_from(
        connection, rules.values(), above=above, limit=at_most
    )
    if len(candidates) == at_most:
        last = candidates[-1]
    for slug in rules:
        member = publications.member_number(connection, slug, above, at_most)
        last = last if member is None else min(last, member)
    within = tuple(takewhile(lambda number: number <= last, candidates))
    return _Piece(rules=rules, above=above, last=last, candidates=within)


def _decide_piece(connection: Connection, piece: _Piece, now: datetime) -> Redecided:
    log = TopicLog(connection, now)
    entered, withdrawn = dict.fromkeys(piece.rules, 0), dict.fromkeys(piece.rules, 0)
    for change in _changes(connection, piece):
        counts = withdrawn if change.reason is None else entered
        counts[change.topic] += 1
        _make_change(connection, log, change, now)
    log.write()
    of = articles.last_article_id(connection)
    decisions.advance(connection, piece.rules, piece.last)
    if piece.last == of:
        decisions.finish(connection, piece.rules)
    if any((*entered.values(), *withdrawn.values())):
        changes.note_change(connection)
    return Redecided(
        topics=tuple(piece.rules),
        reached=piece.last,
        of=of,
        entered=entered,
        withdrawn=withdrawn,
    )


def _make_change(
    connection: Connection, log: TopicLog, change: Change, now: datetime
) -> None:
    number = change.article.id
    if change.reason is None:
        publications.set_withdrawn(connection, change.topic, number, now)
    elif change.is_known:
        publications.set_withdrawn(connection, change.topic, number, None)
    else:
        log.enter(change.topic, number, change.reason)


def _changes(connection: Connection, piece: _Piece) -> Iterator[Change]:
    shown = {
        slug: publications.shown_articles(
            connection, slug, above=piece.above, last=piece.last
        )
        for slug in piece.rules
    }
    numbers = set(piece.candidates).union(*shown.values())
    for article, carriers in articles.load_articles(connection, numbers):
        subject = build_subject(facts_of(article, carriers), article.tags)
        reasons = decide_topics(piece.rules, subject)
        for slug, members in shown.items():
            reason = reasons.get(slug)
            if members.get(article.id, False) is not (reason is not None):
                yield Change(
                    topic=slug,
                    article=article,
                    reason=reason,
                    is_known=article.id in members,
                )
