"""All feeds as an OPML 2.0 subscription list, for readers to import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from publish.formats.text import label
from publish.subscriptions import FeedOutline, OutlineGroup

_TITLE = "Topic feeds"
MEDIA_TYPE = "text/x-opml"  # the one that the W3C validator knows; none is registered


def render_opml(groups: Sequence[OutlineGroup], *, updated_at: datetime) -> bytes:
    """The list in UTF-8, an outline a group; equal lists give equal bytes."""
    opml = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(opml, "head")
    ElementTree.SubElement(head, "title").text = _TITLE
    modified = ElementTree.SubElement(head, "dateModified")
    modified.text = format_datetime(updated_at.astimezone(UTC))
    body = ElementTree.SubElement(opml, "body")
    for group in groups:
        outline = ElementTree.SubElement(body, "outline", _named(group.title))
        for feed in group.feeds:
            ElementTree.SubElement(outline, "outline", _attributes(feed))
    ElementTree.indent(opml)
    document: bytes = ElementTree.tostring(opml, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _named(title: str) -> dict[str, str]:
    return {"text": label(title), "title": label(title)}


def _attributes(feed: FeedOutline) -> dict[str, str]:
    return {
        "type": "rss",
        **_named(feed.title),
        "description": label(feed.description),
        "xmlUrl": feed.feed_url,
        "htmlUrl": feed.page_url,
    }
