"""What the page of a search says: what was found with its hits, or what is wrong.

Decides from what was asked and found; the template lays it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publish.web.wording import say_count, say_date, say_language, text_direction
from store.article import FoundArticle, FoundArticles, Order, Passage

LONGEST_QUERY = 1_000
MOST_FOUND = 50
LOOKED_AT = 2_000
"""So many articles that may match are decided for one search, the newest."""

_NEAR = 40  # characters on each side of a mistake


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage, marked where it is what was looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundView:
    """An article that was found; `passage` is empty where there is no text."""

    number: int
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    source: str
    date: str
    language: str | None
    language_tag: str | None
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeView:
    """What is wrong with an expression; `near` is what stands around the column.

    `sign` is what stands at it, "" at the end.
    """

    message: str
    column: int
    before: str
    sign: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The page of a search; before one, `found` and `mistake` are None."""

    query: str
    order: Order
    outcome: str
    found: tuple[FoundView, ...] | None = None
    mistake: MistakeView | None = None


def describe_blank(order: Order) -> SearchView:
    """The page before anything was asked."""
    return SearchView(query="", order=order, outcome="")


def describe_found(query: str, order: Order, found: FoundArticles) -> SearchView:
    """The page of what was found."""
    return SearchView(
        query=query,
        order=order,
        outcome=_say_outcome(found),
        found=tuple(map(_describe, found.articles)),
    )


def describe_mistake(
    query: str, order: Order, *, message: str, column: int
) -> SearchView:
    """The page of an expression that cannot be read."""
    at = column - 1
    return SearchView(
        query=query[:LONGEST_QUERY],
        order=order,
        outcome=f"A mistake at column {column:,}",
        mistake=MistakeView(
            message=message,
            column=column,
            before=query[max(at - _NEAR, 0) : at],
            sign=query[at : at + 1],
            after=query[at + 1 : at + 1 + _NEAR],
        ),
    )


def _say_outcome(found: FoundArticles) -> str:
    count = len(found.articles)
    if not found.is_whole:
        return (
            f"{say_count(count, 'article')} among the newest {LOOKED_AT:,} that may "
            "match: narrow the search to see older ones"
        )
    if count == MOST_FOUND:
        return f"The first {MOST_FOUND} articles"
    return say_count(count, "article") if count else "No article matches"


def _describe(one: FoundArticle) -> FoundView:
    article = one.article
    return FoundView(
        number=article.id,
        title=tuple(_pieces(one.title)),
        passage=tuple(_pieces(one.passage)),
        source=article.origin_title,
        date=say_date(
            article.published_at,
            article.published_precision,
            first_seen_at=article.first_seen_at,
        ),
        language=say_language(article.language) if article.language else None,
        language_tag=article.language,
        direction=text_direction(article.language),
    )


def _pieces(passage: Passage) -> Iterator[Piece]:
    """The passage cut at the borders of its hits; no piece is empty."""
    done = 0
    for start, end in passage.hits:
        if start > done:
            yield Piece(passage.text[done:start], is_hit=False)
        yield Piece(passage.text[start:end], is_hit=True)
        done = end
    if done < len(passage.text):
        yield Piece(passage.text[done:], is_hit=False)
