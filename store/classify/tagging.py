"""Which tags an article carries, how strongly, and where their names stand.

Decides from the vocabulary alone. All names are found in one pass over the text
(Aho-Corasick), so that the time hardly grows with the vocabulary.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

import ahocorasick

from config.settings import TagSettings
from store.article import Place, Strength, TagHit, TagMatch
from store.classify.names import EVERY_TAG, Name, names_by_pattern, written_letters
from store.terms import ARABIC_CLITICS, BREAK, JOINT, FoldedText, fold

HITS_IN_TEXT_FOR_ABOUT = 3
"""With two, an interview that names a neighbour twice would be about it: measured."""

_Span: TypeAlias = tuple[int, int]

_NEVER_IN_TEXT = "\0"
_LONGEST_CLITIC = max(map(len, ARABIC_CLITICS))


class _Found(NamedTuple):
    """A name at a span of a folded text."""

    name: Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cover:
    """Spans in the order of their starts, and the furthest end up to each of them."""

    starts: Sequence[int]
    furthest_ends: Sequence[int]

    @classmethod
    def of(cls, spans: Iterable[_Found]) -> _Cover:
        ordered = sorted((one.start, one.end) for one in spans)
        ends = accumulate((end for _, end in ordered), max)
        return cls([start for start, _ in ordered], list(ends))

    def holds(self, one: _Found) -> bool:
        """Whether one of the spans covers the name."""
        earlier = bisect_right(self.starts, one.start)
        return earlier > 0 and self.furthest_ends[earlier - 1] >= one.end


@dataclass(frozen=True, slots=True)
class _Reading:
    """One place of an article and the names that stand there, vetoed ones left out."""

    place: Place
    text: FoldedText
    found: Sequence[_Found]


class Tagger:
    """A vocabulary, ready to tag articles; safe to share between threads."""

    def __init__(self, names: Mapping[str, tuple[Name, ...]]) -> None:
        # An automaton without a single word would refuse to search.
        self._automaton: Any = ahocorasick.Automaton()
        for pattern, group in {_NEVER_IN_TEXT: (), **names}.items():
            self._automaton.add_word(pattern, group)
        self._automaton.make_automaton()

    def tag(self, title: str, text: str, language: str | None) -> tuple[TagMatch, ...]:
        """The tags of an article in the order of their slugs.

        `language` is the article's, None where nobody knows: every name counts then.
        """
        code = language.partition("-")[0].lower() if language else None
        readings = [
            self._read(Place.TITLE, title, code),
            self._read(Place.TEXT, text, code),
        ]
        hits: dict[str, list[TagHit]] = defaultdict(list)
        beside = _firm_tags(readings)
        for reading in readings:
            for start, end, tag in _longest(_counting(reading.found, beside)):
                begin, finish = reading.text.original(start, end)
                hit = TagHit(place=reading.place, start=begin, end=finish)
                hits[tag].append(hit)
        return tuple(_match(tag, hits[tag]) for tag in sorted(hits))

    def _read(self, place: Place, text: str, language: str | None) -> _Reading:
        folded = fold(text)
        vetoes: dict[str, list[_Found]] = defaultdict(list)
        found: list[_Found] = []
        for one in self._occurrences(folded, text):
            if one.name.is_veto:
                vetoes[one.name.tag].append(one)
            elif language in (None, one.name.language) or not one.name.language:
                found.append(one)
        return _Reading(place, folded, _not_vetoed(found, vetoes) if vetoes else found)

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
                    begin, finish = folded.original(start, end)
                    if written_letters(text[begin:finish]) != name.letters:
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


def _not_vetoed(
    found: Iterable[_Found], vetoes: Mapping[str, Sequence[_Found]]
) -> list[_Found]:
    """The names that no veto for their tag or for every tag covers."""
    covers = {tag: _Cover.of(group) for tag, group in vetoes.items()}
    return [
        one
        for one in found
        if not any(
            covers[tag].holds(one) for tag in (EVERY_TAG, one.name.tag) if tag in covers
        )
    ]


def _firm_tags(readings: Sequence[_Reading]) -> frozenset[str]:
    """The tags that firm names show; only looked for where another name needs them."""
    if not any(one.name.near for reading in readings for one in reading.found):
        return frozenset()
    return frozenset(
        tag
        for reading in readings
        for _, _, tag in _longest(_counting(reading.found, frozenset()))
    )


def _counting(found: Iterable[_Found], beside: frozenset[str]) -> Iterator[_Found]:
    """The firm names, and those that stand beside a tag they need."""
    for one in found:
        if not one.name.near or not beside.isdisjoint(one.name.near):
            yield one


def _longest(found: Iterable[_Found]) -> list[tuple[int, int, str]]:
    """Start, end and tag in the order of the text, overlapping spans decided.

    The longest span wins, then the first. Tags that share a span all have it.
    """
    tags: dict[_Span, set[str]] = defaultdict(set)
    for name, start, end in found:
        tags[start, end].add(name.tag)
    return [
        (*span, tag)
        for cluster in _overlapping(sorted(tags))
        for span in (cluster if len(cluster) == 1 else _without_overlaps(cluster))
        for tag in tags[span]
    ]


def _overlapping(spans: Iterable[_Span]) -> Iterator[list[_Span]]:
    """The ordered spans in groups, of which none reaches into the next."""
    group: list[_Span] = []
    reach = 0
    for span in spans:
        if span[0] >= reach and group:
            yield group
            group = []
        group.append(span)
        reach = max(reach, span[1])
    if group:
        yield group


def _without_overlaps(spans: Iterable[_Span]) -> list[_Span]:
    """The longest spans that leave each other alone, in their order."""
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        at = bisect_left(kept, span)
        is_free_before = at == 0 or kept[at - 1][1] <= span[0]
        if is_free_before and (at == len(kept) or kept[at][0] >= span[1]):
            kept.insert(at, span)
    return kept


def _match(tag: str, hits: Sequence[TagHit]) -> TagMatch:
    is_in_title = hits[0].place is Place.TITLE
    is_about = is_in_title or len(hits) >= HITS_IN_TEXT_FOR_ABOUT
    strength = Strength.ABOUT if is_about else Strength.MENTIONS
    return TagMatch(tag=tag, strength=strength, hits=tuple(hits))


def build_tagger(
    tags: Mapping[str, TagSettings], *, publisher_names: Iterable[str]
) -> Tagger:
    """The vocabulary as a tagger; within the names of publishers nothing counts."""
    return Tagger(names_by_pattern(tags, publisher_names))
