"""A topic feed in which every text can be written: the gate in front of all formats.

One bad item must never take a feed down: libxml refuses a whole document for a single
control character in one title.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from publish.feed import FeedCategory, FeedCredit, FeedItem, OtherLink, TopicFeed
from publish.formats.safe_html import safe_html
from publish.formats.text import label, legal_text, prose

UNTITLED = "Untitled"


def make_writable(feed: TopicFeed) -> TopicFeed:
    """The same feed with clean texts; titles and names are one line, never empty."""
    title = label(feed.title) or UNTITLED
    return replace(
        feed,
        title=title,
        description=label(feed.description) or title,
        items=tuple(_writable_item(item) for item in feed.items),
    )


def _writable_item(item: FeedItem) -> FeedItem:
    credit = _writable_credit(item.credit)
    return replace(
        item,
        link=legal_text(item.link),
        title=label(item.title) or UNTITLED,
        summary=prose(item.summary),
        content_html=safe_html(item.content_html),
        author=label(item.author or "") or credit.title,
        credit=credit,
        rights=label(item.rights or "") or None,
        published_at=item.published_at and _aware(item.published_at),
        updated_at=_aware(item.updated_at),
        first_seen_at=_aware(item.first_seen_at),
        others=tuple(_writable_other(each) for each in item.others),
        categories=tuple(_writable_category(each) for each in item.categories),
    )


def _aware(moment: datetime) -> datetime:
    """The moment in its zone, UTC where it names none: no machine's own."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _writable_credit(credit: FeedCredit) -> FeedCredit:
    return replace(credit, title=label(credit.title) or UNTITLED)


def _writable_other(other: OtherLink) -> OtherLink:
    return replace(other, title=label(other.title) or UNTITLED)


def _writable_category(category: FeedCategory) -> FeedCategory:
    return replace(category, label=label(category.label) or category.term)
