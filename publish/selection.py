"""What a topic feed shows: which items, in which order, and what of each.

Decides from publications and the edition alone, so equal publications give equal
feeds; writing them is the work of `formats`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from config.values import ContentChoice
from publish.addresses import publishable_file, publishable_link
from publish.dating import (
    believed_date,
    changed_date,
    has_wrong_date,
    shown_date,
)
from publish.edition import Edition, FeedRules
from publish.feed import (
    FeedCategory,
    FeedCredit,
    FeedEnclosure,
    FeedItem,
    OtherLink,
    TopicFeed,
    TopicSummary,
)
from store.article import Article, Publication, Strength, TopicSize

UPDATED_WHEN_EMPTY = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without items changed last: a constant, since *now* would change its
bytes at every rendering, and a date of the past so that the first item is newer."""

_MOST_OTHERS = 10
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # RFC 5646, loosely
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_ANY_MEDIA_TYPE = "application/octet-stream"  # RFC 2046, 4.5.1: of unknown kind


def select_feed(
    rules: FeedRules, publications: Sequence[Publication], edition: Edition
) -> TopicFeed:
    """The feed of its latest publications, newest article first."""
    shown = sorted(publications, key=_newest_first, reverse=True)[: rules.limit]
    feed = compose_feed(rules, shown, edition)
    return replace(feed, hubs=edition.hubs_of(rules.name))


def compose_feed(
    rules: FeedRules, shown: Sequence[Publication], edition: Edition
) -> TopicFeed:
    """A document of the feed with these publications as they come."""
    items = tuple(
        replace(
            _select_item(each.article, rules.content, edition),
            reason=each.reason.clauses,
            others=_others(each, edition),
        )
        for each in shown
    )
    moments = [item.updated_at for item in items] + [each.matched_at for each in shown]
    languages = {item.language for item in items}
    page_url = edition.addresses.feed_page(rules.name)
    return TopicFeed(
        name=rules.name,
        title=rules.title,
        description=rules.description,
        tag_uri=edition.addresses.feed_uri(rules.first_name or rules.name),
        tags_scheme=edition.addresses.tag_scheme("tags"),
        url=page_url,
        page_url=page_url,
        stylesheet=edition.addresses.feed_stylesheet,
        language=languages.pop() if len(languages) == 1 else None,
        updated_at=max(moments, default=UPDATED_WHEN_EMPTY),
        items=items,
    )


def select_summaries(
    edition: Edition, sizes: Mapping[str, TopicSize]
) -> tuple[TopicSummary, ...]:
    """Every open topic of the edition in its order, with how much of it is stored."""
    return tuple(
        _summarise(rules, sizes.get(slug), edition)
        for slug, rules in edition.open_topics.items()
    )


def select_credit(article: Article, edition: Edition) -> FeedCredit:
    """The source that an article belongs to."""
    return FeedCredit(
        title=article.origin_title,
        url=publishable_link(article.origin_home),
        tag_uri=edition.addresses.tag_uri("source", article.origin),
    )


def select_language(article: Article) -> str | None:
    """The article's language, None unless it has the form of a language tag."""
    language = article.language or ""
    return language if _LANGUAGE_TAG.fullmatch(language) else None


def _newest_first(publication: Publication) -> tuple[datetime, int]:
    return shown_date(publication.article), publication.position


def _select_item(
    article: Article, content: ContentChoice, edition: Edition
) -> FeedItem:
    page_url = edition.addresses.article(article.id)
    credit = select_credit(article, edition)
    return FeedItem(
        tag_uri=edition.addresses.tag_uri("article", article.uid),
        link=publishable_link(article.link) or page_url,
        page_url=page_url,
        title=article.title,
        summary="" if content is ContentChoice.TITLE else article.summary,
        content_html=article.content_html if content is ContentChoice.FULL else "",
        author=article.author or credit.title,
        language=select_language(article),
        published_at=believed_date(article),
        published_precision=article.published_precision,
        first_seen_at=article.first_seen_at,
        updated_at=changed_date(article),
        has_wrong_date=has_wrong_date(article),
        credit=credit,
        categories=_categories(article, edition),
        enclosures=_enclosures(article),
        image_url=publishable_file(article.image_url),
        rights=article.rights,
        comments_url=publishable_link(article.comments_url),
    )


def _others(publication: Publication, edition: Edition) -> tuple[OtherLink, ...]:
    """The first who reported the same, as many as a reader may look through."""
    return tuple(
        OtherLink(
            title=other.origin_title,
            url=publishable_link(other.link) or edition.addresses.article(other.id),
        )
        for other in publication.others[:_MOST_OTHERS]
    )


def _categories(article: Article, edition: Edition) -> tuple[FeedCategory, ...]:
    """What the article is about, then what it mentions."""
    about_first = sorted(
        article.tags, key=lambda match: match.strength is not Strength.ABOUT
    )
    return tuple(
        FeedCategory(term=match.tag, label=edition.tag_titles.get(match.tag, match.tag))
        for match in about_first
    )


def _enclosures(article: Article) -> tuple[FeedEnclosure, ...]:
    """The files that a reader can fetch, each once."""
    found: dict[str, FeedEnclosure] = {}
    for enclosure in article.enclosures:
        url = publishable_file(enclosure.url)
        if url is not None and url not in found:
            found[url] = FeedEnclosure(
                url=url,
                media_type=_media_type(enclosure.media_type),
                length=max(enclosure.length or 0, 0),
            )
    return tuple(found.values())


def _media_type(declared: str | None) -> str:
    return declared if declared and _MEDIA_TYPE.fullmatch(declared) else _ANY_MEDIA_TYPE


def _summarise(
    rules: FeedRules, size: TopicSize | None, edition: Edition
) -> TopicSummary:
    page_url = edition.addresses.feed_page(rules.name)
    return TopicSummary(
        name=rules.name,
        title=rules.title,
        description=rules.description,
        url=page_url,
        page_url=page_url,
        size=size.count if size else 0,
        updated_at=size.latest_at if size else None,
    )
