"""Every feed beside topics, in the groups of the page that lists them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.edition import FeedRules
from publish.feed_name import FeedKind, FeedName

_GROUPS = (
    (FeedKind.ALL, "Everything"),
    (FeedKind.SEARCH, "Searches"),
    (FeedKind.LANGUAGE, "Languages"),
    (FeedKind.TAG, "Tags"),
    (FeedKind.SOURCE, "Sources"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedGroup:
    """Feeds of one kind with their titles, in the order of these."""

    slug: str
    title: str
    feeds: tuple[tuple[FeedName, str], ...]


def group_feeds(feeds: Iterable[FeedRules]) -> tuple[FeedGroup, ...]:
    """The groups that are not empty; the smaller ones first."""
    titled = sorted(
        ((rules.name, rules.title) for rules in feeds),
        key=lambda feed: (feed[1].casefold(), feed[0].slug),
    )
    groups = (
        FeedGroup(
            slug=kind.value,
            title=title,
            feeds=tuple(feed for feed in titled if feed[0].kind is kind),
        )
        for kind, title in _GROUPS
    )
    return tuple(group for group in groups if group.feeds)
