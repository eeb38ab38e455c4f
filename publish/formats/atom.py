"""A topic feed as Atom 1.0 (RFC 4287), through feedgen."""

from __future__ import annotations

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
from publish.notes import note_text


def render_atom(feed: TopicFeed) -> bytes:
    """The feed as an Atom document in UTF-8; equal feeds give equal bytes."""
    feed = make_writable(feed)
    generator = FeedGenerator()
    register(generator, feed)
    _describe_feed(generator, feed)
    for item in feed.items:
        _write_entry(generator, item, feed)
    document = escape_for_validators(generator.atom_str(pretty=True))
    return name_stylesheet(document, feed.stylesheet)


def _describe_feed(generator: FeedGenerator, feed: TopicFeed) -> None:
    generator.id(feed.tag_uri)
    generator.title(feed.title)
    generator.subtitle(feed.description)
    generator.link(
        href=feed.address_in(FeedFormat.ATOM),
        rel="self",
        type=FeedFormat.ATOM.media_type,
    )
    for hub in feed.hubs:
        generator.link(href=hub, rel="hub")
    generator.link(href=feed.page_url, rel="alternate", type="text/html")
    generator.language(feed.language)
    generator.updated(feed.updated_at)
    generator.author(name=GENERATOR)  # RFC 4287, 4.1.1; each entry names its own
    generator.generator(GENERATOR)


def _write_entry(generator: FeedGenerator, item: FeedItem, feed: TopicFeed) -> None:
    entry = add_entry(generator, item)
    entry.updated(item.updated_at)
    entry.published(item.published_at)
    entry.author(name=item.author)
    # Always one: an entry with neither summary nor content is reported as textless.
    texts = (item.summary or item.title, note_text(item))
    entry.summary("\n\n".join(filter(None, texts)))
    if item.content_html:
        entry.content(body_html(item), type="html")
    entry.rights(item.rights)
    for category in item.categories:
        entry.category(
            term=category.term, label=category.label, scheme=feed.tags_scheme
        )
