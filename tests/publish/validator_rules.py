"""The rules of the W3C feed validator that hold for any element of a document.

Written down from what its source says that it checks: names of prefixes and attributes,
plausible dates, registered relations of links, languages, HTML that breaks no rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

from lxml import etree

_ATOM = "{http://www.w3.org/2005/Atom}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_NO_ATTRIBUTES: frozenset[str] = frozenset()
_LINK_ATTRIBUTES = frozenset({"href", "rel", "type", "hreflang", "title", "length"})
_ATTRIBUTES = {
    "rss": frozenset({"version"}),
    "guid": frozenset({"isPermaLink"}),
    "source": frozenset({"url"}),
    "enclosure": frozenset({"url", "length", "type"}),
    "category": frozenset({"domain"}),
    f"{_ATOM}link": _LINK_ATTRIBUTES,
    f"{_ATOM}category": frozenset({"term", "scheme", "label"}),
    f"{_ATOM}content": frozenset({"type", "src"}),
    f"{_ATOM}title": frozenset({"type"}),
    f"{_ATOM}subtitle": frozenset({"type"}),
    f"{_ATOM}summary": frozenset({"type"}),
    f"{_ATOM}rights": frozenset({"type"}),
    f"{_ATOM}generator": frozenset({"uri", "version"}),
    f"{_MEDIA}content": frozenset({"url", "type", "fileSize", "medium", "lang"}),
    f"{_MEDIA}thumbnail": frozenset({"url", "height", "width", "time"}),
}
_EVERYWHERE = frozenset({f"{_XML}base", f"{_XML}lang", f"{_XML}space"})
_RELATIONS_OF_FEEDS = frozenset({"self", "alternate", "hub", "current", "prev-archive"})
_RELATIONS_OF_ENTRIES = frozenset(
    {"alternate", "enclosure", "related", "replies", "via"}
)
_DATES = ("pubDate", "lastBuildDate", f"{_ATOM}updated", f"{_ATOM}published")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_FUTURE = timedelta(minutes=10)
_HTML = ("description", "{http://purl.org/rss/1.0/modules/content/}encoded")
_VOID = frozenset({"br", "hr", "img"})
_SAFE_TAGS = frozenset(
    {
        *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del"),
        *("div", "dl", "dt", "em", "figcaption", "figure", "article", "aside", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "s"),
        *("center", "footer", "header", "main", "section", "pre", "q", "small", "sub"),
        *("span", "strong", "sup", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "u", "ul"),
    }
)
_SAFE_ATTRIBUTES = frozenset(
    {
        *("alt", "cite", "colspan", "datetime", "dir", "height", "href", "hreflang"),
        *("lang", "rel", "rowspan", "src", "start", "title", "width"),
    }
)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:")


def find_document_faults(document: bytes) -> list[str]:
    """What is wrong with any element of an RSS 2.0 or Atom document."""
    root = etree.fromstring(document)
    return [
        *_declaration_faults(document),
        *(fault for each in _elements(root) for fault in _element_faults(each)),
    ]


def _elements(root: Any) -> Iterator[Any]:
    return (each for each in root.iter() if isinstance(each.tag, str))


def _declaration_faults(document: bytes) -> Iterator[str]:
    if not re.match(rb"<\?xml version='1.0' encoding='UTF-8'\?>", document):
        yield "MissingEncoding"
    if b"<!DOCTYPE" in document:
        yield "ValidDoctype"


def _element_faults(element: Any) -> Iterator[str]:
    yield from _prefix_faults(element)
    allowed = _ATTRIBUTES.get(element.tag, _NO_ATTRIBUTES) | _EVERYWHERE
    for name in set(element.attrib) - allowed:
        yield f"UnexpectedAttribute: {element.tag} {name}"
    if element.tag in _DATES:
        yield from _moment_faults(element.text)
    if element.tag == f"{_ATOM}link":
        yield from _relation_faults(element)
    if _is_html(element):
        yield from find_html_faults(element.text or "")
    language = element.get(f"{_XML}lang")
    if language is not None and not re.fullmatch(
        r"[A-Za-z]{2,8}(-[A-Za-z0-9]+)*", language
    ):
        yield f"InvalidLanguage: {language}"


def _prefix_faults(element: Any) -> Iterator[str]:
    for prefix, namespace in element.nsmap.items():
        if namespace not in _PREFIXES:
            yield f"UnknownNamespace: {namespace}"
        elif prefix not in (None, _PREFIXES[namespace]):
            yield f"NonstdPrefix: {prefix}"
        elif prefix == "atom" and element.tag.startswith(_ATOM) and _is_atom(element):
            yield "AvoidNamespacePrefix"


def _is_atom(element: Any) -> bool:
    return bool(element.getroottree().getroot().tag == f"{_ATOM}feed")


def _moment_faults(text: str) -> Iterator[str]:
    """A date is no older than feeds, and not to come."""
    moment = (
        datetime.fromisoformat(text)
        if text[:4].isdigit()
        else parsedate_to_datetime(text)
    )
    if not _EARLIEST <= moment <= datetime.now(UTC) + _FUTURE:
        yield f"ImplausibleDate: {text}"


def _relation_faults(link: Any) -> Iterator[str]:
    is_of_feed = link.getparent().tag in (f"{_ATOM}feed", "channel")
    relation = link.get("rel", "alternate")
    if relation not in (_RELATIONS_OF_FEEDS if is_of_feed else _RELATIONS_OF_ENTRIES):
        yield f"UnregisteredAtomLinkRel: {relation}"
    if relation == "self" and link.get("type") not in (
        "application/atom+xml",
        "application/rss+xml",
    ):
        yield "SelfNotAtom"
    if link.text:
        yield "AtomLinkNotEmpty"
    if link.get("title") == "":
        yield "AttrNotBlank: title"


def _is_html(element: Any) -> bool:
    parent = element.getparent()
    if parent is not None and parent.tag == "item" and element.tag in _HTML:
        return True
    return bool(element.tag == f"{_ATOM}content" and element.get("type") == "html")


def find_html_faults(text: str) -> list[str]:
    """What is wrong with HTML: parse errors, unsafe elements, relative addresses."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [*reader.faults, *(f"NotHtml: <{tag}> stays open" for tag in reader.open)]


def _attribute_faults(attributes: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, count in Counter(name for name, _ in attributes).items():
        if count > 1:
            yield f"NotHtml: {name} twice"
    for name, value in attributes:
        if name not in _SAFE_ATTRIBUTES:
            yield f"SecurityRiskAttr: {name}"
        if name in {"href", "src"} and not _ABSOLUTE.match(value or ""):
            yield f"ContainsRelRef: {value}"


class _Reader(HTMLParser):
    """Reads HTML and notes every rule that it breaks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SAFE_TAGS:
            self.faults.append(f"SecurityRisk: {tag}")
        self.faults += _attribute_faults(attrs)
        if tag in {"p", "div", "table", "ul", "ol", "pre"} and "p" in self.open:
            self.faults.append(f"NotHtml: <{tag}> in <p>")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"NotHtml: </{tag}>")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"NotHtml: a comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"NotHtml: a declaration {decl!r}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"NotHtml: CDATA {data!r}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"SecurityRisk: <?{data}")
