"""Why an expression holds for an article or does not: every clause, with its hits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from config.expression import And, Clause, Expression, Field, Not, Or
from store.article import Passage, Place, TagHit, TagMatch
from store.classify.hits import cut_passage, find_clause_hits
from store.classify.matching import MatchSubject, clause_holds

_QUOTE = 100  # characters around a hit
_MOST_PASSAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A part of an expression, whether it holds, and what says so.

    `written` is the clause, or AND, OR and NOT for what joins `parts`; a `topic:`
    clause has the expression of its topic as its only part. `hits` are offsets in
    title and text, `passages` quote the first of them.
    """

    written: str
    holds: bool
    hits: tuple[TagHit, ...] = ()
    passages: tuple[Passage, ...] = ()
    parts: tuple[Explained, ...] = ()


def explain(
    expression: Expression,
    subject: MatchSubject,
    *,
    tags: Iterable[TagMatch],
    topics: Mapping[str, Expression],
) -> Explained:
    """What each part of the expression comes to; `topics` are those it may name."""
    hits = {tag.tag: tag.hits for tag in tags}
    return _Explainer(subject, hits, topics).explain(expression)


class _Explainer:
    def __init__(
        self,
        subject: MatchSubject,
        tag_hits: Mapping[str, tuple[TagHit, ...]],
        topics: Mapping[str, Expression],
    ) -> None:
        self._subject = subject
        self._tag_hits = tag_hits
        self._topics = topics

    def explain(self, expression: Expression) -> Explained:
        match expression:
            case Clause(field=Field.TOPIC):
                part = self.explain(self._topics[expression.value])
                return Explained(
                    written=expression.written, holds=part.holds, parts=(part,)
                )
            case Clause():
                return self._explain_clause(expression)
            case Not(part=inner):
                part = self.explain(inner)
                return Explained(written="NOT", holds=not part.holds, parts=(part,))
            case And(parts=inner):
                parts = tuple(map(self.explain, inner))
                holds = all(part.holds for part in parts)
                return Explained(written="AND", holds=holds, parts=parts)
            case Or(parts=inner):
                parts = tuple(map(self.explain, inner))
                holds = any(part.holds for part in parts)
                return Explained(written="OR", holds=holds, parts=parts)
            case _:
                assert_never(expression)

    def _explain_clause(self, clause: Clause) -> Explained:
        hits = find_clause_hits(
            clause, self._subject, self._tag_hits.get(clause.value, ())
        )
        return Explained(
            written=clause.written,
            holds=clause_holds(clause, self._subject),
            hits=hits,
            passages=tuple(map(self._quote, hits[:_MOST_PASSAGES])),
        )

    def _quote(self, hit: TagHit) -> Passage:
        words = {
            Place.TITLE: self._subject.title,
            Place.TEXT: self._subject.text,
            Place.CATEGORY: "\n".join(self._subject.categories),
        }
        return cut_passage(words[hit.place], [hit], hit.place, length=_QUOTE)
