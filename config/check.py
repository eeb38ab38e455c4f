"""What one key cannot see: whether the parts of a configuration fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from config.errors import ExpressionError
from config.expansion import expand_topics
from config.expression import Expression, Field
from config.expression_parser import each_clause, parse_expression
from config.findings import Finding, KeyPath
from config.settings import Settings
from config.source_settings import SnapshotSource
from config.tag_settings import NameSettings, TagSettings

_SECTION_OF_FIELD = {
    Field.ABOUT: "tags",
    Field.MENTIONS: "tags",
    Field.SOURCE: "sources",
    Field.TOPIC: "topics",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """The names that a configuration gives, whether or not all is well with them.

    None for a section that is no mapping, of whose names nothing can be said.
    """

    sources: frozenset[str] | None
    tags: frozenset[str] | None
    topics: frozenset[str] | None

    def missing(self, section: str, name: str) -> str | None:
        """What to say of a name that `sources`, `tags` or `topics` does not give."""
        sections = {"sources": self.sources, "tags": self.tags, "topics": self.topics}
        names = sections[section]
        if names is None or name in names:
            return None
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"define it under `{section}:`"
        return f"no {section[:-1]} is named {name}, {hint}"


def check_settings(settings: Settings, defined: Defined) -> Iterator[Finding]:
    """What does not fit together: storage, sources, tags, then topics."""
    yield from _check_storage(settings)
    yield from _check_addresses(settings)
    yield from _check_category_tags(settings, defined)
    yield from _check_contexts(settings, defined)
    yield from _check_claims(settings)
    yield from _check_titles(settings)
    yield from _check_preferred(settings, defined)
    yield from _check_expressions(settings, defined)


def _check_storage(settings: Settings) -> Iterator[Finding]:
    if settings.storage.url == "sqlite:///:memory:":
        yield Finding(
            path=("storage", "url"),
            message="articles are kept in a file: write sqlite:/// and its path",
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


def _check_expressions(settings: Settings, defined: Defined) -> Iterator[Finding]:
    expressions: dict[str, Expression] = {}
    for slug, topic in settings.topics.items():
        path = ("topics", slug, "match")
        try:
            expressions[slug] = parse_expression(topic.match)
        except ExpressionError as error:
            yield Finding(
                path=path,
                message=error.message,
                column=error.column,
                quotes_value=True,
            )
        else:
            yield from check_names(expressions[slug], path, defined)
    circles = list(_check_circles(expressions))
    yield from circles
    named = {
        clause.value
        for expression in expressions.values()
        for clause in each_clause(expression)
        if clause.field is Field.TOPIC
    }
    if not circles and named <= expressions.keys():
        yield from _check_expansions(expressions)


def check_names(
    expression: Expression, path: KeyPath, defined: Defined
) -> Iterator[Finding]:
    """Where an expression names a tag, a source or a topic that nobody defined."""
    for clause in each_clause(expression):
        if clause.field not in _SECTION_OF_FIELD:
            continue
        missing = defined.missing(_SECTION_OF_FIELD[clause.field], clause.value)
        if missing is not None:
            yield Finding(
                path=path, message=missing, column=clause.column, quotes_value=True
            )


def _check_expansions(expressions: Mapping[str, Expression]) -> Iterator[Finding]:
    for slug, expression in expressions.items():
        try:
            expand_topics(expression, expressions)
        except ExpressionError as error:
            yield Finding(
                path=("topics", slug, "match"),
                message=error.message,
                column=error.column,
                quotes_value=True,
            )


def _check_circles(expressions: Mapping[str, Expression]) -> Iterator[Finding]:
    """A circle is told once, where its first topic names the next."""
    told: set[str] = set()
    named = {
        slug: [
            (clause.value, clause.column)
            for clause in each_clause(expression)
            if clause.field is Field.TOPIC
        ]
        for slug, expression in expressions.items()
    }
    for slug, steps in named.items():
        for following, column in steps:
            circle = _way(following, slug, named)
            if circle and not told.intersection(circle):
                told.update(circle)
                yield Finding(
                    path=("topics", slug, "match"),
                    message="topics name each other in a circle: "
                    f"{' → '.join((slug, *circle))}",
                    column=column,
                    quotes_value=True,
                )


def _way(
    start: str, goal: str, named: Mapping[str, list[tuple[str, int]]]
) -> tuple[str, ...]:
    """The topics from one to another along what they name; none if there is no way."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        for following, _ in named.get(way[-1], ()):
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
