"""Our extensions of feedgen, registered in its own way.

They write what feedgen leaves out (language, author without e-mail, source with its
id, the marks and links of archives) and mend its tree where 1.0.0 errs: entry links
lose rel, type and length.
"""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from feedgen.feed import FeedGenerator
from lxml import etree

from publish.feed import FeedEnclosure, FeedFormat, FeedItem, TopicFeed
from publish.formats.archive_links import archive_links

EXTENSION = "rekkas"
GENERATOR = "rekkas"  # without a version: an upgrade changes no byte of any feed
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005, 1.2
_MEDIA = "http://search.yahoo.com/mrss/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedExtension:
    """Completes the element of the feed; `feed` is set when we are registered."""

    feed: TopicFeed

    def extend_ns(self) -> dict[str, str]:
        """The prefixes of our elements."""
        if self.feed.current_url is None:
            return {"dc": _DC, "media": _MEDIA}
        return {"dc": _DC, "fh": _HISTORY, "media": _MEDIA}

    def extend_rss(self, rss: Any) -> Any:
        """The channel with its hubs, and with what ties it to its archive."""
        channel = rss.find("channel")
        last_link = channel.findall(f"{{{_ATOM}}}link")[-1]
        hubs = [{"rel": "hub", "href": hub} for hub in self.feed.hubs]
        for link in reversed([*hubs, *archive_links(self.feed, FeedFormat.RSS)]):
            last_link.addnext(etree.Element(f"{{{_ATOM}}}link", link))
        self._mark_archive(channel)
        return rss

    def extend_atom(self, feed: Any) -> Any:
        """The feed with the same, without the prefixes that only RSS needs."""
        for link in archive_links(self.feed, FeedFormat.ATOM):
            etree.SubElement(feed, "link", link)
        self._mark_archive(feed)
        has_pictures = any(item.image_url for item in self.feed.items)
        etree.cleanup_namespaces(
            feed, keep_ns_prefixes=["media"] if has_pictures else []
        )
        return feed

    def _mark_archive(self, element: Any) -> None:
        """Say that an archive page is one (RFC 5005, 4)."""
        if self.feed.current_url is not None:
            etree.SubElement(element, f"{{{_HISTORY}}}archive")


class ItemExtension:
    """Completes the element of one item; `item` is set when the entry is added."""

    item: FeedItem

    def extend_rss(self, element: Any) -> Any:
        """The RSS item with language, author, date, rights and every file."""
        _set_language(element, self.item)
        author = self.item.author or self.item.credit.title
        _add(element, f"{{{_DC}}}creator", author)
        if self.item.published_at:
            # Not by feedgen, which changes the locale of the whole process to do it.
            published_at = self.item.published_at.astimezone(UTC)
            _add(element, "pubDate", format_datetime(published_at))
        if self.item.rights:
            _add(element, f"{{{_DC}}}rights", self.item.rights)
        for enclosure in self.item.enclosures[:1]:  # RSS 2.0 has one at most
            element.append(_rss_enclosure(enclosure))
        for enclosure in self.item.enclosures[1:]:
            element.append(_media_content(enclosure))
        _add_picture(element, self.item)
        return element

    def extend_atom(self, element: Any) -> Any:
        """The Atom entry with language, whole links, every file and its source."""
        _set_language(element, self.item)
        for link in element.findall("link"):
            link.set("rel", "alternate")
        for enclosure in self.item.enclosures:
            element.append(_atom_enclosure(enclosure))
        for other in self.item.others:
            etree.SubElement(
                element, "link", rel="related", href=other.url, title=other.title
            )
        if self.item.comments_url:  # RFC 4685, 4
            etree.SubElement(
                element, "link", rel="replies", href=self.item.comments_url
            )
        _add_picture(element, self.item)
        element.append(_source(self.item))
        return element


def register(generator: FeedGenerator, feed: TopicFeed) -> None:
    """Make a generator write our extensions of the feed, in its entries too."""
    generator.register_extension(EXTENSION, FeedExtension, ItemExtension)
    getattr(generator, EXTENSION).feed = feed


def add_entry(generator: FeedGenerator, item: FeedItem) -> Any:
    """A new last entry of the feed with what all formats have in common."""
    entry = generator.add_entry(order="append")
    getattr(entry, EXTENSION).item = item
    entry.id(item.tag_uri)
    entry.title(item.title)
    entry.link(href=item.link)
    return entry


def escape_for_validators(document: bytes) -> bytes:
    """The same document with < and & as hexadecimal references.

    The RSS Advisory Board asks for it in plain text, and the W3C validator takes any
    other form of them in a title for HTML.
    """
    return document.replace(b"&lt;", b"&#x3C;").replace(b"&amp;", b"&#x26;")


def name_stylesheet(document: bytes, address: str) -> bytes:
    """The same document with the stylesheet by which a browser shows it (W3C, 2010).

    Readers and validators take no notice of it.
    """
    style = f'<?xml-stylesheet type="text/css" href={quoteattr(address)}?>\n'
    declaration, mark, rest = document.partition(b"?>\n")
    return declaration + mark + style.encode() + rest


def _set_language(element: Any, item: FeedItem) -> None:
    if item.language:
        element.set(_LANG, item.language)


def _rss_enclosure(enclosure: FeedEnclosure) -> Any:
    """All three attributes are required; a length of 0 says that it is unknown."""
    return etree.Element(
        "enclosure",
        url=enclosure.url,
        length=str(enclosure.length),
        type=enclosure.media_type,
    )


def _media_content(enclosure: FeedEnclosure) -> Any:
    """A further file as Media RSS has it."""
    content = etree.Element(
        f"{{{_MEDIA}}}content", url=enclosure.url, type=enclosure.media_type
    )
    if enclosure.length:
        content.set("fileSize", str(enclosure.length))
    return content


def _add_picture(element: Any, item: FeedItem) -> None:
    """The picture that stands for an item; no file of it, which readers show beside."""
    if item.image_url:
        etree.SubElement(element, f"{{{_MEDIA}}}thumbnail", url=item.image_url)


def _atom_enclosure(enclosure: FeedEnclosure) -> Any:
    link = etree.Element(
        "link", rel="enclosure", href=enclosure.url, type=enclosure.media_type
    )
    if enclosure.length:
        link.set("length", str(enclosure.length))
    return link


def _source(item: FeedItem) -> Any:
    """atom:source; RFC 4287, 4.2.11 wants id, title and updated in it.

    What we know of the source's own change is that it carried this item by then.
    """
    source = etree.Element("source")
    _add(source, "id", item.credit.tag_uri)
    _add(source, "title", item.credit.title)
    _add(source, "updated", item.updated_at.isoformat())
    if item.credit.url:
        etree.SubElement(source, "link", href=item.credit.url, rel="alternate")
    return source


def _add(parent: Any, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
