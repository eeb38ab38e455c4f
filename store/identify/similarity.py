"""How alike two articles are, from 0 to 1: the words they share, weighed by rarity.

Judges two gists and what is known of the terms of stored articles; whether articles
tell one story is decided by `stories`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from store.identify.gist import Gist

Rarity: TypeAlias = Callable[[str], float]
"""How much it says that two articles share this term: greater than zero."""

# Chosen by cross-validation on English, French and Arabic pairs at once, see
# docs/decisions/0015; the figures hardly change when each is doubled or halved.
_OF_WORDS, _OF_HEADLINES, _OF_NUMBERS = 1.0, 0.5, 0.2
_STEEPNESS = 2  # rare terms, names above all, count more than their logarithm


class TermCounts:
    """In how many of the articles seen so far each term stands."""

    def __init__(self) -> None:
        self._articles = 0
        self._counts: Counter[str] = Counter()

    def add(self, terms: Collection[str]) -> None:
        """See an article with these terms, each given once."""
        self._articles += 1
        self._counts.update(terms)

    def remove(self, terms: Collection[str]) -> None:
        """Forget an article that was seen."""
        self._articles -= 1
        for term in terms:
            self._counts[term] -= 1
            if not self._counts[term]:
                del self._counts[term]

    def rarity(self, term: str) -> float:
        """The logarithm of how few articles have the term.

        Smoothed so far that among the first articles ever no term counts for much more
        than another.
        """
        return math.log((self._articles + 20) / (self._counts.get(term, 0) + 2))


def similarity(one: Gist, other: Gist, rarity: Rarity) -> float:
    """How alike two articles are: 0 for no telling word in common, 1 with itself.

    A mean of three: the cosine of all words, how much of each headline the other
    article says, and, where both have numbers, how many of these they share. An
    article without a telling word is like no other.
    """
    parts = [
        (_OF_WORDS, _cosine(one.counts, other.counts, rarity)),
        (_OF_HEADLINES, _headlines(one, other, rarity)),
        (_OF_NUMBERS, _numbers(one, other, rarity)),
    ]
    judged = [(weight, part) for weight, part in parts if part is not None]
    whole = math.fsum(weight for weight, _ in judged)
    return min(math.fsum(weight * part for weight, part in judged) / whole, 1.0)


def _cosine(one: Mapping[str, int], other: Mapping[str, int], rarity: Rarity) -> float:
    weights = {term: rarity(term) ** _STEEPNESS for term in {*one, *other}}
    lengths = _length(one, weights) * _length(other, weights)
    shared = math.fsum(
        count * other[term] * weights[term] ** 2
        for term, count in one.items()
        if term in other
    )
    return shared / lengths if lengths else 0.0


def _length(counts: Mapping[str, int], weights: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum((n * weights[term]) ** 2 for term, n in counts.items()))


def _headlines(one: Gist, other: Gist, rarity: Rarity) -> float | None:
    """How much of each headline the other article says; None where one has none."""
    if not one.titled or not other.titled:
        return None
    ours = _weight(one.titled & other.counts.keys(), rarity)
    theirs = _weight(other.titled & one.counts.keys(), rarity)
    lengths = _weight(one.titled, rarity) * _weight(other.titled, rarity)
    return math.sqrt(ours * theirs / lengths)


def _numbers(one: Gist, other: Gist, rarity: Rarity) -> float | None:
    """How many of their numbers the two share; None where one has none."""
    if not one.numbers or not other.numbers:
        return None

    def squared(term: str) -> float:
        return rarity(term) ** 2

    lengths = _weight(one.numbers, squared) * _weight(other.numbers, squared)
    return _weight(one.numbers & other.numbers, squared) / math.sqrt(lengths)


def _weight(terms: Collection[str], rarity: Rarity) -> float:
    # fsum, here and above: the same to the last bit in whichever order terms come.
    return math.fsum(map(rarity, terms))
