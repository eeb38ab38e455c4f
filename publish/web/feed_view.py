"""What the page of a feed says besides its items: how else it can be narrowed.

Decides from the parts of a topic; the template lays it out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from config.values import SLUG_PATTERN
from publish.web.wording import say_language
from store.article import EVERYTHING, TopicFilter, TopicPart

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SLUG = re.compile(SLUG_PATTERN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A language or a source to narrow by; chosen again it is undone.

    `query` begins with "?" or is "".
    """

    label: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterView:
    """The ways to narrow a topic, the largest part first, and what is chosen.

    `chosen` says in words what the page is narrowed to, "" where it is whole.
    """

    languages: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    chosen: str


def describe_filter(
    parts: Sequence[TopicPart], only: TopicFilter, *, held: str = ""
) -> FilterView:
    """The filters of a topic; each keeps what the other one chose.

    And each keeps the query that is `held`, "" or one that begins with "?".
    """
    languages: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for part in parts:
        if part.language and only.origin in (None, part.origin):
            languages[part.language] += part.count
        if only.language in (None, part.language):
            sources[part.origin] += part.count
    titles = {part.origin: part.origin_title for part in parts}
    return FilterView(
        languages=tuple(
            Choice(
                label=say_language(code),
                count=count,
                query=_together(
                    held, _toggled(only, replace(only, language=code), language=None)
                ),
                is_chosen=only.language == code,
            )
            for code, count in languages.most_common()
        ),
        sources=tuple(
            Choice(
                label=titles[slug],
                count=count,
                query=_together(
                    held, _toggled(only, replace(only, origin=slug), origin=None)
                ),
                is_chosen=only.origin == slug,
            )
            for slug, count in sources.most_common()
        ),
        chosen=_say_chosen(only, titles),
    )


def _toggled(only: TopicFilter, to: TopicFilter, **undone: None) -> str:
    """The query of a choice; what is chosen already is undone by choosing it."""
    return query_of(replace(only, **undone) if only == to else to)


def _together(held: str, query: str) -> str:
    """Two queries as one; each begins with "?" or is ""."""
    return f"{held}&{query[1:]}" if held and query else held or query


def query_of(only: TopicFilter) -> str:
    """The query that asks for a part of a topic."""
    named = {"lang": only.language, "source": only.origin}
    wanted = {name: value for name, value in named.items() if value}
    return f"?{urlencode(wanted)}" if wanted else ""


def read_filter(query: Mapping[str, str]) -> TopicFilter | None:
    """The part of a topic that a query asks for; None where no part can be meant."""
    language, origin = query.get("lang") or None, query.get("source") or None
    if language is not None and not _LANGUAGE.fullmatch(language):
        return None
    if origin is not None and not _SLUG.fullmatch(origin):
        return None
    return TopicFilter(language=language, origin=origin)


def _say_chosen(only: TopicFilter, titles: Mapping[str, str]) -> str:
    if only == EVERYTHING:
        return ""
    language = f"in {say_language(only.language)}" if only.language else ""
    origin = f"from {titles.get(only.origin, only.origin)}" if only.origin else ""
    return " ".join(filter(None, (language, origin)))
