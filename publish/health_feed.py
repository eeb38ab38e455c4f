"""The feed in which an operator reads how her sources fare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from publish.edition import Edition, FeedRules
from publish.feed import FeedCategory, FeedCredit, FeedItem, TopicFeed
from publish.feed_name import FeedKind, FeedName
from publish.selection import UPDATED_WHEN_EMPTY
from publish.web.wording import say_time
from store.health_change import Condition, HealthChange

_KIND = "health"
_NOTHING_TO_DO = "Nothing is to be done."
_NEWS = {
    Condition.OK: "is well again",
    Condition.MOVED: "has moved",
    Condition.EMPTY: "has no entries any more",
    Condition.SILENT: "has gone silent",
    Condition.BLOCKED: "refuses us",
    Condition.FAILING: "is broken",
    Condition.GONE: "is gone for good",
}


def select_health(
    rules: FeedRules, changes: Sequence[HealthChange], edition: Edition
) -> TopicFeed:
    """An item for each change in how a source fares, the latest first."""
    page_url = edition.addresses.feed_page(rules.name)
    return TopicFeed(
        name=rules.name,
        title=rules.title,
        description=rules.description,
        tag_uri=edition.addresses.feed_uri(rules.name),
        tags_scheme=edition.addresses.tag_scheme(_KIND),
        url=page_url,
        page_url=page_url,
        stylesheet=edition.addresses.feed_stylesheet,
        language="en",
        updated_at=max(
            (change.noted_at for change in changes), default=UPDATED_WHEN_EMPTY
        ),
        items=tuple(_item(change, edition) for change in changes),
    )


def _item(change: HealthChange, edition: Edition) -> FeedItem:
    addresses = edition.addresses
    title = edition.source_titles.get(change.source)
    source = addresses.feed_page(FeedName(FeedKind.SOURCE, change.source))
    link = addresses.base_url if title is None else source
    name = title or change.source
    moment = f"{change.noted_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    condition = change.condition.value
    return FeedItem(
        tag_uri=addresses.tag_uri(_KIND, f"{change.source}/{moment}"),
        link=link,
        page_url=link,
        title=f"{name} {_NEWS[change.condition]}",
        summary=f"Source {change.source}, since {say_time(change.since)}. "
        f"{change.advice or _NOTHING_TO_DO}",
        content_html="",
        author=name,
        language="en",
        published_at=change.noted_at,
        published_precision=None,
        first_seen_at=change.noted_at,
        updated_at=change.noted_at,
        credit=FeedCredit(
            title=name, url=None, tag_uri=addresses.tag_uri("source", change.source)
        ),
        categories=(FeedCategory(term=condition, label=condition),),
        enclosures=(),
    )
