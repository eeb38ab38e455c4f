"""Values of the store and of the edition, valid by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from config.values import ContentChoice
from publish.addresses import Addresses
from publish.edition import Edition, FeedRules
from publish.feed import FeedItem, TopicFeed
from publish.feed_name import topic_feed
from publish.selection import select_feed
from store.article import (
    Article,
    ArticleDossier,
    ArticleId,
    Headline,
    Place,
    Publication,
    Reason,
    RelatedArticle,
    Revision,
    Sighting,
    Strength,
    TagHit,
    TagMatch,
    TopicMembership,
)

BASE_URL = "https://news.example.org/"
AUTHORITY = "news.example.org,2026"
SEEN_AT = datetime(2026, 11, 23, 8, 30, 15, 123456, tzinfo=UTC)
LATER = SEEN_AT + timedelta(hours=1)


def make_article(number: int = 1, **changes: Any) -> Article:
    """An English article with a date, a link, a tag and no enclosure."""
    article = Article(
        id=ArticleId(number),
        uid=f"a{number:07x}",
        link=f"https://paper.example/{number}",
        title=f"Ministers meet in Bamako ({number})",
        summary="They spoke of the border.",
        content_html="<p>They spoke of the border.</p>",
        text="They spoke of the border.",
        author=None,
        language="en",
        published_at=datetime(2026, 11, 20, 9, number % 60, tzinfo=UTC),
        published_precision=None,
        updated_at=None,
        first_seen_at=SEEN_AT,
        revised_at=None,
        origin="paper",
        origin_title="The Paper",
        origin_home="https://paper.example/",
        duplicate_of=None,
        duplicate_reason=None,
        story=None,
        categories=(),
        enclosures=(),
        rights=None,
        comments_url=None,
        comment_count=None,
        image_url=None,
        tags=(
            TagMatch(
                tag="mali",
                strength=Strength.ABOUT,
                hits=(TagHit(place=Place.TITLE, start=18, end=24),),
            ),
        ),
    )
    return replace(article, **changes)


def make_publication(article: Article, **changes: Any) -> Publication:
    """The article as the item of a topic; its position is its number."""
    publication = Publication(
        topic="mali-algeria",
        position=article.id,
        article=article,
        matched_at=SEEN_AT,
        reason=Reason(clauses=("about:mali",)),
    )
    return replace(publication, **changes)


def make_dossier(article: Article, **changes: Any) -> ArticleDossier:
    """An article seen once, in one topic, never revised."""
    dossier = ArticleDossier(
        article=article,
        sightings=(
            Sighting(
                source="paper",
                guid="1",
                link=article.link,
                reason=None,
                first_seen_at=SEEN_AT,
                last_seen_at=SEEN_AT,
            ),
        ),
        revisions=(),
        memberships=(
            TopicMembership(
                topic="mali-algeria",
                position=1,
                matched_at=SEEN_AT,
                reason=Reason(clauses=("about:mali", "about:algeria")),
            ),
        ),
        related=(),
    )
    return replace(dossier, **changes)


def make_headline(article: Article) -> Headline:
    """The article as lists show it."""
    return Headline(
        id=article.id,
        title=article.title,
        link=article.link,
        origin=article.origin,
        origin_title=article.origin_title,
        language=article.language,
        published_at=article.published_at,
        published_precision=article.published_precision,
        first_seen_at=article.first_seen_at,
    )


def make_related(number: int, **changes: Any) -> RelatedArticle:
    """An article that is much like another, seen an hour later."""
    related = RelatedArticle(
        id=ArticleId(number),
        title="Talks <go> on",
        link=f"https://paper.example/{number}",
        origin="paper",
        origin_title="The Paper",
        language="en",
        published_at=None,
        published_precision=None,
        first_seen_at=LATER,
        is_same_story=False,
    )
    return replace(related, **changes)


def make_revision(number: int = 1) -> Revision:
    """An earlier state, replaced at noon of the day after it was seen."""
    seen_at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return Revision(
        number=number, title="Earlier", text="Earlier.", reason=None, seen_at=seen_at
    )


def make_rules(slug: str = "mali-algeria", **changes: Any) -> FeedRules:
    """A topic that shows excerpts, and every copy."""
    rules = FeedRules(
        name=topic_feed(slug),
        title="Mali–Algeria",
        description="What happens between Mali and Algeria.",
        content=ContentChoice.EXCERPT,
        limit=50,
        once=None,
    )
    return replace(rules, **changes)


def make_edition(*topics: FeedRules, **changes: Any) -> Edition:
    """The given topics, or one, at a public address."""
    edition = Edition(
        addresses=Addresses(base_url=BASE_URL, authority=AUTHORITY),
        content=ContentChoice.EXCERPT,
        topics={rules.name.slug: rules for rules in topics or (make_rules(),)},
        tag_titles={"mali": "Mali", "western-sahara": "Western Sahara"},
        source_titles={"paper": "The Paper"},
    )
    return replace(edition, **changes)


def make_feed(*articles: Article, **changes: Any) -> TopicFeed:
    """The feed that selection makes of articles; changes go to the topic's rules."""
    rules = make_rules(**changes)
    publications = tuple(make_publication(article) for article in articles)
    return select_feed(rules, publications, make_edition(rules))


def make_item(**changes: Any) -> FeedItem:
    """The feed item of an article."""
    item: FeedItem = make_feed(make_article()).items[0]
    return replace(item, **changes)


def change_item(feed: TopicFeed, **changes: Any) -> TopicFeed:
    """The feed with its first item changed."""
    return replace(feed, items=(replace(feed.items[0], **changes), *feed.items[1:]))
