"""An article -> what tells it from others: the telling terms of its title and text.

The words that every text has are left out, the rest are stems in the article's own
language. What is made of them is decided by `similarity` and `stories`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from store.identify.common_words import common_words
from store.terms import stem, terms

_TEXT_TERMS = 160
"""News is told at the beginning; what stands below belongs to its background."""

_TEXT_CHARACTERS = 3_000
"""Enough for so many terms; a text of a megabyte is not tokenised whole."""

_LEAD_TERMS = 10
"""About the first sentence."""

_SHORTEST_TEXT_IN_TERMS = 20
"""A shorter text is a teaser, and says too little to be compared as a text."""


@dataclass(frozen=True, kw_only=True)
class Gist:
    """What an article says, as terms in their order, a repeated one repeated.

    Without slots, since what follows from the two is worked out once and kept.
    """

    language: str | None
    headline: tuple[str, ...]
    text: tuple[str, ...]

    @property
    def has_text(self) -> bool:
        """Whether there is a text, and not a title or a teaser alone."""
        return len(self.text) >= _SHORTEST_TEXT_IN_TERMS

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each term stands in title and text together."""
        return Counter((*self.headline, *self.text))

    @cached_property
    def titled(self) -> frozenset[str]:
        """The terms of the title."""
        return frozenset(self.headline)

    @property
    def lead(self) -> tuple[str, ...]:
        """The terms of the text's first sentence."""
        return self.text[:_LEAD_TERMS]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in title and text."""
        return frozenset(term for term in self.counts if term.isdigit())


def gist_of(title: str, text: str, language: str | None) -> Gist:
    """What an article with this title and plain text says.

    A text that begins with the title, as many do, is taken from behind it.
    """
    body = text[: len(title) + _TEXT_CHARACTERS].strip()
    if title:
        body = body.removeprefix(title.strip())
    return Gist(
        language=language,
        headline=tuple(_telling_terms(title[:_TEXT_CHARACTERS], language)),
        text=tuple(_telling_terms(body, language))[:_TEXT_TERMS],
    )


def _telling_terms(text: str, language: str | None) -> Iterator[str]:
    """The stems of the words that not every text has; one letter is no word."""
    common = common_words(language)
    for term in terms(text):
        if (len(term) > 1 or term.isdigit()) and term not in common:
            yield stem(term, language)
