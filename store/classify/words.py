"""The terms of one text, ready for many questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.terms import STEMMED_LANGUAGES, arabic_variants, stem, terms


@dataclass(frozen=True, slots=True)
class Words:
    """A text as its terms, with the places and stems of each; places count from 0.

    `positions` knows each term also without its Arabic clitics.
    """

    sequence: tuple[str, ...]
    positions: Mapping[str, Sequence[int]]
    stems: frozenset[str]

    @classmethod
    def of(cls, text: str, language: str | None) -> Words:
        """The words of a text in a language, None where nobody knows it."""
        sequence = terms(text)
        positions: dict[str, list[int]] = defaultdict(list)
        for position, term in enumerate(sequence):
            for form in arabic_variants(term):
                positions[form].append(position)
        stems = frozenset(stem(term, language) for term in positions)
        return cls(sequence, dict(positions), stems)

    @property
    def forms(self) -> frozenset[str]:
        """Every form by which one of the words could be looked for."""
        return self.stems.union(self.positions)

    def has_phrase(self, phrase: Sequence[str], *, is_open: bool = False) -> bool:
        """Whether the terms follow each other; an open phrase ends in a prefix."""
        if len(phrase) < 2:
            return any(self._has(term, is_open=is_open) for term in phrase)
        first, *inner, last = phrase
        for position in self.positions.get(first, ()):
            end = position + len(phrase) - 1
            if self.sequence[position + 1 : end] != tuple(inner):
                continue
            found = self.sequence[end : end + 1]
            if found == (last,) or (is_open and found and found[0].startswith(last)):
                return True
        return False

    def _has(self, term: str, *, is_open: bool) -> bool:
        if not is_open:
            return term in self.positions
        return any(known.startswith(term) for known in self.positions)


def forms_to_find(value: str) -> tuple[tuple[str, ...], ...]:
    """For each term of a value, the forms of which a text that has it shows one.

    A text's language is not known here, so the stems of every language count.
    """
    return tuple(
        tuple(dict.fromkeys((term, *(stem(term, code) for code in STEMMED_LANGUAGES))))
        for term in terms(value)
    )
