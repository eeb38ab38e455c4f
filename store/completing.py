"""What an entry says late, or no more: when it was published, and its page's text.

Acts inside the caller's transaction; which entry keeps a stored text is `identity`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.article import Article
from store.database import articles
from store.database.engine import Connection
from store.database.rows import Record
from store.identify.document import DecidedEntry
from store.identify.identity import Revised, Sighted, read_entry


def with_kept_texts(
    connection: Connection, decided: Sequence[DecidedEntry]
) -> tuple[DecidedEntry, ...]:
    """The entries, the stored text in each that revises a title alone."""
    wanted = [one.article_id for one in decided if _keeps_text(one)]
    kept = {one.id: one for one, _ in articles.load_articles(connection, wanted)}
    return tuple(
        _with_text_of(kept[one.article_id], one) if _keeps_text(one) else one
        for one in decided
    )


def date_late(
    connection: Connection, source: str, decided: Sequence[DecidedEntry]
) -> int:
    """Date the articles without a date whose entries have one; how many there are.

    A date that lay in the future is believed when its time has come.
    """
    rows = [_dating(one) for one in decided if _may_date(one)]
    return articles.date_undated(connection, source, rows)


def _keeps_text(one: DecidedEntry) -> bool:
    return isinstance(one.identity, Revised) and one.identity.keeps_text


def _with_text_of(article: Article, one: DecidedEntry) -> DecidedEntry:
    entry = replace(
        one.entry,
        text=article.text,
        content_html=article.content_html,
        summary=article.summary,
        language=article.language,
    )
    return replace(one, entry=entry, reading=read_entry(entry, one.keys))


def _may_date(one: DecidedEntry) -> bool:
    is_sighted = isinstance(one.identity, Sighted)
    return is_sighted and one.entry.published_at is not None


def _dating(one: DecidedEntry) -> Record:
    precision = one.entry.published_precision
    return {
        "of_article": one.article_id,
        "published_at": one.entry.published_at,
        "published_precision": None if precision is None else precision.value,
    }
