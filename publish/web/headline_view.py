"""How lists of articles show one: its title, source, date and language, for people.

Decides from a headline of the store; templates lay it out.
"""

from __future__ import annotations

from dataclasses import dataclass

from publish.web.wording import say_date, say_language, text_direction
from store.article import Headline


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineView:
    """An article of a list, its language for people and for browsers."""

    number: int
    title: str
    source: str
    source_slug: str
    date: str
    language: str | None
    language_tag: str | None
    direction: str


def describe_headline(headline: Headline) -> HeadlineView:
    """What a list says of an article."""
    return HeadlineView(
        number=headline.id,
        title=headline.title,
        source=headline.origin_title,
        source_slug=headline.origin,
        date=say_date(
            headline.published_at,
            headline.published_precision,
            first_seen_at=headline.first_seen_at,
        ),
        language=say_language(headline.language) if headline.language else None,
        language_tag=headline.language,
        direction=text_direction(headline.language),
    )
