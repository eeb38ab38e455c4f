"""What a topic feed shows, in which order, and what of each article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.values import ContentChoice
from ingest.entry import Enclosure
from publish.feed import FeedCategory, FeedCredit, FeedEnclosure
from publish.selection import UPDATED_WHEN_EMPTY, select_feed, select_summaries
from store.article import Article, Strength, TagMatch, TopicSize
from tests.publish.factories import (
    SEEN_AT,
    make_article,
    make_edition,
    make_feed,
    make_publication,
    make_rules,
)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_newest_article_comes_first() -> None:
    older = make_article(1, published_at=NOON)
    newer = make_article(2, published_at=NOON + HOUR)
    undated = make_article(3, published_at=None, first_seen_at=NOON + HOUR / 2)

    feed = make_feed(older, newer, undated)

    assert [item.link[-1] for item in feed.items] == ["2", "3", "1"]


def test_of_two_articles_of_one_moment_the_later_publication_comes_first() -> None:
    articles = [make_article(number, published_at=NOON) for number in (1, 2, 3)]

    feed = make_feed(*articles)

    assert [item.link[-1] for item in feed.items] == ["3", "2", "1"]


def test_the_limit_of_the_topic_holds() -> None:
    feed = make_feed(*(make_article(number) for number in range(1, 9)), limit=3)

    assert len(feed.items) == 3


def test_the_feed_has_the_identity_and_addresses_of_its_topic() -> None:
    feed = make_feed(make_article())

    assert feed.tag_uri == "tag:news.example.org,2026:topic/mali-algeria"
    assert feed.tags_scheme == "tag:news.example.org,2026:tags"
    assert feed.url == feed.page_url == "https://news.example.org/topics/mali-algeria"


def test_an_item_keeps_the_publishers_words_and_link() -> None:
    article = make_article(5)

    item = make_feed(article).items[0]

    assert item.tag_uri == "tag:news.example.org,2026:article/a0000005"
    assert (item.title, item.summary) == (article.title, article.summary)
    assert item.link == "https://paper.example/5"
    assert item.page_url == "https://news.example.org/articles/5"
    assert item.published_at == article.published_at
    assert item.credit == FeedCredit(
        title="The Paper",
        url="https://paper.example/",
        tag_uri="tag:news.example.org,2026:source/paper",
    )


@pytest.mark.parametrize("link", [None, "javascript:alert(1)", "/relative"])
def test_an_article_without_a_public_link_links_to_our_page(link: str | None) -> None:
    item = make_feed(make_article(5, link=link)).items[0]

    assert item.link == "https://news.example.org/articles/5"


CONTENT = {
    "title alone": (ContentChoice.TITLE, "", ""),
    "an excerpt": (ContentChoice.EXCERPT, "They spoke of the border.", ""),
    "the full text": (
        ContentChoice.FULL,
        "They spoke of the border.",
        "<p>They spoke of the border.</p>",
    ),
}


@pytest.mark.parametrize(
    ("content", "summary", "content_html"), CONTENT.values(), ids=CONTENT
)
def test_an_item_carries_what_the_topic_says(
    content: ContentChoice, summary: str, content_html: str
) -> None:
    item = make_feed(make_article(), content=content).items[0]

    assert (item.summary, item.content_html) == (summary, content_html)


def test_an_author_nobody_names_is_the_source() -> None:
    signed, unsigned = make_feed(
        make_article(2, author="Mary O'Neill"), make_article(1)
    ).items

    assert signed.author == "Mary O'Neill"
    assert unsigned.author == "The Paper"


UPDATED = {
    "our revision beats all": (
        {"revised_at": NOON, "updated_at": NOON - HOUR},
        NOON,
    ),
    "the publisher's update beats publication": ({"updated_at": NOON}, NOON),
    "publication beats sight": ({"published_at": NOON}, NOON),
    "the undated is as old as our knowledge of it": (
        {"published_at": None},
        SEEN_AT.replace(microsecond=0),
    ),
}


@pytest.mark.parametrize(("changes", "expected"), UPDATED.values(), ids=UPDATED)
def test_updated_is_the_last_honest_change(
    changes: dict[str, datetime | None], expected: datetime
) -> None:
    item = make_feed(make_article(42, **changes)).items[0]

    assert item.updated_at == expected + timedelta(microseconds=42)


def test_articles_of_one_moment_have_different_updated() -> None:
    together = [
        make_article(number, published_at=None, first_seen_at=SEEN_AT)
        for number in range(1, 40)
    ]

    feed = make_feed(*together)

    assert len({item.updated_at for item in feed.items}) == 39


def test_updated_of_the_feed_is_its_newest_change_or_arrival() -> None:
    arrival = make_feed(make_article())
    change = make_feed(make_article(revised_at=SEEN_AT + HOUR))

    assert arrival.updated_at == SEEN_AT
    assert change.updated_at == change.items[0].updated_at


def test_an_empty_feed_is_as_old_as_a_constant() -> None:
    feed = make_feed()

    assert feed.updated_at == UPDATED_WHEN_EMPTY
    assert (feed.items, feed.language) == ((), None)


LANGUAGES = {
    "one language of all items": (("fr", "fr"), "fr"),
    "two languages": (("fr", "ar"), None),
    "a language and none": (("fr", None), None),
    "a word that is no language tag": (("fr_FR", "fr_FR"), None),
    "a tag with a region": (("fr-MA", "fr-MA"), "fr-MA"),
}


@pytest.mark.parametrize(("languages", "expected"), LANGUAGES.values(), ids=LANGUAGES)
def test_the_feed_has_the_language_that_its_items_share(
    languages: tuple[str | None, ...], expected: str | None
) -> None:
    articles = [
        make_article(number, language=language)
        for number, language in enumerate(languages, start=1)
    ]

    assert make_feed(*articles).language == expected


def test_categories_are_what_it_is_about_then_what_it_mentions() -> None:
    tags = tuple(
        TagMatch(tag=tag, strength=strength, hits=())
        for tag, strength in (
            ("forgotten", Strength.MENTIONS),
            ("mali", Strength.ABOUT),
        )
    )

    item = make_feed(make_article(tags=tags)).items[0]

    assert item.categories == (
        FeedCategory(term="mali", label="Mali"),
        FeedCategory(term="forgotten", label="forgotten"),
    )


def with_enclosures(*enclosures: Enclosure) -> Article:
    return make_article(enclosures=enclosures)


def test_enclosures_have_a_type_and_a_length_always() -> None:
    article = with_enclosures(
        Enclosure(url="https://paper.example/a.mp3", media_type="audio/mpeg", length=9),
        Enclosure(url="https://paper.example/b", media_type="sound", length=-1),
    )

    assert make_feed(article).items[0].enclosures == (
        FeedEnclosure(
            url="https://paper.example/a.mp3", media_type="audio/mpeg", length=9
        ),
        FeedEnclosure(
            url="https://paper.example/b",
            media_type="application/octet-stream",
            length=0,
        ),
    )


def test_an_enclosure_that_nobody_can_fetch_is_left_out() -> None:
    article = with_enclosures(
        Enclosure(url="file:///etc/passwd"),
        Enclosure(url="https://paper.example/a.mp3"),
        Enclosure(url="https://paper.example/a.mp3"),
    )

    urls = [each.url for each in make_feed(article).items[0].enclosures]

    assert urls == ["https://paper.example/a.mp3"]


def test_summaries_come_in_the_order_of_the_edition() -> None:
    edition = make_edition(make_rules("b"), make_rules("a"))

    summaries = select_summaries(edition, {"a": TopicSize(count=2, latest_at=NOON)})

    assert [(each.name.slug, each.size, each.updated_at) for each in summaries] == [
        ("b", 0, None),
        ("a", 2, NOON),
    ]
    assert summaries[1].page_url == "https://news.example.org/topics/a"


def test_equal_publications_in_any_order_give_equal_feeds() -> None:
    publications = [make_publication(make_article(number)) for number in (1, 2, 3)]
    rules, edition = make_rules(), make_edition()

    feed = select_feed(rules, publications, edition)

    assert feed == select_feed(rules, publications[::-1], edition)
