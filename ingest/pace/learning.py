"""What a successful poll teaches of a source's rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.pace.forecast import expected_articles
from ingest.pace.rhythm import Rhythm, add_articles, begin

_OUTLIERS = 10  # one in so many articles of a first document may be pinned for years
_FULL = 2  # a document of one entry has no window to fall out of


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a poll showed of a source.

    `published` has a time (aware UTC) for each new article, None where its source
    gives none that is exact. `window` is how many entries the document holds, 0 where
    none came because nothing had changed.
    """

    published: tuple[datetime | None, ...] = ()
    window: int = 0


NO_NEWS = News()


def misses_articles(rhythm: Rhythm | None, news: News) -> bool:
    """Whether articles may have come and gone unseen since the last poll.

    So it is where a document as full as the one before has no entry that was known.
    """
    if rhythm is None or not rhythm.window:
        return False
    is_full = news.window >= max(rhythm.window, _FULL)
    return is_full and len(news.published) >= news.window


def learn(rhythm: Rhythm | None, news: News, *, now: datetime) -> Rhythm:
    """The rhythm after a poll; None before the first one.

    The first document tells of the time it spans. Where articles may have been missed,
    the time before the oldest that is left was not watched. An article with no time
    of its own, or one before the last poll, is believed to have come half way.
    """
    if rhythm is None:
        rhythm = begin(_first_watched(news, now))
    elif misses_articles(rhythm, news):
        since = min(_between(news, rhythm.known_until, now), default=now)
        rhythm = replace(rhythm, known_until=since)
    learnt = add_articles(
        rhythm,
        _placed(news, rhythm, now),
        now=now,
        expected=expected_articles(rhythm, now=now),
    )
    return replace(learnt, window=news.window or rhythm.window)


def _first_watched(news: News, now: datetime) -> datetime:
    """The time of the oldest article, those that were kept for long left out."""
    dated = sorted(moment for moment in news.published if moment and moment < now)
    return dated[len(dated) // _OUTLIERS] if dated else now


def _placed(news: News, rhythm: Rhythm, now: datetime) -> Sequence[datetime]:
    since = rhythm.known_until
    inside = _between(news, since, now)
    if not rhythm.days:
        return inside  # what is older, or undated, says nothing of the time watched
    middle = since + (now - since) / 2
    return [*inside, *[middle] * (len(news.published) - len(inside))]


def _between(news: News, since: datetime, now: datetime) -> list[datetime]:
    return [at for at in news.published if at is not None and since <= at <= now]
