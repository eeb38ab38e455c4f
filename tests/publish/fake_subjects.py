"""What pages ask of the store besides feeds, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain

from config.expression import Expression
from store.article import (
    Article,
    Condition,
    FoundArticle,
    FoundArticles,
    Headline,
    Order,
    Passage,
    Place,
    Publication,
    Reason,
    SourceDossier,
    SourceReport,
    StoryId,
    TopicFilter,
    TopicPart,
)
from store.choice import Choice, ChosenBy
from store.once import Once
from tests.publish.factories import LATER, SEEN_AT, make_headline

REPORT = SourceReport(
    slug="paper",
    title="The Paper",
    home="https://user:secret@paper.example/",
    condition=Condition.FAILING,
    since=SEEN_AT,
    advice="https://user:secret@paper.example/feed?key=secret answers nothing",
    last_polled_at=SEEN_AT,
    due_at=LATER,
    articles=3,
)


class FakeSubjects:
    """Stories, parts of topics and sources, all made of the articles of topics."""

    topics: dict[str, Sequence[Article]]
    chosen: dict[Choice, Sequence[Article]]
    reports: tuple[SourceReport, ...] = (REPORT,)
    wanted: Expression | None = None

    def find_story(self, story: StoryId) -> tuple[Headline, ...]:
        self.ask()
        told = self.chosen.get(Choice(ChosenBy.STORY, str(story)), ())
        return tuple(map(make_headline, told))

    def topic_parts(self, topic: str) -> tuple[TopicPart, ...]:
        self.ask()
        sizes = Counter(
            (article.origin, article.origin_title, article.language)
            for article in self.topics[topic]
        )
        return tuple(
            TopicPart(origin=origin, origin_title=title, language=code, count=count)
            for (origin, title, code), count in sizes.items()
        )

    def filter_publications(
        self, topic: str, only: TopicFilter, *, limit: int, once: Once | None
    ) -> tuple[Publication, ...]:
        self.ask()
        return tuple(
            Publication(
                topic=topic,
                position=article.id,
                article=article,
                matched_at=article.first_seen_at,
                reason=Reason(clauses=(f"about:{topic}",)),
            )
            for article in self.topics[topic]
            if only.language in (None, article.language)
            and only.origin in (None, article.origin)
            and (once is None or article.duplicate_of is None)
        )[:limit]

    def source_reports(self, *, now: datetime) -> Mapping[str, SourceReport]:
        self.ask()
        return {report.slug: report for report in self.reports}

    def find_source(
        self, slug: str, *, now: datetime, arrivals: timedelta
    ) -> SourceDossier | None:
        self.ask()
        for report in self.reports:
            if report.slug == slug:
                return SourceDossier(
                    report=report,
                    languages=(("en", 2), (None, 1)),
                    arrivals={SEEN_AT.date(): 3},
                    latest=tuple(map(make_headline, self._articles())),
                )
        return None

    def search_newest(
        self, expression: Expression, *, limit: int, order: Order, within: int | None
    ) -> FoundArticles:
        """Every article, whatever is looked for, with the first letter as its hit."""
        self.ask()
        self.wanted = expression
        found = tuple(map(_found, self._articles()))
        return FoundArticles(articles=found[:limit], is_whole=True)

    def ask(self) -> None:
        """Count a question, or fail it."""
        raise NotImplementedError

    def _articles(self) -> Iterator[Article]:
        shown = chain(*self.topics.values(), *self.chosen.values())
        yield from {article.id: article for article in shown}.values()


def _found(article: Article) -> FoundArticle:
    return FoundArticle(
        article=article,
        reason=Reason(clauses=()),
        title=Passage(place=Place.TITLE, text=article.title, hits=((0, 1),)),
        passage=Passage(place=Place.TEXT, text=article.text, hits=()),
    )
