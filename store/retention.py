"""How long articles are kept, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRule:
    """Limits, None for none: by age, by number, and for the text alone by age."""

    age: timedelta | None = None
    count: int | None = None
    content: timedelta | None = None


FOR_EVER = KeepRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Who keeps articles for how long.

    A source's articles are kept by its rule in `sources`, else by the `shared` one. A
    topic in `topics` keeps what it shows by a rule of its own, even where the source
    would not. What topics in `archived` show stays until a page of the archive has it.
    """

    shared: KeepRule = FOR_EVER
    sources: Mapping[str, KeepRule] = field(default_factory=dict)
    topics: Mapping[str, KeepRule] = field(default_factory=dict)
    archived: frozenset[str] = frozenset()

    def rule_of(self, source: str) -> KeepRule:
        """The rule for the articles of a source."""
        return self.sources.get(source, self.shared)

    @property
    def is_for_ever(self) -> bool:
        """Whether nothing ever leaves."""
        rules = (self.shared, *self.sources.values())
        return all(rule == FOR_EVER for rule in rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How many articles left, and how many lost their text alone."""

    articles: int = 0
    texts: int = 0

    def __add__(self, other: Pruned) -> Pruned:
        return Pruned(
            articles=self.articles + other.articles, texts=self.texts + other.texts
        )

    def __bool__(self) -> bool:
        return bool(self.articles or self.texts)
