"""What the page of an article says: everything kept of it, in words for people.

Decides from the dossier and the edition; the template lays it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from config.values import ContentChoice
from publish.addresses import publishable_link
from publish.edition import Edition
from publish.feed import FeedCredit
from publish.formats.safe_html import safe_html_without_images
from publish.selection import select_credit, select_language
from publish.web.headline_view import HeadlineView, describe_headline
from publish.web.wording import (
    Quote,
    quote,
    say_date,
    say_language,
    say_time,
    text_direction,
)
from store.article import (
    Article,
    ArticleDossier,
    Place,
    Revision,
    Sighting,
    TagHit,
    TagMatch,
    TopicMembership,
)

_QUOTES_OF_A_TAG = 3
_HEADING = re.compile(r"(</?)h[1-6]\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A tag, how strong it is and where it was found; `more` hits are not quoted."""

    title: str
    strength: str
    quotes: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """A topic that shows the article, and the clauses by which it got there."""

    slug: str
    title: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingView:
    """A source that carried the article; `link` is None where it gave no address."""

    source: str
    source_slug: str
    link: str | None
    first_seen: str
    last_seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """What the title was before, and until when."""

    title: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """The article whose text this one repeats, and how much of it."""

    number: int
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """The page of one article.

    `link` is the original, None where there is none. Either `content_html`, which is
    sanitised, or the plain `summary` is shown. `language` is a name for people,
    `language_tag` and `direction` are for the browser. `story` are the other articles
    that tell the same, `nearest` what is most like it besides. `copy` is None unless
    its text repeats another's.
    """

    title: str
    link: str | None
    credit: FeedCredit
    author: str | None
    date: str
    language: str | None
    language_tag: str | None
    direction: str
    content_html: str
    summary: str
    tags: tuple[TagView, ...]
    topics: tuple[TopicView, ...]
    sightings: tuple[SightingView, ...]
    revisions: tuple[RevisionView, ...]
    copy: CopyView | None
    story_number: int | None
    story: tuple[HeadlineView, ...]
    nearest: tuple[HeadlineView, ...]
    updated_at: datetime


def describe_article(dossier: ArticleDossier, edition: Edition) -> ArticleView:
    """What the page of the article says."""
    article = dossier.article
    language = select_language(article)
    return ArticleView(
        title=article.title,
        link=publishable_link(article.link),
        credit=select_credit(article, edition),
        author=article.author,
        date=_say_date(article),
        language=say_language(language) if language else None,
        language_tag=language,
        direction=text_direction(language),
        content_html=_content(article, edition.content),
        summary=article.summary,
        tags=tuple(_describe_tag(match, article, edition) for match in article.tags),
        topics=tuple(_describe_topics(dossier.memberships, edition)),
        sightings=tuple(_describe_sighting(s, edition) for s in dossier.sightings),
        revisions=tuple(map(_describe_revision, dossier.revisions)),
        copy=_describe_copy(article),
        story_number=article.story,
        story=tuple(
            describe_headline(one) for one in dossier.related if one.is_same_story
        ),
        nearest=tuple(
            describe_headline(one) for one in dossier.related if not one.is_same_story
        ),
        updated_at=_updated_at(dossier),
    )


def _say_date(article: Article) -> str:
    return say_date(
        article.published_at,
        article.published_precision,
        first_seen_at=article.first_seen_at,
    )


def _content(article: Article, choice: ContentChoice) -> str:
    """The whole text where it may be shown, or where nobody else shows it."""
    if choice is ContentChoice.FULL or publishable_link(article.link) is None:
        return _level(safe_html_without_images(article.content_html))
    return ""


def _level(html: str) -> str:
    """The same with headings one level below the title, whatever the publisher took."""
    return _HEADING.sub(r"\1h2", html)


def _describe_tag(match: TagMatch, article: Article, edition: Edition) -> TagView:
    return TagView(
        title=edition.tag_titles.get(match.tag, match.tag),
        strength=match.strength.value,
        quotes=tuple(_quote(hit, article) for hit in match.hits[:_QUOTES_OF_A_TAG]),
        more=max(len(match.hits) - _QUOTES_OF_A_TAG, 0),
    )


def _quote(hit: TagHit, article: Article) -> Quote:
    words = article.words_at(hit.place)
    if hit.place is Place.CATEGORY:
        category = words[hit.start : hit.end]
        return Quote(before="publisher’s category: ", hit=category, after="")
    return quote(words, hit.start, hit.end)


def _describe_topics(
    memberships: Iterable[TopicMembership], edition: Edition
) -> Iterator[TopicView]:
    """The open topics that have a page; the store remembers the others too."""
    for membership in memberships:
        rules = edition.open_topics.get(membership.topic)
        if rules is not None:
            yield TopicView(
                slug=rules.name.slug,
                title=rules.title,
                clauses=membership.reason.clauses,
            )


def _describe_sighting(sighting: Sighting, edition: Edition) -> SightingView:
    return SightingView(
        source=edition.source_titles.get(sighting.source, sighting.source),
        source_slug=sighting.source,
        link=publishable_link(sighting.link),
        first_seen=say_time(sighting.first_seen_at),
        last_seen=say_time(sighting.last_seen_at),
    )


def _describe_revision(revision: Revision) -> RevisionView:
    return RevisionView(title=revision.title, until=say_time(revision.seen_at))


def _describe_copy(article: Article) -> CopyView | None:
    if article.duplicate_of is None:
        return None
    return CopyView(number=article.duplicate_of, reason=article.duplicate_reason)


def _updated_at(dossier: ArticleDossier) -> datetime:
    """When anything on the page changed last."""
    return max(
        [
            dossier.article.first_seen_at,
            *(revision.seen_at for revision in dossier.revisions),
            *(related.first_seen_at for related in dossier.related),
            *(sighting.last_seen_at for sighting in dossier.sightings),
            *(membership.matched_at for membership in dossier.memberships),
        ]
    )
