"""Between the configuration and the world's lists: what is known, what would be new.

Only carries values over; which address is whose is `ingest.lists`' to say, how a
source is written down is `config.new_source`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from config.load import LoadedSettings
from config.new_source import NewSource, Value, choose_slugs
from config.settings import (
    Settings,
)
from config.source_settings import (
    FeedSource,
    SnapshotSource,
    SourceSettings,
)
from ingest.found_feed import FoundFeed
from ingest.lists.known import KnownAddresses
from ingest.lists.listed import LONGEST_TITLE, ListedSource
from ingest.source import PageSelectors
from rekkas.report import without_credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the operator says of a new source; None leaves it to what was found."""

    slug: str | None = None
    title: str | None = None
    language: str | None = None
    country: str | None = None


NO_WISHES = Wishes()


def known_addresses(settings: Settings) -> KnownAddresses:
    """Every address of the configured sources, those switched off included."""
    return KnownAddresses(
        {slug: tuple(_addresses(source)) for slug, source in settings.sources.items()}
    )


def _addresses(source: SourceSettings) -> Iterator[str]:
    if not isinstance(source, SnapshotSource):
        yield source.url
    if isinstance(source, FeedSource):
        yield from source.candidates


def name_known(slug: str, settings: Settings) -> str:
    """What to tell who would add a source that is configured already."""
    told = f"the source {slug} has this address already"
    if settings.sources[slug].enabled:
        return told
    return (
        f"{told}, but is switched off: write `{slug}: {{enabled: true}}` under "
        "`sources:` to have it polled"
    )


def source_of_feed(
    feed: FoundFeed, settings: Settings, wishes: Wishes = NO_WISHES
) -> NewSource:
    """The source that a found feed would be."""
    title = (wishes.title or feed.title or "")[:LONGEST_TITLE]
    (slug,) = choose_slugs([(title, feed.url)], settings.sources)
    return NewSource(
        slug=wishes.slug or slug,
        keys=_given(
            title=title,
            url=feed.url,
            home=feed.home,
            language=wishes.language or feed.language,
            country=wishes.country,
        ),
    )


def source_of_page(url: str, selectors: PageSelectors, settings: Settings) -> NewSource:
    """The source that a page without a feed would be."""
    return _without_feed(
        settings, kind="page", url=url, selectors=_given(**asdict(selectors))
    )


def source_of_sitemap(url: str, settings: Settings) -> NewSource:
    """The source that a sitemap would be."""
    return _without_feed(settings, kind="sitemap", url=url)


def _without_feed(settings: Settings, *, url: str, **keys: Value) -> NewSource:
    (slug,) = choose_slugs([(None, url)], settings.sources)
    return NewSource(slug=slug, keys={"url": url, **keys})


def sources_of_list(
    listed: Sequence[ListedSource], settings: Settings
) -> tuple[NewSource, ...]:
    """The sources that these of a list would be, each with a slug of its own."""
    names = [(source.title, source.url) for source in listed]
    slugs = choose_slugs(names, settings.sources)
    return tuple(
        NewSource(
            slug=slug,
            keys=_given(
                title=source.title,
                url=source.url,
                home=source.home,
                language=source.language,
                categories=source.categories,
            ),
        )
        for slug, source in zip(slugs, listed, strict=True)
    )


def listed_sources(
    loaded: LoadedSettings, slugs: Iterable[str]
) -> Iterator[ListedSource]:
    """The feeds of these slugs as a list names them, without any password.

    A source whose address the environment fills in is not among them.
    """
    sources = loaded.settings.sources
    for slug in slugs:
        source = sources[slug]
        if isinstance(source, FeedSource) and not holds_secret(loaded, slug):
            yield ListedSource(
                title=source.title or slug,
                url=without_credentials(source.url),
                home=source.home and without_credentials(source.home),
                language=source.language,
                categories=source.categories,
            )


def holds_secret(loaded: LoadedSettings, slug: str) -> bool:
    """Whether an address of the source has a value of the environment in it."""
    paths = (("sources", slug, key) for key in ("url", "home"))
    return not loaded.from_environment.isdisjoint(paths)


def _given(**keys: Value | None) -> Mapping[str, Value]:
    """The keys that have something to say."""
    return {key: value for key, value in keys.items() if value}
