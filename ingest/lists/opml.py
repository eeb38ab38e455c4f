"""A subscription list, read from bytes and written to them.

Reads OPML 1 and 2 as it is found; writes OPML 2.0. What is well-formed is read by
`opml_events`, the rest by `odd_lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from xml.etree import ElementTree
from xml.parsers import expat

from ingest.formats.charset import decode_document
from ingest.formats.xml_text import declares_entities, writable_xml
from ingest.lists.listed import ListedSource, NotAListError, SubscriptionList, gather
from ingest.lists.odd_lists import read_odd_list
from ingest.lists.opml_events import read_outlines
from ingest.normalise.text import writable

MOST_SOURCES = 100_000
"""Sources of one list; the largest installation we build for has as many."""

_TITLE = "Sources"
_HTML = re.compile(r"\s*(?:<!doctype html|<html)", re.IGNORECASE)


def parse_opml(body: bytes) -> SubscriptionList:
    """What a subscription list says, in its own order.

    Raises:
        NotAListError: the bytes are none.
    """
    text = writable_xml(decode_document(body, content_type=None))
    if not text.strip():
        raise NotAListError("it is empty")
    if declares_entities(text):
        raise NotAListError("it declares XML entities, which no list needs")
    listed = _read(text)
    if len(listed.sources) > MOST_SOURCES:
        raise NotAListError(f"it has more than {MOST_SOURCES:,} sources: divide it")
    return listed


def _read(text: str) -> SubscriptionList:
    try:
        found, trouble = read_outlines(text), None
    except expat.ExpatError as error:
        found, trouble = None, f"it is no well-formed XML ({error})"
    if found is not None:
        return gather(found)
    rest = read_odd_list(text)
    if rest:
        return replace(gather(rest), trouble=trouble)
    if _HTML.match(text):
        raise NotAListError("it is an HTML page, not a list of sources")
    raise NotAListError(trouble or "it is XML, but no OPML")


def render_opml(sources: Iterable[ListedSource]) -> bytes:
    """The sources as OPML 2.0 in UTF-8, those of one folder together.

    A source stands in the folder of its first category; all its categories are in
    its attribute. Equal lists give equal bytes.
    """
    opml = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(opml, "head")
    ElementTree.SubElement(head, "title").text = _TITLE
    folders = {"": ElementTree.SubElement(opml, "body")}
    for source in sources:
        folder = _folder(folders, next(iter(source.categories), ""))
        ElementTree.SubElement(folder, "outline", _attributes(source))
    ElementTree.indent(opml)
    document: bytes = ElementTree.tostring(opml, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _folder(folders: dict[str, ElementTree.Element], path: str) -> ElementTree.Element:
    """The outline of this folder, made with those around it where it is missing."""
    if path not in folders:
        outer, _, name = path.rpartition("/")
        around = _folder(folders, outer)
        folders[path] = ElementTree.SubElement(around, "outline", {"text": name})
    return folders[path]


def _attributes(source: ListedSource) -> dict[str, str]:
    title = writable(source.title)
    values = {
        "type": "rss",
        "text": title,
        "title": title,
        "xmlUrl": source.url,
        "htmlUrl": source.home,
        "language": source.language,
        "category": ",".join(f"/{writable(path)}" for path in source.categories),
    }
    return {name: value for name, value in values.items() if value}
