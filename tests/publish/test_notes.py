"""What stands below an item: who else reported it, and that it has no date."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest

from publish.feed import FeedItem, OtherLink
from publish.formats.atom import render_atom
from publish.formats.json_feed import render_json_feed
from publish.formats.rss import render_rss
from publish.notes import note_html, note_text
from publish.selection import select_feed
from store.article import ArticleId, OtherReport, Publication
from tests.publish.factories import (
    make_article,
    make_edition,
    make_feed,
    make_item,
    make_publication,
    make_rules,
)

SEEN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
MATIN = OtherLink(title="Le <Matin>", url="https://matin.example/?a=1&b=2")
APS = OtherLink(title="APS", url="https://aps.example/1")

NOTES: dict[str, tuple[dict[str, Any], str, str]] = {
    "nothing": ({"language": "fr"}, "", ""),
    "two others": (
        {"others": (MATIN, APS), "language": "en"},
        "Also reported by Le <Matin>, APS.",
        '<p>Also reported by <a href="https://matin.example/?a=1&amp;b=2">Le '
        '&lt;Matin&gt;</a>, <a href="https://aps.example/1">APS</a>.</p>',
    ),
    "no date, of an article in Arabic": (
        {"published_at": None, "first_seen_at": SEEN, "language": "ar"},
        "The publisher gives no date; first seen on 23 November 2026, 08:30 UTC.",
        '<p lang="en" dir="ltr">The publisher gives no date; first seen on 23 November '
        "2026, 08:30 UTC.</p>",
    ),
    "both": (
        {
            "others": (APS,),
            "published_at": None,
            "first_seen_at": SEEN,
            "language": "en",
        },
        "Also reported by APS.\nThe publisher gives no date; first seen on 23 November "
        "2026, 08:30 UTC.",
        '<p>Also reported by <a href="https://aps.example/1">APS</a>.<br>The publisher '
        "gives no date; first seen on 23 November 2026, 08:30 UTC.</p>",
    ),
}


@pytest.mark.parametrize("case", NOTES.values(), ids=NOTES)
def test_it_is_noted(case: tuple[dict[str, Any], str, str]) -> None:
    changes, text, html = case
    item: FeedItem = make_item(**changes)

    assert note_text(item) == text
    assert note_html(item) == html


def publication(*others: OtherReport) -> Publication:
    return replace(make_publication(make_article(1)), others=others)


def test_a_report_that_came_later_announces_nothing_again() -> None:
    rules = make_rules()
    edition = make_edition(rules)
    report = OtherReport(id=ArticleId(7), origin_title="APS", link=None)

    (before,) = select_feed(rules, [publication()], edition).items
    (after,) = select_feed(rules, [publication(report)], edition).items

    assert after.others == (
        OtherLink(title="APS", url="https://news.example.org/articles/7"),
    )
    assert replace(after, others=()) == before


def test_of_many_reports_the_first_are_named() -> None:
    rules = make_rules()
    many = [
        OtherReport(id=ArticleId(n), origin_title=f"Paper {n}", link=None)
        for n in range(2, 100)
    ]

    (item,) = select_feed(rules, [publication(*many)], make_edition(rules)).items

    assert [other.title for other in item.others] == [
        f"Paper {n}" for n in range(2, 12)
    ]


def test_every_format_names_the_others_with_their_links() -> None:
    feed = make_feed(make_article(1))
    feed = replace(feed, items=(replace(feed.items[0], others=(MATIN, APS)),))

    (of_rss,) = feedparser.parse(render_rss(feed)).entries
    (of_atom,) = feedparser.parse(render_atom(feed)).entries
    (of_json,) = json.loads(render_json_feed(feed))["items"]

    assert 'href="https://aps.example/1"' in of_rss.summary
    related = [link for link in of_atom.links if link.rel == "related"]
    assert [(link.href, link.title) for link in related] == [
        (MATIN.url, MATIN.title),
        (APS.url, APS.title),
    ]
    assert of_json["_rekkas"]["also_reported_by"] == [
        {"title": MATIN.title, "url": MATIN.url},
        {"title": APS.title, "url": APS.url},
    ]
