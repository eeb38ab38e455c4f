"""How far back the words of a relative date count: 2 hours and 5 minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from ingest.normalise.dates.relative_words import (
    ARABIC_PAIRS,
    BEGINS,
    COUNTS,
    ENDS,
    JUST_NOW,
    LEADS,
    SAYS_NOTHING,
    UNITS,
    Unit,
)

Distance: TypeAlias = tuple[tuple[int, Unit], ...]
"""So many of each unit, in the order of the words."""

NO_DISTANCE: Distance = ((0, Unit.SECOND),)
_LONGEST_COUNT = 3  # digits


@dataclass(slots=True)
class _Count:
    """What the words have counted so far, and a number that awaits its unit."""

    spans: list[tuple[int, Unit]] = field(default_factory=list)
    number: int | None = None

    def take(self, word: str) -> bool:
        """Whether the word is understood behind those before it."""
        if word in ARABIC_PAIRS:
            self.spans.append((2, ARABIC_PAIRS[word]))
        elif word in UNITS and (self.number is not None or not word.isascii()):
            self.spans.append((1 if self.number is None else self.number, UNITS[word]))
            self.number = None
        elif (number := _number(word)) is not None and self.number is None:
            self.number = number
        else:
            return word in SAYS_NOTHING
        return True

    def distance(self) -> Distance | None:
        """What was counted; None where a number lacks its unit."""
        if self.number is not None and self.spans:
            if self.spans[-1][1] is Unit.HOUR:  # "1h30"
                self.spans.append((self.number, Unit.MINUTE))
            elif self.number != 1:  # يوم واحد: one day
                return None
        return tuple(self.spans) or None


def distance_back(words: list[str]) -> Distance | None:
    """How far back the folded words count; None where they do not count back."""
    while words and words[0] in LEADS:
        words = words[1:]
    if " ".join(words) in JUST_NOW:
        return NO_DISTANCE
    counted = _what_is_counted(words)
    if counted is None:
        return None
    count = _Count()
    return count.distance() if all(count.take(word) for word in counted) else None


def _what_is_counted(words: list[str]) -> list[str] | None:
    """The words without those that say that they count back; None without these."""
    for begin in BEGINS:
        if tuple(words[: len(begin)]) == begin:
            return words[len(begin) :]
    for end in ENDS:
        if tuple(words[-len(end) :]) == end:
            return words[: -len(end)]
    return None


def _number(word: str) -> int | None:
    if word.isdecimal() and len(word) <= _LONGEST_COUNT:
        return int(word)
    return COUNTS.get(word)
