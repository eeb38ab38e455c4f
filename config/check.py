"""What one key cannot see: whether the parts of a configuration fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.check_expressions import check_expressions
from config.defined import Defined
from config.findings import Finding, KeyPath
from config.settings import Settings
from config.source_settings import SnapshotSource
from config.tag_settings import NameSettings, TagSettings


def check_settings(settings: Settings, defined: Defined) -> Iterator[Finding]:
    """What does not fit together: storage, sources, tags, then topics."""
    yield from _check_storage(settings)
    yield from _check_callback(settings)
    yield from _check_addresses(settings)
    yield from _check_category_tags(settings, defined)
    yield from _check_contexts(settings, defined)
    yield from _check_claims(settings)
    yield from _check_titles(settings)
    yield from _check_preferred(settings, defined)
    yield from _check_former_names(settings)
    yield from check_expressions(settings, defined)


def _check_storage(settings: Settings) -> Iterator[Finding]:
    if settings.storage.url == "sqlite:///:memory:":
        yield Finding(
            path=("storage", "url"),
            message="articles are kept in a file: write sqlite:/// and its path",
        )


def _check_callback(settings: Settings) -> Iterator[Finding]:
    """Hubs call us at the public address, which only the operator knows."""
    if settings.websub.subscribe and settings.server.base_url is None:
        yield Finding(
            path=("websub", "subscribe"),
            message="hubs of sources call us at our public address: write it as "
            "server.base_url",
        )


def _check_addresses(settings: Settings) -> Iterator[Finding]:
    """Two sources at one address would poll its host twice for the same entries."""
    first: dict[str, str] = {}
    for slug, source in settings.sources.items():
        if isinstance(source, SnapshotSource) or not source.enabled:
            continue
        other = first.setdefault(source.url, slug)
        if other != slug:
            yield Finding(
                path=("sources", slug, "url"),
                message=f"the source {other} polls this address too: take one of them "
                "away, or write `enabled: false` for it",
            )


def _check_category_tags(settings: Settings, defined: Defined) -> Iterator[Finding]:
    for slug, source in settings.sources.items():
        for category, tag in source.category_tags.items():
            missing = defined.missing("tags", tag)
            if missing is not None:
                yield Finding(
                    path=("sources", slug, "category_tags", category),
                    message=missing,
                    quotes_value=True,
                )


def _check_contexts(settings: Settings, defined: Defined) -> Iterator[Finding]:
    for path, _, tag, name in _each_name(settings):
        if name.near == "region":
            if tag.region is None:
                yield Finding(
                    path=(*path, "near"),
                    message="this tag has no region: add `region:` to it, or list the "
                    "tags here",
                )
            continue
        for at, slug in enumerate(name.near):
            missing = defined.missing("tags", slug)
            if missing is not None:
                yield Finding(
                    path=(*path, "near", at), message=missing, quotes_value=True
                )


def _check_claims(settings: Settings) -> Iterator[Finding]:
    """A name means one tag, unless what stands near it decides.

    Exact names that are written differently are different names.
    """
    firm = [found for found in _each_name(settings) if not found[3].near]
    first: dict[tuple[str, str], tuple[str, NameSettings]] = {}
    for path, slug, _, name in firm:
        language = str(path[3])
        other, claimed = first.setdefault(
            (language, name.name.casefold()), (slug, name)
        )
        is_apart = name.exact and claimed.exact and name.name != claimed.name
        if other != slug and not is_apart:
            yield Finding(
                path=path,
                message=f"{name.name} is a name of the tag {other} too: take one away, "
                "or say with `near:` beside which tags it counts",
                quotes_value=True,
            )


def _each_name(
    settings: Settings,
) -> Iterator[tuple[KeyPath, str, TagSettings, NameSettings]]:
    """Every name of the vocabulary: its key, its tag's slug, its tag, the name."""
    for slug, tag in settings.tags.items():
        for language, names in tag.names.items():
            for at, name in enumerate(names):
                yield ("tags", slug, "names", language, at), slug, tag, name


def _check_titles(settings: Settings) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for slug, topic in settings.topics.items():
        other = first.setdefault(topic.title.casefold(), slug)
        if other != slug:
            yield Finding(
                path=("topics", slug, "title"),
                message=f"the topic {other} has this title too: give each its own, so "
                "that subscribers can tell them apart",
            )


def _check_preferred(settings: Settings, defined: Defined) -> Iterator[Finding]:
    yield from _unknown_sources(
        ("duplicates", "prefer"), settings.duplicates.prefer, defined
    )
    for slug, topic in settings.topics.items():
        yield from _unknown_sources(("topics", slug, "prefer"), topic.prefer, defined)


def _unknown_sources(
    path: KeyPath, slugs: Sequence[str], defined: Defined
) -> Iterator[Finding]:
    for at, slug in enumerate(slugs):
        missing = defined.missing("sources", slug)
        if missing is not None:
            yield Finding(path=(*path, at), message=missing, quotes_value=True)


def _check_former_names(settings: Settings) -> Iterator[Finding]:
    """A former name leads to one topic, and is the name of none."""
    claims: dict[str, str] = {}
    for slug, topic in settings.topics.items():
        for at, name in enumerate(topic.formerly):
            claimed = claims.setdefault(name, slug)
            message = None
            if name in settings.topics:
                message = f"{name} is a topic now: take it out here, or rename that one"
            elif claimed != slug:
                message = f"the topic {claimed} was named {name} too: say so of one"
            if message is not None:
                yield Finding(
                    path=("topics", slug, "formerly", at),
                    message=message,
                    quotes_value=True,
                )
