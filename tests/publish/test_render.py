"""Documents from the store to their bytes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from publish.documents import (
    ArticlePage,
    Document,
    FeedIn,
    FeedPage,
    IndexPage,
    SubscriptionList,
)
from publish.feed import FeedFormat
from publish.feed_name import FeedKind, FeedName, topic_feed
from publish.render import Renderer
from publish.rendered import Rendered
from publish.selection import UPDATED_WHEN_EMPTY
from store.article import ArticleId
from store.errors import StoreError
from store.once import Once
from tests.publish.factories import SEEN_AT, make_article, make_edition, make_rules
from tests.publish.fakes import ENGLISH, SAHARA, FakeArticles, make_beat, revise


def make_renderer() -> tuple[Renderer, FakeArticles]:
    edition, articles = make_beat()
    return Renderer(edition, articles, fresh_for=0), articles


def feed_of(renderer: Renderer, feed_format: FeedFormat = FeedFormat.RSS) -> Rendered:
    return page_of(renderer, FeedIn(topic_feed("western-sahara"), feed_format))


def page_of(renderer: Renderer, document: Document) -> Rendered:
    rendered = renderer.render(document)
    assert rendered is not None
    return rendered


@pytest.mark.parametrize(
    ("feed_format", "media_type"),
    [
        (FeedFormat.RSS, "application/rss+xml; charset=utf-8"),
        (FeedFormat.ATOM, "application/atom+xml; charset=utf-8"),
        (FeedFormat.JSON, "application/feed+json; charset=utf-8"),
    ],
)
def test_a_feed_has_a_type_a_date_and_the_digest_of_its_bytes(
    feed_format: FeedFormat, media_type: str
) -> None:
    renderer, _ = make_renderer()

    feed = feed_of(renderer, feed_format)

    assert feed.media_type == media_type
    assert feed.etag == f'"{hashlib.sha256(feed.body).hexdigest()[:32]}"'
    assert feed.last_modified == SEEN_AT


def test_two_renderers_of_one_store_give_equal_bytes() -> None:
    first, articles = make_renderer()
    second = Renderer(make_beat()[0], articles, fresh_for=0)

    assert feed_of(first) == feed_of(second)
    assert page_of(first, IndexPage()) == page_of(second, IndexPage())


def test_nothing_is_asked_twice_while_nothing_changes() -> None:
    renderer, articles = make_renderer()
    feed_of(renderer)
    asked = articles.questions

    feed_of(renderer)

    assert articles.questions == asked


def test_a_change_is_shown() -> None:
    renderer, articles = make_renderer()
    before = feed_of(renderer)

    articles.topics["western-sahara"] = (revise(ENGLISH, "Talks end in Geneva"),)
    articles.change += 1
    after = feed_of(renderer)

    assert b"Talks end in Geneva" in after.body
    assert after.etag != before.etag
    assert after.last_modified > before.last_modified


def test_a_change_elsewhere_changes_no_byte() -> None:
    renderer, articles = make_renderer()
    before = feed_of(renderer)

    articles.change += 1

    assert feed_of(renderer) == before


def test_a_topic_asks_for_its_limit_and_its_copies_once() -> None:
    copy = make_article(2, duplicate_of=ArticleId(1))
    rules = make_rules(limit=2, once=Once())
    articles = FakeArticles(
        {rules.name.slug: (make_article(1), copy, make_article(3), make_article(4))}
    )
    renderer = Renderer(make_edition(rules), articles)

    feed = renderer.render(FeedIn(rules.name, FeedFormat.RSS))

    assert feed is not None
    assert feed.body.count(b"<item") == 2
    assert b"article/a0000002" not in feed.body


@pytest.mark.parametrize("slug", ["unknown", "", "../western-sahara", "a\x00"])
def test_a_topic_that_is_not_configured_has_no_documents(slug: str) -> None:
    renderer, articles = make_renderer()

    assert renderer.render(FeedIn(topic_feed(slug), FeedFormat.ATOM)) is None
    assert renderer.render(FeedPage(topic_feed(slug))) is None
    assert articles.questions == 0


def test_an_unknown_article_has_no_page() -> None:
    renderer, _ = make_renderer()

    assert renderer.render(ArticlePage(ArticleId(99))) is None


def test_the_index_and_the_list_are_as_old_as_what_they_show() -> None:
    renderer, _ = make_renderer()

    assert page_of(renderer, IndexPage()).last_modified == SEEN_AT
    assert page_of(renderer, SubscriptionList()).last_modified == SEEN_AT
    assert (
        page_of(renderer, SubscriptionList()).media_type == "text/x-opml; charset=utf-8"
    )


def test_an_edition_without_topics_has_an_index_all_the_same() -> None:
    edition = make_edition(topics={})
    renderer = Renderer(edition, FakeArticles({}))

    assert b"No topic is configured yet" in page_of(renderer, IndexPage()).body
    assert page_of(renderer, IndexPage()).last_modified == UPDATED_WHEN_EMPTY
    assert page_of(renderer, SubscriptionList()).last_modified == UPDATED_WHEN_EMPTY


def test_trouble_of_the_store_leaves_the_last_rendering_served() -> None:
    renderer, articles = make_renderer()
    before = feed_of(renderer)
    page = renderer.render(ArticlePage(ENGLISH.id))

    articles.fails = True
    with capture_logs() as logs:
        after = feed_of(renderer)

    assert after is before
    assert renderer.render(ArticlePage(ENGLISH.id)) is page
    assert logs[0]["event"] == "served_last_rendering"


def test_trouble_while_rendering_leaves_the_last_rendering_served() -> None:
    renderer, articles = make_renderer()
    before = feed_of(renderer)

    articles.fails = articles.counts_on = True
    articles.change += 1

    with capture_logs():
        assert feed_of(renderer) is before


def test_trouble_before_the_first_rendering_is_raised() -> None:
    renderer, articles = make_renderer()
    articles.fails = True

    with pytest.raises(StoreError):
        feed_of(renderer)


def test_the_page_of_an_article_says_why_it_is_where_it_is() -> None:
    renderer, _ = make_renderer()

    page = renderer.render(ArticlePage(ENGLISH.id))

    assert page is not None
    text = page.body.decode()
    assert page.last_modified == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert '<h1 lang="en" dir="ltr">Western Sahara talks resume in Geneva</h1>' in text
    assert "22 June 2025, 05:00 UTC" in text
    assert "<mark>Western Sahara</mark> talks resume" in text
    assert "<code>about:western-sahara</code>" in text
    assert 'href="https://paper.example/1"' in text
    assert "Changed once since" in text


def test_pages_escape_what_publishers_write() -> None:
    attack = "<script>alert('1')</script>\x00\ud800"
    article = make_article(
        title=attack, summary=attack, author=attack, origin_title=attack, link=None
    )
    articles = FakeArticles({SAHARA.name.slug: (article,)})
    renderer = Renderer(make_edition(SAHARA), articles)

    pages = (
        page_of(renderer, IndexPage()),
        renderer.render(FeedPage(SAHARA.name)),
        renderer.render(ArticlePage(article.id)),
    )

    for page in pages:
        assert page is not None
        assert b"<script" not in page.body
        assert b"\x00" not in page.body


def test_a_source_that_the_store_does_not_know_yet_has_no_page() -> None:
    edition, articles = make_beat()
    articles.reports = ()

    page = Renderer(edition, articles).render(
        FeedPage(FeedName(FeedKind.SOURCE, "paper"))
    )

    assert page is None


def test_pages_of_sources_are_made_anew_each_minute() -> None:
    edition, articles = make_beat()
    now = [SEEN_AT]
    renderer = Renderer(edition, articles, fresh_for=0, clock=lambda: now[0])
    source = FeedPage(FeedName(FeedKind.SOURCE, "paper"))
    renderer.render(source)
    asked = articles.questions

    renderer.render(source)
    assert articles.questions == asked

    now[0] += timedelta(minutes=1)
    renderer.render(source)
    assert articles.questions == asked + 1
