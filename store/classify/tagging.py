"""Which tags an article carries, how strongly, and where their names stand.

Decides from the vocabulary alone. All names are found in one pass over the text
(Aho-Corasick), so that the time hardly grows with the vocabulary.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

from config.tag_settings import BoilerplateSettings, TagSettings
from store.article import Place, Strength, TagHit, TagMatch
from store.classify.boilerplate import (
    blank_out,
    dateline_pattern,
    rest_of_line,
    sentence_around,
)
from store.classify.names import (
    EVERY_TAG,
    Name,
    Role,
    names_by_pattern,
    written_letters,
)
from store.classify.spans import Cover, Span, longest, tags_by_span
from store.terms import ARABIC_CLITICS, BREAK, JOINT, FoldedText, fold

HITS_IN_TEXT_FOR_ABOUT = 3
"""With two, an interview that names a neighbour twice would be about it: measured."""

_NEAR = 60
"""Characters between a common word and what shows its meaning: about ten words."""

_NEVER_IN_TEXT = "\0"
_LONGEST_CLITIC = max(map(len, ARABIC_CLITICS))
_MONEY = "$"  # US$ is the currency of business news, whoever earns it
_BOILERPLATE = {Role.OPENING: rest_of_line, Role.SENTENCE: sentence_around}


class _Found(NamedTuple):
    """A name at a span of a folded text."""

    name: Name
    start: int
    end: int


_ByRole = Mapping[Role, Sequence[_Found]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One place of an article and the names that stand there, vetoed ones left out.

    `contexts` has where each word stands that shows another meaning.
    """

    place: Place
    text: FoldedText
    found: Sequence[_Found]
    contexts: Mapping[str, Sequence[int]]


class Tagger:
    """A vocabulary, ready to tag articles; safe to share between threads."""

    def __init__(
        self, names: Mapping[str, tuple[Name, ...]], dateline: re.Pattern[str] | None
    ) -> None:
        # An automaton without a single word would refuse to search.
        self._automaton: Any = ahocorasick.Automaton()
        for pattern, group in {_NEVER_IN_TEXT: (), **names}.items():
            self._automaton.add_word(pattern, group)
        self._automaton.make_automaton()
        self._dateline = dateline

    def tag(self, title: str, text: str, language: str | None) -> tuple[TagMatch, ...]:
        """The tags of an article in the order of their slugs.

        `language` is the article's, None where nobody knows: every name counts then.
        """
        code = language.partition("-")[0].lower() if language else None
        dateline = self._dateline.match(text) if self._dateline else None
        if dateline:
            text = blank_out(text, [dateline.span()])
        readings = _in_their_sense(
            [self._read(Place.TITLE, title, code), self._read(Place.TEXT, text, code)]
        )
        hits: dict[str, list[TagHit]] = defaultdict(list)
        beside = _firm_tags(readings)
        for reading in readings:
            for start, end, tag in _counting(reading.found, beside):
                begin, finish = reading.text.original(start, end)
                hit = TagHit(place=reading.place, start=begin, end=finish)
                hits[tag].append(hit)
        return tuple(_match(tag, hits[tag]) for tag in sorted(hits))

    def _read(self, place: Place, text: str, language: str | None) -> _Reading:
        folded = fold(text)
        found: dict[Role, list[_Found]] = defaultdict(list)
        for one in self._occurrences(folded, text):
            name = one.name
            if name.language is None or language is None or language == name.language:
                found[name.role].append(one)
        if not found.keys().isdisjoint(_BOILERPLATE):
            # Nothing of it is found again: it has no letters now.
            return self._read(place, _own_words(text, folded, found), language)
        return _Reading(place, folded, _not_vetoed(found), _contexts(found))

    def _occurrences(self, folded: FoldedText, text: str) -> Iterator[_Found]:
        """Every name that stands in the text as whole words, overlapping or not."""
        haystack = f"{JOINT}{folded.text.replace(BREAK, JOINT)}{JOINT}"
        for last, names in self._automaton.iter(haystack):
            end = last - 1  # the haystack is one character ahead and ends in a JOINT
            for name in names:
                start = _start_of(name, folded.text, end)
                if start is None:
                    continue
                if name.letters is not None:
                    span = folded.original(start, end)
                    if not _is_as_written(name.letters, text, span):
                        continue
                yield _Found(name, start, end)


