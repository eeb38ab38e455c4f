"""The links between a feed and the pages of its archive (RFC 5005, 4)."""

from __future__ import annotations

from publish.feed import FeedFormat, TopicFeed


def archive_links(feed: TopicFeed, feed_format: FeedFormat) -> list[dict[str, str]]:
    """The attributes of each link, in an order that never changes."""
    return [
        {"href": address, "rel": relation, "type": feed_format.media_type}
        for relation, address in feed.archive_links(feed_format).items()
    ]
