"""How alike two texts are, and a sketch of each by which the alike find each other.

A text is the set of its shingles, the runs of three normalised words. The sketch holds
the few shingles with the smallest hashes: what they are is chance, but the same chance
for every text, so that a text and a part of it choose the same ones. Knows no article
and no source; which of two copies is the original is decided by `originals`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from store.terms import parted_terms

SHORTEST_COPY_IN_WORDS = 30
"""Texts shorter than this are too alike by nature ("More soon") to be called copies."""

_OF_THE_WHOLE = 24
_OF_THE_LEAD = 8
_LEAD_IN_SHINGLES = 64
SKETCH_SIZE = _OF_THE_WHOLE + _OF_THE_LEAD
"""Values a text is found by, at most. A copy of a third of an article with one word in
twenty misspelt shares 13 of them on average; those of the lead find an excerpt of a
tenth."""

_SHINGLES_OF_A_WORD = 3
_LEAST_BODY = 2 / 3

_Hashes = NDArray[np.uint64]
_FIRST, _SECOND, _THIRD = (
    np.uint64(odd)
    for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
_HALF = np.uint64(32)
_KEPT_BITS = np.uint64(64 - 48)  # SQLite keeps such numbers in six bytes


@dataclass(frozen=True)
class Wording:
    """The normalised words of a text, and its shingles as hashes in their order.

    Has fewer than `SHORTEST_COPY_IN_WORDS` words where `is_short`: nothing is a copy
    of that. No slots, for what is worked out at the first need and kept.
    """

    words: tuple[bytes, ...]

    @property
    def is_short(self) -> bool:
        """Whether the text is too short for a copy of it to tell anything."""
        return len(self.words) < SHORTEST_COPY_IN_WORDS

    @cached_property
    def shingles(self) -> list[int]:
        """The hash of each run of three words, in the order of the text."""
        shingles: list[int] = self._runs.tolist()
        return shingles

    @cached_property
    def distinct(self) -> frozenset[int]:
        """The same, each once."""
        return frozenset(self.shingles)

    @cached_property
    def sketch(self) -> frozenset[int]:
        """The values by which copies are looked up; none for a short text."""
        if self.is_short:
            return frozenset()
        return frozenset(
            _smallest(self._runs, _OF_THE_WHOLE)
            + _smallest(self._runs[:_LEAD_IN_SHINGLES], _OF_THE_LEAD)
        )

    @cached_property
    def shapes(self) -> list[int]:
        """The shingles, with every number like every other."""
        hashes = np.where(self._numbers, np.uint64(0), self._hashes)
        shapes: list[int] = _shingles(hashes).tolist()
        return shapes

    @cached_property
    def numbered(self) -> list[int]:
        """The places of the shingles in which there is a number."""
        numbers = self._numbers
        places = np.flatnonzero(numbers[:-2] | numbers[1:-1] | numbers[2:])
        numbered: list[int] = places.tolist()
        return numbered

    @cached_property
    def _runs(self) -> _Hashes:
        return _shingles(self._hashes)

    @cached_property
    def _numbers(self) -> NDArray[np.bool_]:
        return np.fromiter(map(bytes.isdigit, self.words), np.bool_, len(self.words))

    @cached_property
    def _hashes(self) -> _Hashes:
        return np.fromiter(map(crc32, self.words), np.uint64, len(self.words))


def read_wording(text: str) -> Wording:
    """The text as it is compared: case, accents and punctuation do not count."""
    return Wording(tuple(parted_terms(text).encode().split()))


def _shingles(words: _Hashes) -> _Hashes:
    """Mixed well enough that the smallest are a fair choice; 48 bits each."""
    runs = words[:-2] * _FIRST + words[1:-1] * _SECOND + words[2:] * _THIRD
    runs ^= runs >> _HALF
    runs *= _FIRST
    kept: _Hashes = runs >> _KEPT_BITS
    return kept


def _smallest(shingles: _Hashes, count: int) -> list[int]:
    smallest: list[int] = np.partition(shingles, count)[:count].tolist()
    return smallest


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two texts are, each a share from 0 to 1.

    `jaccard` is what they have in common of all that either says, `containment` what
    the longer has of the shorter: lines that were put before and behind do not count
    where they are less than a third of it. `size` is how long the shorter is beside
    the longer. `numbers` is how many of the shorter's numbers are the same where the
    words around them are: templates (the weather, exchange rates) differ in little
    else. One number may differ.
    """

    jaccard: float
    containment: float
    size: float
    numbers: float


def compare(one: Wording, other: Wording) -> Likeness:
    """How alike two texts are, whichever is named first."""
    shorter, longer = sorted((one, other), key=lambda each: len(each.words))
    sides = [(shorter, longer)]
    if len(shorter.words) == len(longer.words):
        sides.append((longer, shorter))
    shared = len(one.distinct & other.distinct)
    said = len(one.distinct) + len(other.distinct) - shared
    return Likeness(
        jaccard=shared / max(said, 1),
        containment=max(_contained(*side) for side in sides),
        size=len(shorter.words) / max(len(longer.words), 1),
        numbers=min(_numbers_kept(*side) for side in sides),
    )


def _contained(shorter: Wording, longer: Wording) -> float:
    """The share of the shorter's shingles, or of its body's, that the longer has."""
    shared = [one in longer.distinct for one in shorter.shingles]
    if not any(shared):
        return 0.0
    start, behind = shared.index(True), shared[::-1].index(True)
    body = len(shared) - behind - start
    is_most = body >= _LEAST_BODY * len(shared)
    return sum(shared) / (body if is_most else len(shared))


def _numbers_kept(shorter: Wording, longer: Wording) -> float:
    """Of the shingles that are shared but for a number, how many are the same."""
    if not shorter.numbered:
        return 1.0
    shapes = frozenset(longer.shapes)
    places = [place for place in shorter.numbered if shorter.shapes[place] in shapes]
    same = sum(shorter.shingles[place] in longer.distinct for place in places)
    return min((same + _SHINGLES_OF_A_WORD) / max(len(places), 1), 1.0)
