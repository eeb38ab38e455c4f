"""What the page of a story says: who told it, in which languages, from when to when.

Decides from its articles; the template lays it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from publish.web.headline_view import HeadlineView, describe_headline
from publish.web.wording import say_language
from store.article import Headline, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """The page of a story; its title is that of the article that told it first.

    `sources` and `languages` are names for people, each once. `first` and `last` are
    the dates between which it was told, no more exact than publishers gave them.
    """

    number: int
    title: str
    language_tag: str | None
    direction: str
    sources: tuple[str, ...]
    languages: tuple[str, ...]
    first: str
    last: str
    articles: tuple[HeadlineView, ...]
    updated_at: datetime


def describe_story(story: StoryId, headlines: Sequence[Headline]) -> StoryView:
    """What the page of a story says; its articles, at least one, in order of time."""
    articles = tuple(map(describe_headline, headlines))
    in_time = sorted(headlines, key=_told_at)
    return StoryView(
        number=story,
        title=articles[0].title,
        language_tag=articles[0].language_tag,
        direction=articles[0].direction,
        sources=_each_once(one.source for one in articles),
        languages=_each_once(
            say_language(one.language) for one in headlines if one.language
        ),
        first=describe_headline(in_time[0]).date,
        last=describe_headline(in_time[-1]).date,
        articles=articles,
        updated_at=max(one.first_seen_at for one in headlines),
    )


def _told_at(headline: Headline) -> datetime:
    return headline.published_at or headline.first_seen_at


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
