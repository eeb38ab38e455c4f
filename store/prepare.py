"""Make a configuration known to the store before it is polled and published.

A topic that is new or has changed is decided for every stored article: those that
the rule holds enter the log at its end, in the order they were stored; those it no
longer holds keep their place but are shown no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from config.expression import Expression
from store.classify.decide import Rules, build_subject, decide_topics, facts_of
from store.database import articles, changes, publications, sources
from store.database.engine import Connection, Database
from store.database.publications import TopicLog
from store.database.sources import SourceName


def prepare_store(
    database: Database, names: Iterable[SourceName], rules: Rules, *, now: datetime
) -> None:
    """Write down the configured sources and topics, and decide changed topics.

    One transaction: a topic is decided for every stored article, or not at all.
    """
    with database.write() as connection:
        has_changed = sources.save_names(connection, names)
        decided = publications.load_decided(connection)
        changed = {
            slug: rule
            for slug, rule in rules.topics.items()
            if decided.get(slug) != _digest(rule)
        }
        for slug, rule in changed.items():
            publications.set_decided(connection, slug, _digest(rule))
        if changed:
            _decide_stored(connection, changed, now)
        if has_changed or changed:
            changes.note_change(connection)


def _digest(rule: Expression) -> str:
    return hashlib.sha256(repr(rule).encode()).hexdigest()


def _decide_stored(
    connection: Connection, rules: Mapping[str, Expression], now: datetime
) -> None:
    log = TopicLog(connection, now)
    shown = {slug: publications.shown_articles(connection, slug) for slug in rules}
    for article, carriers in articles.each_article(connection):
        subject = build_subject(facts_of(article, carriers), article.tags)
        reasons = decide_topics(rules, subject)
        for slug, was_shown in shown.items():
            if article.id not in was_shown:
                if slug in reasons:
                    log.enter(slug, article.id, reasons[slug])
            elif was_shown[article.id] is not (slug in reasons):
                withdrawn_at = None if slug in reasons else now
                publications.set_withdrawn(connection, slug, article.id, withdrawn_at)
    log.write()


def wake_source(database: Database, slug: str) -> None:
    """Let a source be asked anew, at its configured address, though it was gone."""
    with database.write() as connection:
        sources.wake(connection, slug)
