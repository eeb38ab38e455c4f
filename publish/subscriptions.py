"""Every feed that can be subscribed to, grouped by kind, for readers to import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.common_feeds import each_common_feed
from publish.edition import Edition, FeedRules
from publish.feed import FeedFormat
from publish.web.feed_groups import group_feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOutline:
    """A feed as subscription lists have it; `description` is never empty."""

    title: str
    description: str
    feed_url: str
    page_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineGroup:
    """Feeds of one kind."""

    title: str
    feeds: tuple[FeedOutline, ...]


def list_subscriptions(edition: Edition) -> tuple[OutlineGroup, ...]:
    """Topics in the order of the file, then each group of others; none is empty.

    Private feeds are not listed: whoever may read one was told where it is.
    """
    topics = list(edition.open_topics.values())
    others = {
        rules.name: rules
        for rules in (*edition.open_searches.values(), *each_common_feed(edition))
    }
    groups = [
        ("Topics", topics),
        *(
            (group.title, [others[name] for name, _ in group.feeds])
            for group in group_feeds(others.values())
        ),
    ]
    return tuple(_group(title, feeds, edition) for title, feeds in groups if feeds)


def _group(title: str, feeds: Iterable[FeedRules], edition: Edition) -> OutlineGroup:
    return OutlineGroup(
        title=title, feeds=tuple(_outline(rules, edition) for rules in feeds)
    )


def _outline(rules: FeedRules, edition: Edition) -> FeedOutline:
    return FeedOutline(
        title=rules.title,
        description=rules.description,
        feed_url=edition.addresses.feed(rules.name, FeedFormat.RSS),
        page_url=edition.addresses.feed_page(rules.name),
    )
