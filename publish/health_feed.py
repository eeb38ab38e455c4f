"""The feed in which an operator reads how her sources and her configuration fare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from publish.edition import Edition, FeedRules
from publish.feed import FeedCategory, FeedCredit, FeedItem, TopicFeed
from publish.feed_name import FeedKind, FeedName
from publish.selection import UPDATED_WHEN_EMPTY
from publish.web.wording import say_count, say_time
from store.configuration_trouble import ConfigurationTrouble
from store.health_change import Condition, HealthChange

_KIND = "health"
_CONFIGURATION = "configuration"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What an item says: of which subject, with which words, under which category."""

    subject: str
    link: str
    what: str
    summary: str
    credit: FeedCredit
    category: str


def select_health(
    rules: FeedRules,
    changes: Sequence[HealthChange | ConfigurationTrouble],
    edition: Edition,
) -> TopicFeed:
    """An item for each change in how a source or the configuration fares.

    The latest first, of these as many as the rules want.
    """
    page_url = edition.addresses.feed_page(rules.name)
    latest = sorted(changes, key=lambda change: change.noted_at, reverse=True)
    shown = latest[: rules.limit]
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
        updated_at=shown[0].noted_at if shown else UPDATED_WHEN_EMPTY,
        items=tuple(_item(change, edition) for change in shown),
    )


def _item(change: HealthChange | ConfigurationTrouble, edition: Edition) -> FeedItem:
    if isinstance(change, ConfigurationTrouble):
        news = _of_configuration(change, edition)
    else:
        news = _of_source(change, edition)
    moment = f"{change.noted_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    return FeedItem(
        tag_uri=edition.addresses.tag_uri(_KIND, f"{news.subject}/{moment}"),
        link=news.link,
        page_url=news.link,
        title=f"{news.credit.title} {news.what}",
        summary=news.summary,
        content_html="",
        author=news.credit.title,
        language="en",
        published_at=change.noted_at,
        published_precision=None,
        first_seen_at=change.noted_at,
        updated_at=change.noted_at,
        credit=news.credit,
        categories=(FeedCategory(term=news.category, label=news.category),),
        enclosures=(),
    )


def _of_source(change: HealthChange, edition: Edition) -> _News:
    addresses = edition.addresses
    title = edition.source_titles.get(change.source)
    page = addresses.feed_page(FeedName(FeedKind.SOURCE, change.source))
    return _News(
        subject=change.source,
        link=addresses.base_url if title is None else page,
        what=_NEWS[change.condition],
        summary=f"Source {change.source}, since {say_time(change.since)}. "
        f"{change.advice or _NOTHING_TO_DO}",
        credit=FeedCredit(
            title=title or change.source,
            url=None,
            tag_uri=addresses.tag_uri("source", change.source),
        ),
        category=change.condition.value,
    )


def _of_configuration(trouble: ConfigurationTrouble, edition: Edition) -> _News:
    addresses = edition.addresses
    return _News(
        subject=_CONFIGURATION,
        link=addresses.base_url,
        what="is broken" if trouble.count else "is whole again",
        summary=f"Read {say_time(trouble.noted_at)}. {_say_problems(trouble)}",
        credit=FeedCredit(
            title="The configuration",
            url=None,
            tag_uri=addresses.tag_uri(_KIND, _CONFIGURATION),
        ),
        category=_CONFIGURATION,
    )


def _say_problems(trouble: ConfigurationTrouble) -> str:
    if not trouble.count:
        return _NOTHING_TO_DO
    places = "; ".join(trouble.problems)
    more = trouble.count - len(trouble.problems)
    return (
        "An earlier configuration is in force. `rekkas check` says what is wrong with "
        f"this one: {say_count(trouble.count, 'problem')}, at {places}"
        + (f"; and {more:,} more" if more else "")
        + "."
    )
