"""All topics as an OPML 2.0 subscription list, for readers to import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from publish.feed import FeedFormat, TopicSummary
from publish.formats.text import label

_TITLE = "Topic feeds"
MEDIA_TYPE = "text/x-opml"  # the one that the W3C validator knows; none is registered


def render_opml(topics: Sequence[TopicSummary], *, updated_at: datetime) -> bytes:
    """The list in UTF-8, topics in the order given; equal lists give equal bytes."""
    opml = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(opml, "head")
    ElementTree.SubElement(head, "title").text = _TITLE
    modified = ElementTree.SubElement(head, "dateModified")
    modified.text = format_datetime(updated_at.astimezone(UTC))
    body = ElementTree.SubElement(opml, "body")
    for topic in topics:
        ElementTree.SubElement(body, "outline", _outline(topic))
    ElementTree.indent(opml)
    document: bytes = ElementTree.tostring(opml, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _outline(topic: TopicSummary) -> dict[str, str]:
    return {
        "type": "rss",
        "text": label(topic.title),
        "title": label(topic.title),
        "description": label(topic.description),
        "xmlUrl": f"{topic.url}.{FeedFormat.RSS.value}",
        "htmlUrl": topic.page_url,
    }
