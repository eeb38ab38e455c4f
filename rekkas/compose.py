"""The only place where settings become objects.

The clock and the transport are arguments, so that a test can move time and names.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from config.expansion import expand_topics
from config.expression import Expression
from config.keep_settings import KeepSettings
from config.search_expression import SearchLanguage
from config.settings import (
    FetchSettings,
    ReadingSettings,
    Settings,
)
from config.source_settings import (
    SnapshotSource,
    SourceCommon,
)
from config.topic_settings import topic_expression
from ingest.fetch.client import Transport, build_client
from ingest.fetch.host_book import HostBook
from ingest.fetch.host_gate import EverywhereElse, HostLimits, by_nobody
from ingest.fetch.request import ExchangeBounds
from ingest.fetch.resolver import Resolver
from ingest.fetch.robots import RobotsFiles
from ingest.pace.schedule import PollPolicy
from ingest.poll import PollTools
from ingest.reading.pool import JobLimits, WorkerPool
from publish.edition import Edition, build_edition
from publish.feed import TopicFeed
from publish.press import PublishedArticles
from publish.render import Renderer
from publish.rendered import Rendered
from publish.search_desk import SearchableArticles, SearchDesk
from publish.site_contents import each_document
from publish.web.search_endpoint import SearchEndpoint
from rekkas import configured_sources
from rekkas.poller import Poller
from store.choice import search_log
from store.classify.categories import read_category_tags
from store.classify.decide import Rules
from store.classify.tagging import build_tagger
from store.classify.vocabulary import digest_vocabulary
from store.database.engine import Database
from store.digest import Rhythm
from store.identify.originals import DuplicateRules
from store.library import Library
from store.record import Recorder
from store.retention import KeepRule, Retention

_SNAPSHOT_EVERY = timedelta(minutes=10)  # a look at a file costs its publisher nothing
_ANY_HOST = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


def build_policy(source: SourceCommon, fetch: FetchSettings) -> PollPolicy:
    """How often the source may be polled."""
    if isinstance(source, SnapshotSource) and source.every == "adaptive":
        return PollPolicy(every=_SNAPSHOT_EVERY)
    return PollPolicy(
        every=None if source.every == "adaptive" else source.every,
        patience=fetch.patience,
    )


def topic_expressions(settings: Settings) -> dict[str, Expression]:
    """What articles must be to belong to each topic; it may name other topics."""
    return {slug: topic_expression(topic) for slug, topic in settings.topics.items()}


def log_expressions(settings: Settings) -> dict[str, Expression]:
    """What belongs to each topic and each saved search, by the name of its log."""
    searches = {
        search_log(name): topic_expression(search)
        for name, search in settings.searches.items()
    }
    return topic_expressions(settings) | searches


def build_rules(settings: Settings) -> Rules:
    """The vocabulary, the topics and the saved searches, ready to decide."""
    topics = topic_expressions(settings)
    category_tags = {
        slug: source.category_tags for slug, source in settings.sources.items()
    }
    return Rules(
        tagger=build_tagger(
            settings.tags,
            publisher_names=[
                name for name, _ in configured_sources.credited_names(settings)
            ],
            boilerplate=settings.boilerplate,
        ),
        topics={
            log: expand_topics(expression, topics)
            for log, expression in log_expressions(settings).items()
        },
        category_tags=read_category_tags(category_tags),
        digests={
            slug: Rhythm(topic.digest)
            for slug, topic in settings.topics.items()
            if topic.digest is not None
        },
        formerly={slug: topic.formerly for slug, topic in settings.topics.items()},
        vocabulary=digest_vocabulary(
            settings.tags, settings.boilerplate, category_tags
        ),
    )


def build_duplicate_rules(settings: Settings) -> DuplicateRules:
    """What is a copy of what."""
    return DuplicateRules(
        threshold=settings.duplicates.threshold,
        by_source={
            slug: None if source.duplicates == "off" else source.duplicates.threshold
            for slug, source in settings.sources.items()
            if source.duplicates is not None
        },
        prefer=settings.duplicates.prefer,
    )


def build_retention(settings: Settings) -> Retention:
    """How long articles are kept."""
    return Retention(
        shared=_keep_rule(settings.keep),
        sources={
            slug: _keep_rule(source.keep)
            for slug, source in settings.sources.items()
            if source.keep is not None
        },
        topics={
            slug: _keep_rule(topic.keep)
            for slug, topic in settings.topics.items()
            if topic.keep is not None
        },
        archived=frozenset(log_expressions(settings)),
    )


def _keep_rule(keep: KeepSettings) -> KeepRule:
    return KeepRule(age=keep.age, count=keep.count, content=keep.content)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def build_tools(
    fetch: FetchSettings,
    executor: Executor,
    *,
    clock: Callable[[], datetime] = _utc_now,
    transport: Transport | None = None,
    resolver: Resolver | None = None,
) -> PollTools:
    """What polling works with; the caller closes the client.

    `transport` takes the place of the network, `resolver` that of the system's.
    """
    return PollTools(
        client=build_client(
            fetch, version=version("rekkas"), transport=transport, resolver=resolver
        ),
        bounds=ExchangeBounds(
            deadline=fetch.deadline,
            max_body_bytes=fetch.max_body_bytes,
            max_redirects=fetch.max_redirects,
        ),
        limits=build_limits(fetch),
        hosts=HostBook(fetch, clock=clock),
        executor=executor,
        clock=clock,
        robots=RobotsFiles(fetch.robots),
    )


def build_limits(
    fetch: FetchSettings, elsewhere: EverywhereElse = by_nobody
) -> HostLimits:
    """The gate of every exchange; `elsewhere` heeds what other processes ask."""
    return HostLimits(
        fetch, monotonic=time.monotonic, sleep=asyncio.sleep, elsewhere=elsewhere
    )


def build_poller(
    settings: Settings,
    store: tuple[Recorder, Library],
    tools: PollTools,
    *,
    clock: Callable[[], datetime],
    paces: Mapping[str, PollPolicy] | None = None,
) -> Poller:
    """What polls the configured sources and keeps what they bring.

    `paces` says how often, if not the settings alone do.
    """
    _, library = store
    tools.hosts.remember(library.host_states())
    return Poller(
        configured_sources.build_sources(settings),
        policies(settings) if paces is None else paces,
        tools=tools,
        store=store,
        clock=clock,
    )


def build_recorder(settings: Settings, database: Database, rules: Rules) -> Recorder:
    """What keeps what polls bring."""
    return Recorder(
        database,
        rules,
        duplicates=build_duplicate_rules(settings),
        adopt_after=settings.fetch.adopt_redirects_after,
        keeps_answers=settings.replay.keep is not None,
    )


def build_readers(reading: ReadingSettings) -> WorkerPool:
    """The processes that read documents; the caller shuts them down."""
    limits = JobLimits(
        seconds=int(reading.deadline.total_seconds()),
        memory_bytes=reading.max_memory_bytes,
        # feedparser is else imported at the first feed that is not well-formed.
        modules=("ingest.read", "feedparser"),
    )
    return WorkerPool(limits, workers=reading.workers)


def build_renderer(
    settings: Settings,
    articles: PublishedArticles,
    *,
    port: int | None = None,
    told: Callable[[TopicFeed], None] = lambda _: None,
) -> Renderer:
    """What renders feeds and pages; `port` is the real one where any was asked for."""
    return Renderer(edition_of(settings, port), articles, told=told)


def build_site(settings: Settings, library: Library) -> Iterator[tuple[str, Rendered]]:
    """Every document of the static site with its path, made when its turn comes."""
    edition = replace(edition_of(settings, None), answers_questions=False)
    return each_document(Renderer(edition, library), edition, library)


def build_search(
    settings: Settings, articles: SearchableArticles, *, port: int | None = None
) -> SearchEndpoint:
    """What answers searches of people; `port` as above."""
    read = SearchLanguage(settings).read
    return SearchEndpoint(SearchDesk(edition_of(settings, port), articles, read))


def edition_of(settings: Settings, port: int | None) -> Edition:
    """What is published; `port` as above."""
    base_url = settings.server.base_url or _own_address(settings.server.listen, port)
    return build_edition(settings, base_url=base_url)


def split_listen(listen: str) -> tuple[str, int]:
    """The host, without brackets, and the port of HOST:PORT."""
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


def _own_address(listen: str, port: int | None) -> str:
    host, configured = split_listen(listen)
    if host in _ANY_HOST:
        host = "localhost"
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port or configured}/"


def policies(settings: Settings) -> Mapping[str, PollPolicy]:
    """How often each source may be polled."""
    return {
        slug: build_policy(source, settings.fetch)
        for slug, source in settings.sources.items()
    }
