"""The subscription list."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from publish.formats.opml import render_opml
from publish.selection import select_summaries
from tests.publish.factories import make_edition, make_rules

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TOPICS = select_summaries(
    make_edition(make_rules("b", title="«Mali» & more\x00"), make_rules("a")), {}
)


def test_every_topic_is_an_outline_in_the_order_given() -> None:
    root = ElementTree.fromstring(render_opml(TOPICS, updated_at=NOON))  # noqa: S314

    assert root.attrib == {"version": "2.0"}
    assert [outline.attrib for outline in root.iterfind("body/outline")] == [
        {
            "type": "rss",
            "text": title,
            "title": title,
            "description": "What happens between Mali and Algeria.",
            "xmlUrl": f"https://news.example.org/topics/{slug}.rss",
            "htmlUrl": f"https://news.example.org/topics/{slug}",
        }
        for slug, title in (("b", "«Mali» & more"), ("a", "Mali–Algeria"))
    ]


def test_the_date_is_that_of_the_contents() -> None:
    document = render_opml(TOPICS, updated_at=NOON)

    root = ElementTree.fromstring(document)  # noqa: S314 - our own words

    assert root.findtext("head/title") == "Topic feeds"
    assert root.findtext("head/dateModified") == "Sun, 01 Nov 2026 12:00:00 +0000"
    assert document == render_opml(TOPICS, updated_at=NOON)
