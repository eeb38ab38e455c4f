"""The terms of one text, ready for many questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from store.terms import STEMMED_LANGUAGES, arabic_variants, is_arabic, stem, terms

_FIRST_ARABIC_LETTER = "ء"


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
        known = self._known if self._is_plain else self.positions
        return frozenset(stem(term, self.language) for term in known)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.sequence)

    @cached_property
    def _is_plain(self) -> bool:
        """Whether no term can be in Arabic letters, and so none has clitics.

        A text is then asked as it is: to note where each of its terms stands takes
        longer than the few questions of a search.
        """
        return max(self.sequence, default="") < _FIRST_ARABIC_LETTER

    @property
    def forms(self) -> frozenset[str]:
        """Every form by which one of the words could be looked for."""
        return self.stems.union(self.positions)

    def has_phrase(self, phrase: Sequence[str], *, is_open: bool = False) -> bool:
        """Whether the terms follow each other; an open phrase ends in a prefix."""
        if len(phrase) == 1 and self._is_plain and not is_open:
            return phrase[0] in self._known
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
            for at in self._places(phrase[0])
            if self._goes_on(at + 1, phrase[1:], is_open=is_open)
        )

    def has_stem(self, wanted: str) -> bool:
        """Whether one of the terms has this stem."""
        if self._is_plain:
            return wanted in self._stems_from(wanted[:1])
        return wanted in self.stems

    def find_stem(self, wanted: str) -> tuple[int, ...]:
        """Where a term stands that has this stem, in the order of the text."""
        if self._is_plain:
            return tuple(self._stems_from(wanted[:1]).get(wanted, ()))
        found = {
            at
            for term, places in self.positions.items()
            if stem(term, self.language) == wanted
            for at in places
        }
        return tuple(sorted(found))

    def _stems_from(self, initial: str) -> Mapping[str, Sequence[int]]:
        """The stems that begin with a letter, and where; no stem changes its first."""
        if initial not in self._stems_by_initial:
            places: dict[str, list[int]] = defaultdict(list)
            for at, term in enumerate(self.sequence):
                if term[0] == initial:
                    places[stem(term, self.language)].append(at)
            self._stems_by_initial[initial] = dict(places)
        return self._stems_by_initial[initial]

    @cached_property
    def _stems_by_initial(self) -> dict[str, Mapping[str, Sequence[int]]]:
        return {}

    def _places(self, term: str) -> Sequence[int]:
        if not self._is_plain:
            return self.positions.get(term, ())
        if term not in self._known:
            return ()
        return [at for at, known in enumerate(self.sequence) if known == term]

    def _find(self, term: str, *, is_open: bool) -> list[int]:
        if not is_open:
            return list(self._places(term))
        if self._is_plain:
            return [
                at for at, known in enumerate(self.sequence) if known.startswith(term)
            ]
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


@lru_cache(maxsize=1024)
def wanted_terms(value: str) -> tuple[str, ...]:
    """The terms of what is looked for, in one text after the other."""
    return terms(value)


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
