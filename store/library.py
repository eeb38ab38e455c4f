"""What readers of the store ask: topics, articles, sources. Writes nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from config.expression import Expression
from ingest.entry import EntryDigest
from ingest.pace.host_budget import HostState
from store import searching
from store.archive import Archive
from store.article import (
    Article,
    ArticleDossier,
    ArticleId,
    FoundArticle,
    FoundArticles,
    Headline,
    Order,
    Publication,
    RelatedArticle,
    SourceDossier,
    SourceReport,
    StoryId,
    TopicFilter,
    TopicPart,
    TopicSize,
)
from store.choice import Choice
from store.classify.article_name import read_article_name
from store.classify.decide import build_subject, facts_of
from store.classify.explain import Explained, explain
from store.configuration_trouble import ConfigurationTrouble
from store.database import (
    articles,
    changes,
    choices,
    configuration_troubles,
    decisions,
    digests,
    headlines,
    health_changes,
    hosts,
    last_entries,
    publications,
    renames,
    sources,
    stories,
)
from store.database.engine import Connection, Database
from store.database.sources import SourceState
from store.digest import Digest
from store.health_change import HealthChange
from store.identify.nearest import nearest
from store.once import Once
from store.redecide import Change, find_changes
from store.source_report import report_source

_STORY_MATES = 50
_NEAREST = 5
_NEIGHBOURS = 100  # compared with an article, a few hundredths of a second

_STORY_SHOWN = 200
_LATEST_OF_SOURCE = 20


class Library:
    """The reading side of a database; each call sees one consistent moment.

    `archive` has the pages of archives; those that are full are closed through it.

    May be asked from several threads. Raises StoreError where the database cannot
    be read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.archive = Archive(database)

    def change_number(self) -> int:
        """Grows whenever anything shown to readers may have changed."""
        with self._database.read() as connection:
            return changes.load_change_number(connection)

    def latest_publications(
        self, topic: str, *, limit: int, once: Once | None
    ) -> tuple[Publication, ...]:
        """The last articles that entered a topic, the latest first.

        What is to be shown `once` is; None shows every copy.
        """
        with self._database.read() as connection:
            return publications.load_latest(connection, topic, limit=limit, once=once)

    def latest_chosen(
        self, choice: Choice, *, limit: int, collapse: bool
    ) -> tuple[Publication, ...]:
        """The articles of a choice that were stored last, the latest first.

        With `collapse`, of copies in the choice only one.
        """
        with self._database.read() as connection:
            return choices.load_chosen(
                connection, choice, limit=limit, collapse=collapse
            )

    def was_configured(self, log: str) -> bool:
        """Whether there ever was a topic of the name, or a search with such a log."""
        with self._database.read() as connection:
            return renames.was_configured(connection, log)

    def latest_digests(self, topic: str, *, limit: int) -> tuple[Digest, ...]:
        """The last digests of a topic, the latest first."""
        with self._database.read() as connection:
            return digests.load_digests(connection, topic, limit=limit)

    def health_changes(self, *, limit: int) -> tuple[HealthChange, ...]:
        """What operators were told of the health of sources, the latest first."""
        with self._database.read() as connection:
            return health_changes.load_changes(connection, limit=limit)

    def configuration_troubles(self, *, limit: int) -> tuple[ConfigurationTrouble, ...]:
        """What operators were told of their configuration, the latest first."""
        with self._database.read() as connection:
            return configuration_troubles.load_troubles(connection, limit=limit)

    def filter_publications(
        self, topic: str, only: TopicFilter, *, limit: int, once: Once | None
    ) -> tuple[Publication, ...]:
        """The last articles of a part of a topic, the latest first."""
        with self._database.read() as connection:
            return publications.load_latest(
                connection, topic, limit=limit, once=once, only=only
            )

    def topic_sizes(self) -> Mapping[str, TopicSize]:
        """How much each topic shows; topics that show nothing are missing."""
        with self._database.read() as connection:
            return publications.load_sizes(connection)

    def find_article(self, article_id: ArticleId) -> ArticleDossier | None:
        """Everything kept of an article, None where there is none of this number."""
        with self._database.read() as connection:
            article = articles.load_article(connection, article_id)
            if article is None:
                return None
            return ArticleDossier(
                article=article,
                sightings=articles.load_sightings(connection, article_id),
                revisions=articles.load_revisions(connection, article_id),
                memberships=publications.load_memberships(connection, article_id),
                related=_related(connection, article),
            )

    def find_story(self, story: StoryId) -> tuple[Headline, ...]:
        """The articles that told a story, in order of time; none where there is none.

        Of a story told without end only the first are shown.
        """
        with self._database.read() as connection:
            return headlines.load_story(connection, story, limit=_STORY_SHOWN)

    def topic_parts(self, topic: str) -> tuple[TopicPart, ...]:
        """How much the topic shows of each source in each language."""
        with self._database.read() as connection:
            return headlines.load_parts(connection, topic)

    def source_reports(self, *, now: datetime) -> Mapping[str, SourceReport]:
        """Every source ever configured and how it fares at `now`, by slug.

        Counts the articles that belong to each, not those of others that it carries.
        """
        with self._database.read() as connection:
            names = sources.load_names(connection)
            states = sources.load_states(connection)
            counts = articles.load_counts(connection)
        return {
            slug: report_source(
                names[slug], state, articles=counts.get(slug, 0), now=now
            )
            for slug, state in states.items()
        }

    def find_source(
        self, slug: str, *, now: datetime, arrivals: timedelta
    ) -> SourceDossier | None:
        """What is known of a source, and what came in the last time.

        None where it was never made known.
        """
        with self._database.read() as connection:
            name = sources.load_names(connection).get(slug)
            state = sources.load_state(connection, slug)
            if name is None or state is None:
                return None
            languages = headlines.count_languages(connection, slug)
            count = sum(size for _, size in languages)
            return SourceDossier(
                report=report_source(name, state, articles=count, now=now),
                languages=languages,
                arrivals=headlines.count_arrivals(
                    connection, slug, since=now - arrivals
                ),
                latest=headlines.load_latest_of(
                    connection, slug, limit=_LATEST_OF_SOURCE
                ),
            )

    def arrivals(self, *, since: datetime) -> Mapping[str, Mapping[date, int]]:
        """How many articles each source carried first on each day (UTC) since then."""
        with self._database.read() as connection:
            return headlines.count_all_arrivals(connection, since=since)

    def size_bytes(self) -> int:
        """How many bytes of disk the database takes."""
        return self._database.measure()

    def article_numbers(self) -> tuple[ArticleId, ...]:
        """Every stored article, in the order of storing."""
        with self._database.read() as connection:
            return articles.load_numbers(connection)

    def shared_stories(self) -> tuple[StoryId, ...]:
        """The stories that more than one article tells, by number."""
        with self._database.read() as connection:
            return stories.load_shared(connection)

    def find_named(self, written: str) -> ArticleId | None:
        """The article that a number, a uid, a tag: URI or an address names."""
        with self._database.read() as connection:
            return articles.find_named(connection, read_article_name(written))

    def explain(
        self,
        expression: Expression,
        article_id: ArticleId,
        topics: Mapping[str, Expression],
    ) -> Explained | None:
        """Why the expression holds for an article or not; None without the article.

        It may name any of the topics.
        """
        with self._database.read() as connection:
            for article, carriers in articles.load_articles(connection, [article_id]):
                subject = build_subject(facts_of(article, carriers), article.tags)
                return explain(expression, subject, tags=article.tags, topics=topics)
        return None

    def changes(self, rules: Mapping[str, Expression]) -> Iterator[Change]:
        """What deciding these topics anew would change, in the order of storing."""
        with self._database.read() as connection:
            yield from find_changes(connection, rules)

    def undecided_topics(self) -> frozenset[str]:
        """The topics of which some stored articles are still to be decided."""
        with self._database.read() as connection:
            return decisions.undecided_topics(connection)

    def search(
        self, expression: Expression, *, limit: int, order: Order = Order.DATE
    ) -> tuple[FoundArticle, ...]:
        """The articles that match, at most `limit`, the first in the order wanted.

        Decides as topics are decided; the expression names none. By rank are ordered
        the newest that match, as many as `RANKED`.
        """
        return self.search_newest(expression, limit=limit, order=order).articles

    def search_newest(
        self,
        expression: Expression,
        *,
        limit: int,
        order: Order = Order.DATE,
        within: int | None = None,
    ) -> FoundArticles:
        """As `search`, but looks at no more than `within` articles that may match."""
        with self._database.read() as connection:
            return searching.search_newest(
                connection, expression, limit=limit, order=order, within=within
            )

    def count_matches(self, expression: Expression, *, most: int) -> int:
        """How many articles match; counts no further than `most`."""
        with self._database.read() as connection:
            return searching.count_matches(connection, expression, most=most)

    def woken_sources(self) -> frozenset[str]:
        """The sources that the operator has woken and that were not asked since."""
        with self._database.read() as connection:
            return sources.load_woken(connection)

    def source_states(self) -> Mapping[str, SourceState]:
        """What is remembered of each source ever configured, by slug."""
        with self._database.read() as connection:
            return sources.load_states(connection)

    def source_state(self, slug: str) -> SourceState | None:
        """What is remembered of one source, None where it was never made known."""
        with self._database.read() as connection:
            return sources.load_state(connection, slug)

    def host_states(self) -> Mapping[str, HostState]:
        """What is remembered of each host that is to be asked in a way of its own."""
        with self._database.read() as connection:
            return hosts.load_hosts(connection)

    def known_entries(self, slug: str) -> frozenset[EntryDigest]:
        """What the entries of the source's last document read like."""
        with self._database.read() as connection:
            return last_entries.load_digests(connection, slug)

    def article_counts(self) -> Mapping[str, int]:
        """How many articles each origin has; sources without any are missing."""
        with self._database.read() as connection:
            return articles.load_counts(connection)


def _related(connection: Connection, article: Article) -> tuple[RelatedArticle, ...]:
    if article.story is None:
        return ()
    mates = stories.load_story_mates(
        connection, article.id, article.story, limit=_STORY_MATES
    )
    told = stories.load_gist(connection, article.id)
    if told is None:
        return mates
    around = stories.find_neighbours(connection, told, limit=_NEIGHBOURS)
    gists = {one.article: one.gist for one in around}
    numbers = nearest(told.gist, gists, most=_NEAREST)
    return mates + stories.load_related(connection, numbers)
