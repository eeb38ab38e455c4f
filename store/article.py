"""The values that the store hands upward; all times are aware UTC.

Holds no rule. `ArticleId` is a number in one database; `Article.uid` names the same
publication in every database that ever sees it. A `StoryId` is the number of the
article that told the story first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NewType, assert_never

from ingest.entry import Enclosure, Precision
from ingest.pace.health import Condition

__all__ = [
    "EVERYTHING",
    "Article",
    "ArticleDossier",
    "ArticleId",
    "Condition",
    "Enclosure",
    "FoundArticle",
    "FoundArticles",
    "Headline",
    "Order",
    "Passage",
    "Place",
    "Precision",
    "Publication",
    "Reason",
    "RelatedArticle",
    "Revision",
    "Sighting",
    "SourceDossier",
    "SourceReport",
    "StoryId",
    "Strength",
    "TagHit",
    "TagMatch",
    "TopicFilter",
    "TopicMembership",
    "TopicPart",
    "TopicSize",
]

ArticleId = NewType("ArticleId", int)
StoryId = NewType("StoryId", int)


class Strength(Enum):
    """How much an article has to do with a tag."""

    ABOUT = "about"  # a name in the title, three in the text, or a category
    MENTIONS = "mentions"  # one or two names in the text


class Place(Enum):
    """Where in an article a name stands."""

    TITLE = "title"
    TEXT = "text"
    CATEGORY = "category"  # the publisher's, one after the other, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class TagHit:
    """One name of a tag found: `start` and `end` are offsets of characters."""

    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagMatch:
    """A tag on an article and where it hit, in the order of the text, title first."""

    tag: str
    strength: Strength
    hits: tuple[TagHit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Our one record of a publication.

    `origin` is the slug of the source it belongs to, `origin_title` that source's
    name for people. `updated_at` is the publisher's, `revised_at` the moment we saw
    the last revision. `duplicate_of` is the article whose text this one repeats, and
    `duplicate_reason` says how much of it. `story` is None where it was stored before
    stories were told apart.
    `comment_count` is how many there were when the article was recorded. Tags come in
    the order of the vocabulary's slugs.
    """

    id: ArticleId
    uid: str
    link: str | None
    title: str
    summary: str
    content_html: str
    text: str
    author: str | None
    language: str | None
    published_at: datetime | None
    published_precision: Precision | None
    updated_at: datetime | None
    first_seen_at: datetime
    revised_at: datetime | None
    origin: str
    origin_title: str
    origin_home: str | None
    duplicate_of: ArticleId | None
    duplicate_reason: str | None
    story: StoryId | None
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    rights: str | None
    comments_url: str | None
    comment_count: int | None
    image_url: str | None
    tags: tuple[TagMatch, ...]

    def words_at(self, place: Place) -> str:
        """The words of which the hits in a place give the offsets."""
        match place:
            case Place.TITLE:
                return self.title
            case Place.TEXT:
                return self.text
            case Place.CATEGORY:
                return "\n".join(self.categories)
            case _:
                assert_never(place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Source S carried the article under this guid and link.

    `reason` says by what it was taken for this article, None where that was not noted.
    """

    source: str
    guid: str | None
    link: str | None
    reason: str | None
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An earlier title and text of an article; `seen_at` is when it was replaced.

    `reason` says by what the new one was taken for the same article, None where that
    was not noted.
    """

    number: int
    title: str
    text: str
    reason: str | None
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an article is in a topic: the clauses that held, as they were written."""

    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReport:
    """Another source's article that says the same as one that is shown for both."""

    id: ArticleId
    origin_title: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Article A entered a topic as its `position`-th item (from 1) at `matched_at`.

    `others` are the reports of other sources for which it is shown, too.
    """

    topic: str
    position: int
    article: Article
    matched_at: datetime
    reason: Reason
    others: tuple[OtherReport, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSize:
    """How many articles a topic shows, and when the last one entered it."""

    count: int
    latest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMembership:
    """An article's place in a topic that shows it, and why it is there."""

    topic: str
    position: int
    matched_at: datetime
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFilter:
    """Which articles of a topic are wanted: of a language, of a source; None is any."""

    language: str | None = None
    origin: str | None = None


EVERYTHING = TopicFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPart:
    """How many articles a topic shows of one source in one language."""

    origin: str
    origin_title: str
    language: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article as lists show it."""

    id: ArticleId
    title: str
    link: str | None
    origin: str
    origin_title: str
    language: str | None
    published_at: datetime | None
    published_precision: Precision | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedArticle(Headline):
    """Another article that a reader of one may want: of its story, or much like it."""

    is_same_story: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDossier:
    """Everything that is kept of one article.

    `related` are the other articles of its story as they were stored, then, while its
    story is live, what is most like it.
    """

    article: Article
    sightings: tuple[Sighting, ...]
    revisions: tuple[Revision, ...]
    memberships: tuple[TopicMembership, ...]
    related: tuple[RelatedArticle, ...]


class Order(Enum):
    """Which of the articles that match come first."""

    RANK = "rank"  # those that say most of what was looked for
    DATE = "date"  # the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a title or a text, with what was looked for in it.

    `hits` are the offsets of characters in `text`, in order and apart. Where the piece
    was cut out of something longer, `text` says so by a … at that end.
    """

    place: Place
    text: str
    hits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle:
    """An article that a search found: its title and a piece of its text, with hits.

    `passage` is the beginning of the text where nothing of it was looked for.
    """

    article: Article
    reason: Reason
    title: Passage
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticles:
    """What a search found; `is_whole` is False where older ones were not looked at."""

    articles: tuple[FoundArticle, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """A source, how it fares and since when (None where it never was otherwise).

    `advice` is a sentence for its operator, "" where nothing is to be done. `due_at` is
    None before the first poll and where it is polled no more, `home` where it has no
    page. `articles` counts those that belong to it, in a dossier all that it carries.
    """

    slug: str
    title: str
    home: str | None
    condition: Condition
    since: datetime | None
    advice: str
    last_polled_at: datetime | None
    due_at: datetime | None
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDossier:
    """Everything that a page tells of one source.

    `languages` are those of its articles with their number, the most frequent first,
    `arrivals` how many were seen first on each day (UTC), `latest` the newest of them.
    """

    report: SourceReport
    languages: tuple[tuple[str | None, int], ...]
    arrivals: Mapping[date, int]
    latest: tuple[Headline, ...]
