"""A topic feed as RSS 2.0, through feedgen."""

from __future__ import annotations

from html import escape

from feedgen.feed import FeedGenerator

from publish.feed import FeedFormat, FeedItem, TopicFeed
from publish.formats.body import body_html
from publish.formats.extension import (
    GENERATOR,
    add_entry,
    escape_for_validators,
    name_stylesheet,
    register,
)
from publish.formats.writable import make_writable
from publish.notes import note_html

_MINUTES_TO_LIVE = 60  # how long a reader may well keep the feed; sources are no faster


def render_rss(feed: TopicFeed) -> bytes:
    """The feed as an RSS 2.0 document in UTF-8; equal feeds give equal bytes."""
    feed = make_writable(feed)
    generator = FeedGenerator()
    register(generator, feed)
    _describe_channel(generator, feed)
    for item in feed.items:
        _write_item(generator, item, feed)
    document = escape_for_validators(generator.rss_str(pretty=True))
    return name_stylesheet(document, feed.stylesheet)


def _describe_channel(generator: FeedGenerator, feed: TopicFeed) -> None:
    generator.title(feed.title)
    generator.description(feed.description)
    generator.link(
        href=feed.address_in(FeedFormat.RSS),
        rel="self",
        type=FeedFormat.RSS.media_type,
    )
    generator.link(href=feed.page_url, rel="alternate")  # last: it becomes <link>
    generator.language(feed.language)
    generator.updated(feed.updated_at)
    generator.ttl(_MINUTES_TO_LIVE)
    generator.generator(GENERATOR)


def _write_item(generator: FeedGenerator, item: FeedItem, feed: TopicFeed) -> None:
    entry = add_entry(generator, item)
    note = note_html(item)
    if item.summary or note:  # <description> is HTML by the specification
        entry.description(escape(item.summary, quote=False) + note)
    if item.content_html:
        entry.content(body_html(item), type="html")
    if item.credit.url:
        entry.source(url=item.credit.url, title=item.credit.title)
    if item.comments_url:
        entry.comments(item.comments_url)
    for category in item.categories:
        entry.category(
            term=category.term, label=category.label, scheme=feed.tags_scheme
        )
