from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config.values import ContentChoice
from publish.addresses import Addresses
from publish.archive import link_before, read_page, write_page
from publish.feed import TopicFeed
from publish.feed_name import topic_feed
from publish.formats.atom import render_atom
from publish.formats.json_feed import render_json_feed
from publish.formats.rss import render_rss
from publish.selection import select_feed
from tests.publish.factories import (
    AUTHORITY,
    make_article,
    make_edition,
    make_publication,
    make_rules,
)
from tests.publish.fakes import ARABIC, ENGLISH, FRENCH
from tests.publish.feeds import NASTY
from tests.publish.validity import ATOM, HISTORY, read

TOPIC = "https://news.example.org/topics/mali-algeria"
ELSEWHERE = Addresses(base_url="http://localhost:8080/feeds/", authority=AUTHORITY)
RULES = make_rules(content=ContentChoice.FULL)
EDITION = make_edition(RULES)
BEAT = [make_publication(article) for article in (FRENCH, ENGLISH, ARABIC)]
WRITERS = (render_rss, render_atom, render_json_feed)


def kept(*publications: Any) -> bytes:
    return write_page(RULES, publications or BEAT, EDITION)


def served(body: bytes, number: int = 1, addresses: Addresses | None = None) -> Any:
    return read_page(body, RULES.name, number, addresses or EDITION.addresses)


def test_a_page_has_what_the_feed_had_of_its_items() -> None:
    feed = select_feed(RULES, BEAT, EDITION)

    page = served(kept())

    assert set(page.items) == set(feed.items)
    assert replace(page, items=(), url="", current_url=None) == replace(
        feed, items=(), url=""
    )


def test_what_entered_last_comes_first_whatever_its_date() -> None:
    oldest_news_last = [
        make_publication(
            make_article(
                number,
                published_at=datetime(2026, 1, 9, tzinfo=UTC) - timedelta(number),
            )
        )
        for number in (1, 2, 3)
    ]

    page = served(kept(*oldest_news_last))

    assert [item.tag_uri[-1] for item in page.items] == ["3", "2", "1"]


def test_a_page_leads_to_its_feed_and_to_the_page_before() -> None:
    page = served(kept(), number=7)

    assert page.url == f"{TOPIC}/archive/7"
    assert page.older_url == f"{TOPIC}/archive/6"
    assert page.current_url == page.page_url == TOPIC


def test_nothing_is_before_the_first_page() -> None:
    assert served(kept()).older_url is None
    assert link_before(topic_feed("mali"), 1, EDITION.addresses) is None


def test_a_page_is_served_wherever_the_service_has_moved() -> None:
    own = make_publication(make_article(link=None))

    page = served(kept(own), addresses=ELSEWHERE)

    assert page.items[0].link == "http://localhost:8080/feeds/articles/1"
    assert page.items[0].page_url == "http://localhost:8080/feeds/articles/1"
    assert page.url == "http://localhost:8080/feeds/topics/mali-algeria/archive/1"
    assert "rekkas.invalid" not in repr(page)


def test_texts_that_break_documents_break_no_page() -> None:
    nasty = make_publication(
        make_article(title=NASTY, summary=NASTY, content_html=NASTY, author=NASTY)
    )
    feed = select_feed(RULES, [nasty], EDITION)

    page = served(kept(nasty))

    for render in WRITERS:
        assert render(as_feed(page)) == render(feed)


def as_feed(page: TopicFeed) -> TopicFeed:
    return replace(page, url=page.page_url, older_url=None, current_url=None)


@pytest.mark.parametrize("render", WRITERS)
def test_a_page_is_written_the_same_each_time(render: Any) -> None:
    assert kept() == kept()
    assert render(served(kept())) == render(served(kept()))


@pytest.mark.parametrize(
    ("render", "suffix", "place"),
    [(render_rss, "rss", "channel"), (render_atom, "atom", ".")],
)
def test_an_xml_page_says_that_it_is_one(render: Any, suffix: str, place: str) -> None:
    page = read(render(served(kept(), number=7))).find(place)

    links = {each.get("rel"): each.get("href") for each in page.findall(f"{ATOM}link")}
    assert page.find(f"{HISTORY}archive") is not None
    assert links["self"] == f"{TOPIC}/archive/7.{suffix}"
    assert links["current"] == f"{TOPIC}.{suffix}"
    assert links["prev-archive"] == f"{TOPIC}/archive/6.{suffix}"
    assert "next-archive" not in links
