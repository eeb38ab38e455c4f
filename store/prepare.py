"""Make a configuration known to the store before it is polled and published.

A topic that is new or has changed is noted here, one that was renamed goes on with its
log. Of the stored articles a first piece
is tagged and decided at once, which is all of a small store; the rest is left to
`retag` and `redecide`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from store.classify.decide import Rules
from store.database import articles, changes, decisions, renames, sources
from store.database.engine import Database
from store.database.sources import SourceName
from store.redecide import decide_next, digest_rule
from store.retag import retag_some


def prepare_store(
    database: Database, names: Iterable[SourceName], rules: Rules, *, now: datetime
) -> None:
    """Write down the configured sources and topics, and which topics have changed."""
    note_configuration(database, names, rules)
    retag_some(database, rules)
    decide_next(database, rules, now=now)


def note_configuration(
    database: Database, names: Iterable[SourceName], rules: Rules
) -> None:
    """Write it down, and leave all that is stored as it was decided."""
    with database.write() as connection:
        has_changed = sources.save_names(connection, names)
        for slug, former_names in rules.formerly.items():
            has_changed |= renames.take_over(connection, slug, former_names)
        known = decisions.load_decisions(connection)
        last = articles.last_article_id(connection)
        for slug, rule in rules.topics.items():
            digest = digest_rule(rule)
            if slug not in known or known[slug].aim != digest:
                has_changed = True
                decisions.begin(connection, slug, digest, is_done=last == 0)
        if has_changed:
            changes.note_change(connection)


def wake_source(database: Database, slug: str) -> None:
    """Let a source be asked anew, at its configured address, though it was gone."""
    with database.write() as connection:
        sources.wake(connection, slug)
