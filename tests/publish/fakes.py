"""The store as publishing sees it, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ingest.entry import Enclosure
from publish.edition import Edition
from store.archive import PageRules, WritePage
from store.article import (
    Article,
    ArticleDossier,
    ArticleId,
    Place,
    Precision,
    Publication,
    Reason,
    Revision,
    StoryId,
    Strength,
    TagHit,
    TagMatch,
    TopicMembership,
    TopicSize,
)
from store.choice import Choice, ChosenBy
from store.configuration_trouble import ConfigurationTrouble
from store.digest import Digest
from store.errors import StoreError
from store.health_change import HealthChange
from store.once import Once
from tests.publish.factories import (
    make_article,
    make_dossier,
    make_edition,
    make_revision,
    make_rules,
)
from tests.publish.fake_subjects import FakeSubjects


class FakePages:
    """An archive that has these pages, by topic and number, and closes no other."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, int], bytes] = {}

    def last_number(self, topic: str) -> int:
        return max((number for each, number in self.pages if each == topic), default=0)

    def find_page(self, topic: str, number: int) -> bytes | None:
        return self.pages.get((topic, number))

    def close_pages(self, rules: PageRules, write: WritePage) -> None:
        pass


class FakeArticles(FakeSubjects):
    """Articles by topic, positions in the order given; counts what it is asked.

    `chosen` has those of choices, in the order they were stored. `departed` has the
    logs of what was configured once.

    `fails` makes every question raise StoreError, as a lost database would;
    `counts_on` leaves the change number out of that.
    """

    def __init__(self, topics: Mapping[str, Sequence[Article]]) -> None:
        self.topics: dict[str, Sequence[Article]] = dict(topics)
        self.archive = FakePages()
        self.chosen: dict[Choice, Sequence[Article]] = {}
        self.digests: dict[str, tuple[Digest, ...]] = {}
        self.health: tuple[HealthChange, ...] = ()
        self.configuration: tuple[ConfigurationTrouble, ...] = ()
        self.departed: frozenset[str] = frozenset()
        self.revisions: tuple[Revision, ...] = ()
        self.change = 1
        self.questions = 0
        self.fails = False
        self.counts_on = False

    def change_number(self) -> int:
        if not self.counts_on:
            self._answer()
        return self.change

    def latest_publications(
        self, topic: str, *, limit: int, once: Once | None
    ) -> tuple[Publication, ...]:
        self.ask()
        shown = [
            publication
            for publication in self._publications(topic)
            if not (once and self._is_copy(publication.article, topic))
        ]
        return tuple(reversed(shown))[:limit]

    def latest_chosen(
        self, choice: Choice, *, limit: int, collapse: bool
    ) -> tuple[Publication, ...]:
        self.ask()
        found = self.chosen.get(choice, ())
        shown = [
            Publication(
                topic=choice.by.value,
                position=article.id,
                article=article,
                matched_at=article.first_seen_at,
                reason=Reason(clauses=()),
            )
            for article in found
            if not (collapse and article.duplicate_of in {each.id for each in found})
        ]
        return tuple(reversed(shown))[:limit]

    def was_configured(self, log: str) -> bool:
        self.ask()
        return log in self.departed

    def latest_digests(self, topic: str, *, limit: int) -> tuple[Digest, ...]:
        self.ask()
        return self.digests.get(topic, ())[:limit]

    def health_changes(self, *, limit: int) -> tuple[HealthChange, ...]:
        self.ask()
        return self.health[:limit]

    def configuration_troubles(self, *, limit: int) -> tuple[ConfigurationTrouble, ...]:
        self.ask()
        return self.configuration[:limit]

    def topic_sizes(self) -> Mapping[str, TopicSize]:
        self.ask()
        return {
            topic: TopicSize(
                count=len(articles),
                latest_at=max(article.first_seen_at for article in articles),
            )
            for topic, articles in self.topics.items()
            if articles
        }

    def find_article(self, article_id: ArticleId) -> ArticleDossier | None:
        self.ask()
        for articles in self.topics.values():
            for article in articles:
                if article.id == article_id:
                    return self._dossier(article)
        return None

    def _dossier(self, article: Article) -> ArticleDossier:
        memberships = tuple(
            TopicMembership(
                topic=publication.topic,
                position=publication.position,
                matched_at=publication.matched_at,
                reason=publication.reason,
            )
            for topic in self.topics
            for publication in self._publications(topic)
            if publication.article == article
        )
        return make_dossier(article, memberships=memberships, revisions=self.revisions)

    def _publications(self, topic: str) -> list[Publication]:
        return [
            Publication(
                topic=topic,
                position=position,
                article=article,
                matched_at=article.first_seen_at,
                reason=Reason(clauses=(f"about:{topic}",)),
            )
            for position, article in enumerate(self.topics.get(topic, ()), start=1)
        ]

    def _is_copy(self, article: Article, topic: str) -> bool:
        return article.duplicate_of in {each.id for each in self.topics[topic]}

    def ask(self) -> None:
        self.questions += 1
        self._answer()

    def _answer(self) -> None:
        if self.fails:
            raise StoreError("rekkas.db: the disk does not answer")


