"""Feeds that nobody configures one by one: of tags, sources, languages and stories.

Says how each is shown; what it holds, the store answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.edition import Edition, FeedRules
from publish.feed_name import ALL_ARTICLES, FeedKind, FeedName
from publish.web.wording import say_language
from store.article import Publication
from store.choice import Choice, ChosenBy
from store.once import Once

MOST_OF_A_STORY = 1000
"""Articles that the feed of a story shows: all, of any story that a reader can read."""

_CHOSEN_BY = {
    FeedKind.TAG: ChosenBy.TAG,
    FeedKind.SOURCE: ChosenBy.SOURCE,
    FeedKind.LANGUAGE: ChosenBy.LANGUAGE,
    FeedKind.STORY: ChosenBy.STORY,
    FeedKind.ALL: ChosenBy.NOTHING,
}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")  # fits the database's 64 bits


def choice_of(name: FeedName) -> Choice | None:
    """Which articles a feed has that nobody configured; None for another feed."""
    by = _CHOSEN_BY.get(name.kind)
    return None if by is None else Choice(by, name.slug)


def find_rules(name: FeedName, edition: Edition) -> FeedRules | None:
    """How a feed is shown, configured or not; None where there is none of this name.

    Whether there are articles in a language, or a story of a number, is not asked.
    """
    return edition.rules_of(name) or _common_rules(name, edition)


def each_common_feed(edition: Edition) -> Iterator[FeedRules]:
    """The feeds beside topics and searches that are there whatever is stored."""
    names = [
        *(FeedName(FeedKind.TAG, slug) for slug in edition.tag_titles),
        *(FeedName(FeedKind.SOURCE, slug) for slug in edition.source_titles),
        *(FeedName(FeedKind.LANGUAGE, code) for code in sorted(edition.languages)),
        ALL_ARTICLES,
    ]
    return filter(None, (_common_rules(name, edition) for name in names))


def _common_rules(name: FeedName, edition: Edition) -> FeedRules | None:
    title = _title_of(name, edition)
    if title is None:
        return None
    return FeedRules(
        name=name,
        title=title,
        description=_describe(name, title),
        content=edition.content,
        limit=MOST_OF_A_STORY if name.kind is FeedKind.STORY else edition.limit,
        once=Once(),
    )


def is_sure(name: FeedName, edition: Edition) -> bool:
    """Whether there is such a feed though it holds nothing yet."""
    if name.kind is FeedKind.LANGUAGE:
        return name.slug in edition.languages
    return name.kind is not FeedKind.STORY


def name_story(rules: FeedRules, articles: Sequence[Publication]) -> FeedRules:
    """A story is called what the first of its articles is."""
    if rules.name.kind is not FeedKind.STORY or not articles:
        return rules
    title = min(articles, key=lambda each: each.position).article.title
    return replace(rules, title=title, description=f"All that tell: {title}")


def _title_of(name: FeedName, edition: Edition) -> str | None:
    match name.kind:
        case FeedKind.TAG:
            return edition.tag_titles.get(name.slug)
        case FeedKind.SOURCE:
            return edition.source_titles.get(name.slug)
        case FeedKind.LANGUAGE:
            is_code = _LANGUAGE.fullmatch(name.slug)
            return f"Articles in {say_language(name.slug)}" if is_code else None
        case FeedKind.STORY:
            return f"Story {name.slug}" if _NUMBER.fullmatch(name.slug) else None
        case _:
            return _title_of_single(name.kind, edition)


def _title_of_single(kind: FeedKind, edition: Edition) -> str | None:
    if kind is FeedKind.HEALTH and edition.has_health_feed:
        return "Health of the sources"
    return "Everything" if kind is FeedKind.ALL else None


def _describe(name: FeedName, title: str) -> str:
    match name.kind:
        case FeedKind.TAG:
            return f"Articles about {title}"
        case FeedKind.SOURCE:
            return f"Articles that {title} wrote or carried"
        case FeedKind.ALL:
            return "Every article, from all sources"
        case FeedKind.HEALTH:
            return "Sources that broke, moved, went silent or came back"
        case _:
            return title
