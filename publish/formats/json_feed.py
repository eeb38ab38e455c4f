"""A topic feed as JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from publish.feed import FeedCredit, FeedEnclosure, FeedFormat, FeedItem, TopicFeed
from publish.formats.body import body_html
from publish.formats.writable import make_writable
from publish.notes import note_text

_VERSION = "https://jsonfeed.org/version/1.1"
_INDENT = 1  # a line for each value: a changed item changes its own lines only


def render_json_feed(feed: TopicFeed) -> bytes:
    """The feed as a JSON Feed document in UTF-8; equal feeds give equal bytes.

    The source of an item stands in `_rekkas`: the format has no place for it, and
    names that begin with an underscore are the publisher's own.
    """
    feed = make_writable(feed)
    document = _present(
        version=_VERSION,
        title=feed.title,
        home_page_url=feed.page_url,
        feed_url=feed.address_in(FeedFormat.JSON),
        next_url=feed.archive_links(FeedFormat.JSON).get("prev-archive"),
        description=feed.description,
        language=feed.language,
        hubs=[{"type": "WebSub", "url": hub} for hub in feed.hubs] or None,
        items=[_item(item) for item in feed.items],
    )
    return f"{json.dumps(document, ensure_ascii=False, indent=_INDENT)}\n".encode()


def _item(item: FeedItem) -> dict[str, Any]:
    return _present(
        id=item.tag_uri,
        url=item.link,
        title=item.title,
        **_content(item),
        image=item.image_url,
        date_published=_moment(item.published_at) if item.published_at else None,
        date_modified=_moment(item.updated_at),
        authors=[{"name": item.author}] if item.author else None,
        tags=[category.label for category in item.categories] or None,
        language=item.language,
        attachments=[_attachment(each) for each in item.enclosures] or None,
        _rekkas=_present(
            source=_credit(item.credit),
            first_seen=None if item.published_at else _moment(item.first_seen_at),
            rights=item.rights,
            comments_url=item.comments_url,
            also_reported_by=[
                {"title": other.title, "url": other.url} for other in item.others
            ]
            or None,
        ),
    )


def _content(item: FeedItem) -> dict[str, str]:
    """The text as HTML or plain, one of which an item must have."""
    if not item.content_html:
        texts = (item.summary or item.title, note_text(item))
        return {"content_text": "\n\n".join(filter(None, texts))}
    excerpt = {"summary": item.summary} if item.summary else {}
    return {"content_html": body_html(item), **excerpt}


def _attachment(enclosure: FeedEnclosure) -> dict[str, Any]:
    return _present(
        url=enclosure.url,
        mime_type=enclosure.media_type,
        size_in_bytes=enclosure.length or None,
    )


def _credit(credit: FeedCredit) -> dict[str, Any]:
    return _present(id=credit.tag_uri, title=credit.title, url=credit.url)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _present(**members: Any) -> dict[str, Any]:
    """The members that have a value: the format has no null."""
    return {name: value for name, value in members.items() if value is not None}
