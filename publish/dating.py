"""Which of a publisher's dates a feed repeats, and what it says of an item instead.

A second gate after that of ingest, which lets a clock be a day fast: readers sort by
what feeds say, and validators report what lies before feeds or ahead of the present.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.article import Article

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_CLOCKS_DIFFER_BY = timedelta(minutes=10)  # what the W3C validator lets pass


def believed_date(article: Article) -> datetime | None:
    """When the publisher says that it published, None unless that can be.

    Nothing was published after we first saw it. Decides from what is stored alone, so
    that no item changes while time goes by.
    """
    return _believed(article.published_at, article)


def has_wrong_date(article: Article) -> bool:
    """Whether the publisher gives a date that cannot be right."""
    return article.published_at is not None and believed_date(article) is None


def shown_date(article: Article) -> datetime:
    """By which moment lists are in order."""
    return believed_date(article) or article.first_seen_at


def changed_date(article: Article) -> datetime:
    """When the article last changed, to the second, told apart by its number.

    Validators and some readers stumble over two entries with one `updated`, and the
    entries of one poll share the moment they were seen. The fraction of the second
    comes from the article alone: no item moves when another comes or goes.
    """
    changed_at = (
        article.revised_at
        or _believed(article.updated_at, article)
        or shown_date(article)
    )
    return changed_at.replace(microsecond=article.id % 1_000_000)


def _believed(moment: datetime | None, article: Article) -> datetime | None:
    latest = article.first_seen_at + _CLOCKS_DIFFER_BY
    return moment if moment is not None and _EARLIEST <= moment <= latest else None