def _start_of(name: Name, folded: str, end: int) -> int | None:
    """Where the name that ends there begins, its clitics included; None if it is none.

    Words of a name may be parted here only by what parts them in the vocabulary, and
    before it may stand clitics where it takes them.
    """
    start = end - len(name.folded)
    if folded[start:end] != name.folded:
        return None
    if not name.takes_clitics:
        return start
    low = max(0, start - _LONGEST_CLITIC - 1)
    word = 1 + max(folded.rfind(JOINT, low, start), folded.rfind(BREAK, low, start))
    word = max(word, low)
    return word if folded[word:start] in ARABIC_CLITICS else None


def _is_as_written(letters: str, text: str, span: Span) -> bool:
    begin, finish = span
    is_money = text.startswith(_MONEY, finish)
    return not is_money and written_letters(text[begin:finish]) == letters


def _own_words(text: str, folded: FoldedText, found: _ByRole) -> str:
    """The text with nothing where other articles are pointed at."""
    return blank_out(
        text,
        (
            bounds(text, folded.original(one.start, one.end)[0])
            for role, bounds in _BOILERPLATE.items()
            for one in found.get(role, ())
        ),
    )


def _not_vetoed(found: _ByRole) -> Sequence[_Found]:
    """The names that no veto for their tag or for every tag covers."""
    names = found.get(Role.NAME, ())
    if Role.VETO not in found:
        return names
    spans: dict[str, list[Span]] = defaultdict(list)
    for veto in found[Role.VETO]:
        spans[veto.name.tag].append((veto.start, veto.end))
    covers = {tag: Cover.of(group) for tag, group in spans.items()}
    return [
        one
        for one in names
        if not any(
            covers[tag].holds(one.start, one.end)
            for tag in (EVERY_TAG, one.name.tag)
            if tag in covers
        )
    ]


def _contexts(found: _ByRole) -> Mapping[str, Sequence[int]]:
    """Where each context begins, in the order of the text."""
    starts: dict[str, list[int]] = defaultdict(list)
    for one in found.get(Role.CONTEXT, ()):
        starts[one.name.folded].append(one.start)
    return starts


def _in_their_sense(readings: Sequence[_Reading]) -> Sequence[_Reading]:
    """The readings without the names that mean something else in this article.

    A proper name has one meaning in an article, a common word may have another in
    the next sentence.
    """
    everywhere = {context for reading in readings for context in reading.contexts}
    if not everywhere:
        return readings
    return [
        _Reading(
            reading.place,
            reading.text,
            [
                one
                for one in reading.found
                if one.name.unless.isdisjoint(everywhere)
                or (one.name.is_common and not _is_near(one, reading.contexts))
            ],
            reading.contexts,
        )
        for reading in readings
    ]


def _is_near(one: _Found, contexts: Mapping[str, Sequence[int]]) -> bool:
    """Whether one of the contexts of a common word stands near it."""
    low, high = one.start - _NEAR, one.end + _NEAR
    return any(
        bisect_left(contexts[context], low) < bisect_left(contexts[context], high)
        for context in one.name.unless.intersection(contexts)
    )


def _firm_tags(readings: Sequence[_Reading]) -> frozenset[str]:
    """The tags that firm names show; only looked for where another name needs them."""
    if not any(one.name.near for reading in readings for one in reading.found):
        return frozenset()
    return frozenset(
        tag
        for reading in readings
        for _, _, tag in _counting(reading.found, frozenset())
    )


def _counting(
    found: Iterable[_Found], beside: frozenset[str]
) -> list[tuple[int, int, str]]:
    """Where the tags stand: firm names, and those beside a tag they need."""
    return longest(
        tags_by_span(
            (start, end, name.tag)
            for name, start, end in found
            if not name.near or not beside.isdisjoint(name.near)
        )
    )


def _match(tag: str, hits: Sequence[TagHit]) -> TagMatch:
    is_in_title = hits[0].place is Place.TITLE
    is_about = is_in_title or len(hits) >= HITS_IN_TEXT_FOR_ABOUT
    strength = Strength.ABOUT if is_about else Strength.MENTIONS
    return TagMatch(tag=tag, strength=strength, hits=tuple(hits))


def build_tagger(
    tags: Mapping[str, TagSettings],
    *,
    publisher_names: Iterable[str],
    boilerplate: BoilerplateSettings | None = None,
) -> Tagger:
    """The vocabulary as a tagger; within boilerplate and publishers' names is nothing.

    Without `boilerplate` only the publishers' names are left out.
    """
    machines = boilerplate or BoilerplateSettings()
    return Tagger(
        names_by_pattern(tags, publisher_names, machines),
        dateline_pattern(machines.agencies),
    )
