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
from typing import assert_never
from urllib.parse import urlsplit, urlunsplit

from config.expansion import expand_topics
from config.expression import Expression
from config.search_expression import SearchLanguage
from config.settings import (
    FetchSettings,
    ReadingSettings,
    Settings,
)
from config.source_settings import (
    FeedSource,
    PageSource,
    SelectorSettings,
    SitemapSource,
    SnapshotSource,
    SourceCommon,
    SourceSettings,
)
from config.time_zones import zone_of
from config.topic_settings import topic_expression
from ingest.fetch.client import Transport, build_client
from ingest.fetch.host_book import HostBook
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.request import ExchangeBounds
from ingest.fetch.resolver import Resolver
from ingest.fetch.robots import RobotsFiles
from ingest.pace.schedule import PollPolicy
from ingest.poll import PollTools
from ingest.reading.pool import JobLimits, WorkerPool
from ingest.source import (
    LANGUAGES_OF_THE_BEAT,
    FeedAddress,
    Location,
    PageAddress,
    PageSelectors,
    SitemapAddress,
    SitemapBounds,
    SnapshotFile,
    Source,
)
from publish.edition import Edition, build_edition
from publish.feed import TopicFeed
from publish.press import PublishedArticles
from publish.render import Renderer
from publish.rendered import Rendered
from publish.search_desk import SearchableArticles, SearchDesk
from publish.site_contents import each_document
from publish.web.search_endpoint import SearchEndpoint
from rekkas.poller import Poller
from rekkas.report import without_credentials
from store.choice import search_log
from store.classify.categories import read_category_tags
from store.classify.decide import Rules
from store.classify.tagging import build_tagger
from store.classify.vocabulary import digest_vocabulary
from store.database.engine import Database
from store.database.sources import SourceName
from store.digest import Rhythm
from store.identify.originals import DuplicateRules
from store.library import Library
from store.record import Recorder

_SNAPSHOT_EVERY = timedelta(minutes=10)  # a look at a file costs its publisher nothing
_ANY_HOST = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


def build_sources(settings: Settings) -> dict[str, Source]:
    """Every configured source by slug, those switched off included."""
    credits = dict(_credits(settings))
    configured = {source.language for source in settings.sources.values()}
    languages = sorted({*LANGUAGES_OF_THE_BEAT, *filter(None, configured)})
    return {
        slug: Source(
            slug=slug,
            title=source.title or slug,
            location=_location(source),
            language=source.language,
            full_text=not isinstance(source, SnapshotSource) and source.full_text,
            languages=tuple(languages),
            time_zone=zone_of(source.time_zone, source.country),
            # Only a snapshot's cards name other sources.
            credits=credits if isinstance(source, SnapshotSource) else {},
        )
        for slug, source in settings.sources.items()
    }


def _location(source: SourceSettings) -> Location:
    match source:
        case FeedSource():
            return FeedAddress(url=source.url, candidates=source.candidates)
        case PageSource():
            return PageAddress(url=source.url, selectors=_selectors(source.selectors))
        case SitemapSource():
            return SitemapAddress(url=source.url, bounds=_bounds(source))
        case SnapshotSource():
            return SnapshotFile(path=source.path, captured_at=source.captured_at)
        case _:
            assert_never(source)


def _selectors(selectors: SelectorSettings) -> PageSelectors:
    return PageSelectors(**selectors.model_dump())


def _bounds(source: SitemapSource) -> SitemapBounds:
    return SitemapBounds(
        only=source.only,
        newer_than=source.newer_than,
        limit=source.limit,
        documents=source.documents,
    )


def _credits(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each name by which a snapshot may credit a source, and the source's slug."""
    for slug, source in settings.sources.items():
        for name in (source.title, *source.aliases):
            if name:
                yield name, slug


def enabled_sources(settings: Settings) -> tuple[str, ...]:
    """The slugs of the sources that are polled, snapshots first.

    A snapshot is read at once, so that feeds have something to show while the
    network is asked.
    """
    local = local_sources(settings)
    enabled = [slug for slug, source in settings.sources.items() if source.enabled]
    return tuple(sorted(enabled, key=lambda slug: slug not in local))


def local_sources(settings: Settings) -> frozenset[str]:
    """The slugs of the sources that are read from disk."""
    return frozenset(
        slug
        for slug, source in settings.sources.items()
        if isinstance(source, SnapshotSource)
    )


def source_names(settings: Settings) -> list[SourceName]:
    """Every configured source as people know it; a feed's home is its site."""
    return [
        SourceName(
            slug=slug,
            title=source.title or slug,
            home=_home(source),
            address=_address(source),
        )
        for slug, source in settings.sources.items()
    ]


def _address(source: SourceSettings) -> str | None:
    if isinstance(source, SnapshotSource):
        return None
    return without_credentials(source.url)


def _home(source: SourceSettings) -> str | None:
    if source.home or isinstance(source, SnapshotSource):
        return source.home
    parts = urlsplit(without_credentials(source.url))
    return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))


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
            publisher_names=[name for name, _ in _credits(settings)],
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
        limits=HostLimits(fetch, monotonic=time.monotonic, sleep=asyncio.sleep),
        hosts=HostBook(fetch, clock=clock),
        executor=executor,
        clock=clock,
        robots=RobotsFiles(fetch.robots),
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
        build_sources(settings),
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
