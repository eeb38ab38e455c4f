"""Our extensions of feedgen, registered in its own way.

They write what feedgen leaves out (language, author without e-mail, source with its
id) and mend its tree where 1.0.0 errs: entry links lose rel, type and length.
"""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from feedgen.feed import FeedGenerator
from lxml import etree

from publish.feed import FeedEnclosure, FeedItem

EXTENSION = "rekkas"
GENERATOR = "rekkas"  # without a version: an upgrade changes no byte of any feed
_DC = "http://purl.org/dc/elements/1.1/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedExtension:
    """Declares our namespaces; the feed itself needs nothing more."""

    def extend_ns(self) -> dict[str, str]:
        """The prefixes that RSS needs; Atom has elements of its own for all."""
        return {"dc": _DC}

    def extend_rss(self, rss: Any) -> Any:
        """The channel as feedgen made it."""
        return rss

    def extend_atom(self, feed: Any) -> Any:
        """The feed as feedgen made it, without the prefixes that only RSS needs."""
        etree.cleanup_namespaces(feed)
        return feed


class ItemExtension:
    """Completes the element of one item; `item` is set when the entry is added."""

    item: FeedItem

    def extend_rss(self, element: Any) -> Any:
        """The RSS item with language, author, date and its first enclosure."""
        _set_language(element, self.item)
        author = self.item.author or self.item.credit.title
        _add(element, f"{{{_DC}}}creator", author)
        if self.item.published_at:
            # Not by feedgen, which changes the locale of the whole process to do it.
            published_at = self.item.published_at.astimezone(UTC)
            _add(element, "pubDate", format_datetime(published_at))
        for enclosure in self.item.enclosures[:1]:  # RSS 2.0 has one at most
            element.append(_rss_enclosure(enclosure))
        return element

    def extend_atom(self, element: Any) -> Any:
        """The Atom entry with language, whole links, every enclosure and its source."""
        _set_language(element, self.item)
        for link in element.findall("link"):
            link.set("rel", "alternate")
        for enclosure in self.item.enclosures:
            element.append(_atom_enclosure(enclosure))
        element.append(_source(self.item))
        return element


def register(generator: FeedGenerator) -> None:
    """Make a generator write our extensions, in its entries too."""
    generator.register_extension(EXTENSION, FeedExtension, ItemExtension)


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
