"""Sitemaps (sitemaps.org), with the extensions for news, images and videos.

An index of sitemaps gives `further` addresses and no entries. A plain sitemap has no
titles: see `slug_words`. The adapter of lxml in ingest, which reads what is not
well-formed as far as it goes, and never what it refers to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from ingest.formats.charset import decode_document
from ingest.formats.raw import NotAFeedError, RawDocument, RawEntry, RawText
from ingest.formats.sitemap_choice import Part, newest_first
from ingest.formats.slug_words import title_from_address
from ingest.formats.xml_text import declares_entities, writable_xml

MOST_ADDRESSES = 50_000
"""Addresses in one sitemap, as sitemaps.org bounds it."""

_Element = Any  # lxml ships no types

_ROOTS = ("urlset", "sitemapindex")
_A_LINE = re.compile(r"https?://\S+", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:urlset|sitemapindex)\s*>|<(?:\w+:)?urlset[^<>]*/>")
_PART_START = re.compile(r"<(?:\w+:)?(?:url|sitemap)(?:\s[^<>]*)?>")
_PART_END = re.compile(r"</(?:\w+:)?(?:url|sitemap)\s*>")
# An address with a bare & is no XML, and what recovers from that loses letters.
_BARE_AMPERSAND = re.compile(
    r"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z))"
    r"|&(?!(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|amp|lt|gt|quot|apos);)",
    re.DOTALL,
)
_BETWEEN_KEYWORDS = re.compile(r"[,،;؛]")


def parse_sitemap(body: bytes, *, content_type: str | None) -> RawDocument:
    """The articles of a sitemap in its order, or the further sitemaps of an index.

    A sitemap that ends in the middle gives its whole addresses, and says that it is
    cut. Declarations of entities are refused unread. One address a line is a sitemap
    too. A title of the news extension is the article's own; any other is made of the
    words of its address, and missing where that has none.

    Raises:
        NotAFeedError: the bytes are no sitemap.
    """
    text = writable_xml(decode_document(body, content_type=content_type))
    if not text.startswith("<"):
        return _of_lines(text)
    if declares_entities(text):
        raise NotAFeedError("it declares XML entities, which no sitemap needs")
    root = _root(text)
    if root is None:
        raise NotAFeedError("it is no sitemap that can be read")
    if _name(root) not in _ROOTS:
        raise NotAFeedError(f"it is no sitemap: it begins with <{_name(root)[:40]}>")
    is_cut = _END.search(text) is None
    parts = list(_children(root, "url", "sitemap"))[:MOST_ADDRESSES]
    if is_cut and _last(_PART_START, text) > _last(_PART_END, text):
        parts = parts[:-1]
    if _name(root) == "sitemapindex":
        return RawDocument(further=newest_first(_index(parts)), is_cut=is_cut)
    entries = (_entry(part) for part in parts)
    return RawDocument(entries=tuple(filter(None, entries)), is_cut=is_cut)


def _of_lines(text: str) -> RawDocument:
    lines = [line for each in text.splitlines() if (line := each.strip())]
    if not lines or not all(map(_A_LINE.fullmatch, lines)):
        raise NotAFeedError("it is neither a sitemap nor a list of addresses")
    entries = (_titled(link) for link in lines[:MOST_ADDRESSES])
    return RawDocument(entries=tuple(entries))


def _titled(link: str) -> RawEntry:
    return RawEntry(link=link, title=_plain(title_from_address(link)))


def _root(text: str) -> _Element | None:
    # The text is decoded: its declaration, if any, is no longer true.
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    text = _BARE_AMPERSAND.sub(lambda found: found["kept"] or "&amp;", text)
    return etree.fromstring(text.encode("utf-8"), parser)


def _index(parts: Iterable[_Element]) -> Iterator[Part]:
    for part in parts:
        url = _word(part, "loc")
        if url:
            yield Part(url=url, lastmod=_word(part, "lastmod"))


def _entry(part: _Element) -> RawEntry | None:
    """The article at one address; None without an address."""
    link = _word(part, "loc")
    if link is None:
        return None
    news, image, video = (_child(part, name) for name in ("news", "image", "video"))
    own_title = _word(news, "title") or _word(video, "title")
    return RawEntry(
        link=link,
        title=_plain(own_title or title_from_address(link)),
        summary=_plain(_word(video, "description")),
        language=_word(_child(news, "publication"), "language"),
        published=_word(news, "publication_date") or _word(video, "publication_date"),
        updated=_word(part, "lastmod"),
        categories=tuple(_keywords(_word(news, "keywords") or "")),
        image_url=_word(image, "loc") or _word(video, "thumbnail_loc"),
    )


def _plain(text: str | None) -> RawText | None:
    return None if text is None else RawText(value=text, is_html=False)


def _keywords(words: str) -> Iterator[str]:
    keywords = (one.strip() for one in _BETWEEN_KEYWORDS.split(words))
    return (keyword for keyword in keywords if keyword)


def _children(element: _Element, *names: str) -> Iterator[_Element]:
    return (child for child in element if _name(child) in names)


def _child(element: _Element | None, name: str) -> _Element | None:
    return None if element is None else next(_children(element, name), None)


def _word(element: _Element | None, name: str) -> str | None:
    """The text of the child of that name, on one line; None without any."""
    child = _child(element, name)
    text = "" if child is None else " ".join("".join(child.itertext()).split())
    return text or None


def _name(element: _Element) -> str:
    """The element's name without its namespace, declared or not."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the pattern stands last, -1 where it does not."""
    return max((found.start() for found in pattern.finditer(text)), default=-1)
