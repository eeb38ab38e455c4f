"""The feed of a topic's digests: an item a day or a week, of titles and links."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from publish.addresses import publishable_link
from publish.edition import Edition, FeedRules
from publish.feed import FeedCredit, FeedItem, TopicFeed
from publish.feed_name import FeedName, topic_feed
from publish.selection import UPDATED_WHEN_EMPTY
from publish.web.wording import say_day, text_direction
from store.article import ArticleId
from store.digest import Digest, DigestEntry

_KIND = "digest"


def select_digests(
    rules: FeedRules, digests: Sequence[Digest], edition: Edition
) -> TopicFeed:
    """An item for each digest, the latest first."""
    addresses = edition.addresses
    identity = rules.first_name or rules.name
    page_url = addresses.feed_page(rules.name)
    return TopicFeed(
        name=rules.name,
        title=rules.title,
        description=rules.description,
        tag_uri=addresses.feed_uri(identity),
        tags_scheme=addresses.tag_scheme("tags"),
        url=page_url,
        page_url=page_url,
        stylesheet=edition.addresses.feed_stylesheet,
        language="en",
        updated_at=max(
            (digest.period.ends_at for digest in digests), default=UPDATED_WHEN_EMPTY
        ),
        items=tuple(_item(digest, rules, identity, edition) for digest in digests),
    )


def _item(
    digest: Digest, rules: FeedRules, identity: FeedName, edition: Edition
) -> FeedItem:
    addresses, period = edition.addresses, digest.period
    topic = topic_feed(rules.name.slug)
    page_url = addresses.feed_page(topic)
    articles = "1 article" if digest.count == 1 else f"{digest.count} articles"
    return FeedItem(
        tag_uri=addresses.tag_uri(_KIND, f"{identity.slug}/{period.name}"),
        link=page_url,
        page_url=page_url,
        title=f"{_say_period(digest)}: {articles}",
        summary="",
        content_html=_list(digest, edition),
        author=rules.title,
        language="en",
        published_at=period.ends_at,
        published_precision=None,
        first_seen_at=period.ends_at,
        updated_at=period.ends_at,
        credit=FeedCredit(
            title=rules.title, url=page_url, tag_uri=addresses.feed_uri(identity)
        ),
        categories=(),
        enclosures=(),
    )


def _say_period(digest: Digest) -> str:
    day = say_day(digest.period.starts_at)
    return f"The week from {day}" if "W" in digest.period.name else day


def _list(digest: Digest, edition: Edition) -> str:
    lines = "".join(_line(entry, edition) for entry in digest.entries)
    more = digest.count - len(digest.entries)
    return f"<ul>{lines}</ul>" + (f"<p>And {more} more.</p>" if more else "")


def _line(entry: DigestEntry, edition: Edition) -> str:
    address = publishable_link(entry.link) or edition.addresses.article(
        ArticleId(entry.article)
    )
    direction = text_direction(entry.language)
    return (
        f'<li dir="{direction}"><a href="{escape(address)}">{escape(entry.title)}</a>'
        f" ({escape(entry.source)})</li>"
    )