ENGLISH = make_article(
    1,
    title="Western Sahara talks resume in Geneva",
    summary="Envoys of both sides met for the first time in three years.",
    content_html=(
        "<p>Envoys of both sides met <b>for the first time</b> in three years. The "
        "talks on Western Sahara are to last a week; Mali sent an observer.</p>"
        "<blockquote>We came to listen, "
        "said one of them.</blockquote><img src='https://paper.example/1.jpg' alt=''>"
    ),
    text=(
        "Envoys of both sides met for the first time in three years. The talks on "
        "Western Sahara are to last a week; Mali sent an observer.\n"
        "We came to listen, said one of them."
    ),
    author="Mary O'Neill & Co",
    story=StoryId(1),
    published_at=datetime(2025, 6, 22, 5, tzinfo=UTC),
    published_precision=Precision.HOUR,
    enclosures=(
        Enclosure(
            url="https://paper.example/1.mp3", media_type="audio/mpeg", length=1234
        ),
        Enclosure(url="https://paper.example/1.jpg"),
    ),
    tags=(
        TagMatch(
            tag="mali",
            strength=Strength.MENTIONS,
            hits=(TagHit(place=Place.TEXT, start=108, end=112),),
        ),
        TagMatch(
            tag="western-sahara",
            strength=Strength.ABOUT,
            hits=(
                TagHit(place=Place.TITLE, start=0, end=14),
                TagHit(place=Place.TEXT, start=73, end=87),
            ),
        ),
    ),
)
FRENCH = make_article(
    2,
    title="Sahara occidental : « un pas », dit l’émissaire",
    summary="L’émissaire s’est félicité d’une première journée « sans éclat ».",
    content_html="<p>L’émissaire s’est félicité d’une première journée.</p>",
    text="L’émissaire s’est félicité d’une première journée.",
    language="fr",
    link="https://journal.example/été/sahara?page=1&x=2",
    published_at=datetime(2025, 6, 19, tzinfo=UTC),
    published_precision=Precision.DAY,
    origin="journal",
    story=StoryId(1),
    origin_title="Le Journal",
    origin_home=None,
    tags=(),
)
ARABIC = make_article(
    3,
    title="استئناف محادثات الصحراء الغربية في جنيف",
    summary="التقى الوفدان لأول مرة منذ ثلاث سنوات.",
    content_html="<p>التقى الوفدان لأول مرة منذ ثلاث سنوات.</p>",
    text="التقى الوفدان لأول مرة منذ ثلاث سنوات.",
    language="ar",
    link=None,
    author="هيئة التحرير",
    published_at=None,
    origin="snapshot",
    origin_title="Saved pages",
    origin_home=None,
    tags=(
        TagMatch(
            tag="western-sahara",
            strength=Strength.ABOUT,
            hits=(TagHit(place=Place.TITLE, start=16, end=31),),
        ),
    ),
)
SAHARA = make_rules(
    "western-sahara",
    title="Western Sahara",
    description="Talks, people and places of the Western Sahara.",
)
EMPTY = make_rules("empty", title="Nothing yet", description="Nothing yet")


def make_beat() -> tuple[Edition, FakeArticles]:
    """An edition of two topics, one with an article in each of three languages."""
    articles = FakeArticles({"western-sahara": (FRENCH, ENGLISH, ARABIC), "empty": ()})
    articles.chosen = {Choice(ChosenBy.STORY, "1"): (FRENCH, ENGLISH)}
    articles.revisions = (make_revision(),)
    return make_edition(SAHARA, EMPTY), articles


def revise(article: Article, title: str) -> Article:
    """The article as its publisher changed it the day after."""
    revised_at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return replace(article, title=title, revised_at=revised_at)
