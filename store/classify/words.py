"""The terms of one text, ready for many questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from store.terms import STEMMED_LANGUAGES, arabic_variants, is_arabic, stem, terms


@dataclass(frozen=True)
class Words:
    """A text as its terms, with the places and stems of each; places count from 0.

    `positions` knows each term also without its Arabic clitics. What few questions
    need is read when it is first asked for, so there are no slots.
    """

    sequence: tuple[str, ...]
    language: str | None

    @classmethod
    def of(cls, text: str, language: str | None) -> Words:
        """The words of a text in a language, None where nobody knows it."""
        return cls(terms(text), language)

    @cached_property
    def positions(self) -> Mapping[str, Sequence[int]]:
        """Where each term stands, and what it is without its clitics."""
        positions: dict[str, list[int]] = defaultdict(list)
        for position, term in enumerate(self.sequence):
            if is_arabic(term):
                for form in arabic_variants(term):
                    positions[form].append(position)
            else:
                positions[term].append(position)
        return dict(positions)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the terms have in common with their inflections."""
        return frozenset(stem(term, self.language) for term in self.positions)

    @property
    def forms(self) -> frozenset[str]:
        """Every form by which one of the words could be looked for."""
        return self.stems.union(self.positions)

    def has_phrase(self, phrase: Sequence[str], *, is_open: bool = False) -> bool:
        """Whether the terms follow each other; an open phrase ends in a prefix."""
        return bool(self.find_phrase(phrase, is_open=is_open))

    def find_phrase(
        self, phrase: Sequence[str], *, is_open: bool = False
    ) -> tuple[int, ...]:
        """Where the phrase begins, in the order of the text."""
        if len(phrase) < 2:
            found = {at for term in phrase for at in self._find(term, is_open=is_open)}
            return tuple(sorted(found))
        return tuple(
            at
            for at in self.positions.get(phrase[0], ())
            if self._goes_on(at + 1, phrase[1:], is_open=is_open)
        )

    def find_stem(self, wanted: str) -> tuple[int, ...]:
        """Where a term stands that has this stem, in the order of the text."""
        found = {
            at
            for term, places in self.positions.items()
            if stem(term, self.language) == wanted
            for at in places
        }
        return tuple(sorted(found))

    def _find(self, term: str, *, is_open: bool) -> list[int]:
        if not is_open:
            return list(self.positions.get(term, ()))
        return [
            at
            for known, places in self.positions.items()
            if known.startswith(term)
            for at in places
        ]

    def _goes_on(self, start: int, rest: Sequence[str], *, is_open: bool) -> bool:
        *inner, last = rest
        end = start + len(inner)
        if self.sequence[start:end] != tuple(inner):
            return False
        found = self.sequence[end : end + 1]
        return found == (last,) or bool(is_open and found and found[0].startswith(last))


def forms_to_find(value: str, *, inflected: bool) -> tuple[tuple[str, ...], ...]:
    """For each term of a value, the forms of which a text that has it shows one.

    An inflected value is one word, looked for by its stem. A text's language is not
    known here, so the stems of every language count.
    """
    wanted = terms(value)
    if inflected and len(wanted) == 1:
        stems = (stem(wanted[0], code) for code in STEMMED_LANGUAGES)
        return (tuple(dict.fromkeys((wanted[0], *stems))),)
    return tuple((term,) for term in wanted)
