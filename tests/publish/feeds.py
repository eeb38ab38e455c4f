"""Topic feeds that every format must be able to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from config.values import ContentChoice
from ingest.entry import Enclosure
from publish.feed import OtherLink, TopicFeed
from tests.publish.factories import make_article, make_feed
from tests.publish.fakes import ARABIC, ENGLISH, FRENCH

_OTHERS = (
    OtherLink(title="Le <b>Matin</b> & fils", url="https://matin.example/a?b=1&c=2"),
    OtherLink(title=f"صحيفة {chr(0)}", url="https://news.example.org/articles/9"),
)


def with_others(feed: TopicFeed) -> TopicFeed:
    """The feed when other sources reported the same as each of its items."""
    items = tuple(replace(item, others=_OTHERS) for item in feed.items)
    return replace(feed, items=items)


_TOPIC = "https://news.example.org/topics/mali-algeria"
NASTY = "a\x00\x0b\ud83d\uffff\x92b"

FEEDS = {
    "no article": make_feed(),
    "one article in title alone": make_feed(
        make_article(), content=ContentChoice.TITLE
    ),
    "excerpts in three languages": make_feed(ENGLISH, FRENCH, ARABIC),
    "full texts in three languages": make_feed(
        ENGLISH, FRENCH, ARABIC, content=ContentChoice.FULL
    ),
    "one language": make_feed(make_article(1), make_article(2)),
    "fifty of one moment": make_feed(
        *(make_article(n, published_at=None) for n in range(1, 51))
    ),
    "an article without anything to read": make_feed(
        make_article(summary="", content_html=""), content=ContentChoice.FULL
    ),
    "a full text without an excerpt": make_feed(
        make_article(summary=""), content=ContentChoice.FULL
    ),
    "a title that is markup": make_feed(
        make_article(title="<b>Mali</b> &amp; <script>alert(1)</script> &eacute;")
    ),
    "titles of 10,000 characters": make_feed(make_article(title="Mali " * 2000)),
    "a title of nothing": make_feed(make_article(title="\x00 \n")),
    "a summary that is markup": make_feed(
        make_article(summary="if a < b && b > c </p> &lt;")
    ),
    "text that breaks XML": make_feed(
        make_article(
            title=NASTY,
            summary=NASTY,
            content_html=NASTY,
            author=NASTY,
            origin_title=NASTY,
            link=f"https://paper.example/{NASTY}",
        ),
        content=ContentChoice.FULL,
        title=f"Topic {NASTY}",
        description=NASTY,
    ),
    "a source nobody can name": make_feed(make_article(origin_title="\x00")),
    "dates in other zones": make_feed(
        make_article(
            published_at=datetime(
                2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))
            )
        )
    ),
    "an old date": make_feed(
        make_article(published_at=datetime(1991, 5, 6, tzinfo=UTC))
    ),
    "enclosures of every kind": make_feed(
        make_article(
            enclosures=(
                Enclosure(
                    url="https://paper.example/a b.mp3",
                    media_type="audio/mpeg",
                    length=5,
                ),
                Enclosure(url="https://paper.example/c.jpg"),
                Enclosure(url="mailto:someone@paper.example"),
            )
        )
    ),
    "a link in letters of three scripts": make_feed(
        make_article(link='https://paper.example/été/مالي?q=ⵜ|[a]{b}^`\\"<>')
    ),
    "a feed with an archive": replace(
        make_feed(ENGLISH, FRENCH, ARABIC), older_url=f"{_TOPIC}/archive/2"
    ),
    "the first page of an archive": replace(
        make_feed(ENGLISH, FRENCH, ARABIC),
        url=f"{_TOPIC}/archive/1",
        current_url=_TOPIC,
    ),
    "a later page of an archive": replace(
        make_feed(ENGLISH, FRENCH, ARABIC, content=ContentChoice.FULL),
        url=f"{_TOPIC}/archive/2",
        older_url=f"{_TOPIC}/archive/1",
        current_url=_TOPIC,
    ),
    "copies that others reported": with_others(make_feed(ENGLISH, FRENCH, ARABIC)),
    "copies of full texts": with_others(
        make_feed(ENGLISH, FRENCH, ARABIC, content=ContentChoice.FULL)
    ),
    "hostile content": make_feed(
        make_article(
            content_html="<script>alert(1)</script><p onclick=a()>b<a href=/c>d"
        ),
        content=ContentChoice.FULL,
    ),
}
