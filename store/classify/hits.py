"""Where in an article a clause of a topic expression hits, and how to quote it.

Finds what `matching` says is there: the two are held equal by a property test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from config.expression import And, Clause, Expression, Field, Form, Or
from store.article import Passage, Place, TagHit, TagMatch
from store.classify.matching import MatchSubject, regex_spans
from store.classify.words import Words, wanted_terms
from store.terms import stem, tokenise

MOST_HITS = 50
"""Hits of one clause that are told; a reader has seen enough by then."""

_PLACES = {
    Field.ANY: (Place.TITLE, Place.TEXT),
    Field.TITLE: (Place.TITLE,),
    Field.TEXT: (Place.TEXT,),
}


def find_hits(
    expression: Expression, subject: MatchSubject, tags: Iterable[TagMatch]
) -> tuple[TagHit, ...]:
    """Where the clauses that an article should have hit in it, in any order."""
    hits = {tag.tag: tag.hits for tag in tags}
    return tuple(
        hit
        for clause in _wanted(expression)
        for hit in find_clause_hits(clause, subject, hits.get(clause.value, ()))
    )


def find_clause_hits(
    clause: Clause, subject: MatchSubject, tag_hits: Sequence[TagHit]
) -> tuple[TagHit, ...]:
    """Where one clause hits, title first; `tag_hits` are those of the tag it names."""
    if clause.field in (Field.ABOUT, Field.MENTIONS):
        return tuple(tag_hits[:MOST_HITS])
    spans = (
        TagHit(place=place, start=start, end=end)
        for place in _PLACES.get(clause.field, ())
        for start, end in _spans(clause, subject, place)
    )
    return tuple(islice(spans, MOST_HITS))


def count_hits(
    expression: Expression, subject: MatchSubject, tags: Iterable[TagMatch]
) -> Counter[Place]:
    """How many hits `find_hits` finds in each place, without their offsets."""
    hits = {tag.tag: tag.hits for tag in tags}
    counts: Counter[Place] = Counter()
    for clause in _wanted(expression):
        counts += _count_clause(clause, subject, hits.get(clause.value, ()))
    return counts


def _count_clause(
    clause: Clause, subject: MatchSubject, tag_hits: Sequence[TagHit]
) -> Counter[Place]:
    if clause.field in (Field.ABOUT, Field.MENTIONS):
        return Counter(hit.place for hit in tag_hits[:MOST_HITS])
    counts: Counter[Place] = Counter()
    for place in _PLACES.get(clause.field, ()):
        rest = MOST_HITS - counts.total()
        counts[place] = min(rest, _count_in(clause, subject, place))
    return counts


def _count_in(clause: Clause, subject: MatchSubject, place: Place) -> int:
    if clause.form is Form.REGEX:
        return sum(1 for _ in _spans(clause, subject, place))
    return len(_word_places(clause, _words(subject, place), subject.language))


def _wanted(expression: Expression) -> Iterator[Clause]:
    """The clauses that do not stand behind a NOT."""
    match expression:
        case Clause():
            yield expression
        case And(parts=parts) | Or(parts=parts):
            yield from chain.from_iterable(map(_wanted, parts))
        case _:
            return


def _spans(
    clause: Clause, subject: MatchSubject, place: Place
) -> Iterable[tuple[int, int]]:
    text = subject.title if place is Place.TITLE else subject.text
    if clause.form is Form.REGEX:
        return regex_spans(clause.value, text)
    places = _word_places(clause, _words(subject, place), subject.language)
    if not places:
        return ()
    tokens = tokenise(text)
    return ((tokens[at].start, tokens[end - 1].end) for at, end in places)


def _words(subject: MatchSubject, place: Place) -> Words:
    return subject.title_words if place is Place.TITLE else subject.text_words


def _word_places(
    clause: Clause, words: Words, language: str | None
) -> list[tuple[int, int]]:
    """The terms from which to which each hit goes, in the order of the text."""
    wanted = wanted_terms(clause.value)
    found = set(words.find_phrase(wanted, is_open=clause.form is Form.PREFIX))
    if clause.form is Form.WORD and len(wanted) == 1:
        found.update(words.find_stem(stem(wanted[0], language)))
    return [(at, at + len(wanted)) for at in sorted(found)]


def cut_passage(
    text: str, hits: Iterable[TagHit], place: Place, *, length: int
) -> Passage:
    """About `length` characters of a text around its first hit, hits marked.

    The beginning of the text where nothing hits it. Ends of lines become spaces.
    """
    spans = _apart((hit.start, hit.end) for hit in hits if hit.place is place)
    start, end = _window(text, spans, length)
    before = "…" if start > 0 else ""
    after = "…" if end < len(text) else ""
    shift = len(before) - start
    return Passage(
        place=place,
        text=before + _in_one_line(text[start:end]) + after,
        hits=tuple(
            (one + shift, min(other, end) + shift)
            for one, other in spans
            if start <= one < end
        ),
    )


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def _window(
    text: str, spans: Sequence[tuple[int, int]], length: int
) -> tuple[int, int]:
    """From where to where a text is quoted; begins and ends between words."""
    if len(text) <= length:
        return 0, len(text)
    first = spans[0] if spans else (0, 0)
    start = max(0, min(first[0] - length // 4, len(text) - length))
    end = start + length
    while 0 < start < first[0] and not text[start - 1].isspace():
        start += 1
    while first[1] < end < len(text) and not text[end].isspace():
        end -= 1
    return start, max(end, min(first[1], start + length))


def _in_one_line(text: str) -> str:
    """The text, as long as before, without ends of lines and signs of control."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
