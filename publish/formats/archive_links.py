"""The links between a feed and the pages of its archive (RFC 5005, 4)."""

from __future__ import annotations

from publish.feed import FeedFormat, TopicFeed


def archive_links(feed: TopicFeed, feed_format: FeedFormat) -> list[dict[str, str]]:
    """The attributes of each link, in an order that never changes."""
    addresses = {"current": feed.current_url, "prev-archive": feed.older_url}
    return [
        {"href": feed_format.add_to(url), "rel": rel, "type": feed_format.media_type}
        for rel, url in addresses.items()
        if url is not None
    ]
