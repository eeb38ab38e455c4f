"""Whether a topic expression holds for one article, and why.

Decides from values alone. A word is looked for by its stem in the article's language
and as it is, a phrase and a prefix in the normalised terms, a regular expression in
the text as published, an address by a part of it in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

import re2

from config.expression import And, Clause, Expression, Field, Form, Not
from store.article import Reason
from store.classify.words import Words, wanted_terms
from store.terms import stem, terms

LONGEST_TEXT_FOR_REGEX = 100_000
"""Characters of a text that a regular expression looks at."""


@dataclass(frozen=True, kw_only=True)
class MatchSubject:
    """What expressions can ask of one article.

    `sources` are the slugs of its origin and of every source that carried it.
    `published_at` is when it was first seen where it has no date. `mentions` holds
    the tags of `about` too. Its words are read once, when first asked for, however
    many expressions ask; so it has no slots.
    """

    title: str
    text: str
    language: str | None
    sources: frozenset[str]
    author: str | None
    url: str | None
    published_at: datetime
    about: frozenset[str]
    mentions: frozenset[str]
    categories: tuple[str, ...] = ()

    @cached_property
    def title_words(self) -> Words:
        """The terms of the title."""
        return Words.of(self.title, self.language)

    @cached_property
    def text_words(self) -> Words:
        """The terms of the text."""
        return Words.of(self.text, self.language)

    @property
    def shown_forms(self) -> frozenset[str]:
        """Every form by which a word of the title or the text could be looked for."""
        return self.title_words.forms.union(self.text_words.forms)

    @cached_property
    def author_words(self) -> Words:
        """The terms of the author's name, which has no language."""
        return Words.of(self.author or "", None)


def decide_match(expression: Expression, subject: MatchSubject) -> Reason | None:
    """Why the article belongs, None where it does not.

    The reason names the clauses that carry the decision in the order written: the
    alternatives that hold, and `NOT` with each clause whose failing counts.

    Raises:
        ValueError: the expression names a topic; those are expanded beforehand.
    """
    evidence = _evidence(expression, subject, wanted=True)
    if evidence is None:
        return None
    return Reason(clauses=tuple(dict.fromkeys(evidence)))


def _evidence(
    expression: Expression, subject: MatchSubject, *, wanted: bool
) -> list[str] | None:
    """The clauses that make the expression hold (or fail, as wanted); else None."""
    if isinstance(expression, Clause):
        if clause_holds(expression, subject) is not wanted:
            return None
        return [expression.written if wanted else f"NOT {expression.written}"]
    if isinstance(expression, Not):
        return _evidence(expression.part, subject, wanted=not wanted)
    found = (_evidence(part, subject, wanted=wanted) for part in expression.parts)
    needs_all = isinstance(expression, And) is wanted
    return _all(found) if needs_all else _any(found)


def _all(found: Iterable[list[str] | None]) -> list[str] | None:
    evidence: list[str] = []
    for part in found:
        if part is None:
            return None
        evidence += part
    return evidence


def _any(found: Iterable[list[str] | None]) -> list[str] | None:
    holding = [part for part in found if part is not None]
    return [clause for part in holding for clause in part] if holding else None


def clause_holds(clause: Clause, subject: MatchSubject) -> bool:
    """Whether one clause holds; one that names a topic raises ValueError."""
    return _DECIDED_BY[clause.field](clause, subject)


def _in_title(clause: Clause, subject: MatchSubject) -> bool:
    if clause.form is Form.REGEX:
        return _has_regex(clause.value, subject.title)
    return _has_words(clause, subject.title_words, subject.language)


def _in_text(clause: Clause, subject: MatchSubject) -> bool:
    if clause.form is Form.REGEX:
        return _has_regex(clause.value, subject.text)
    return _has_words(clause, subject.text_words, subject.language)


def _anywhere(clause: Clause, subject: MatchSubject) -> bool:
    return _in_title(clause, subject) or _in_text(clause, subject)


def _has_words(clause: Clause, words: Words, language: str | None) -> bool:
    """A word of several terms, such as Mali-Algeria, is looked for like a phrase."""
    wanted = wanted_terms(clause.value)
    if words.has_phrase(wanted, is_open=clause.form is Form.PREFIX):
        return True
    is_one_word = clause.form is Form.WORD and len(wanted) == 1
    return is_one_word and words.has_stem(stem(wanted[0], language))


def _by_author(clause: Clause, subject: MatchSubject) -> bool:
    if clause.form is Form.REGEX:
        return _has_regex(clause.value, subject.author or "")
    wanted = terms(clause.value)
    return subject.author_words.has_phrase(wanted, is_open=clause.form is Form.PREFIX)


def _at_url(clause: Clause, subject: MatchSubject) -> bool:
    if subject.url is None:
        return False
    if clause.form is Form.REGEX:
        return _has_regex(clause.value, subject.url)
    return clause.value.casefold() in subject.url.casefold()


def _has_regex(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(_as_bytes(text)) is not None


def regex_spans(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    """The offsets of characters between which a regular expression matches."""
    looked_at = _as_bytes(text)
    at = offset = 0
    for found in _compiled(pattern).finditer(looked_at):
        start, end = found.span()
        at += len(looked_at[offset:start].decode(errors="replace"))
        length = len(looked_at[start:end].decode(errors="replace"))
        yield at, at + length
        at, offset = at + length, end


def _as_bytes(text: str) -> bytes:
    # As bytes, so that half a surrogate pair cannot stop the search.
    return text[:LONGEST_TEXT_FOR_REGEX].encode("utf-8", "replace")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern)


def _from_source(clause: Clause, subject: MatchSubject) -> bool:
    return clause.value in subject.sources


def _in_language(clause: Clause, subject: MatchSubject) -> bool:
    return _primary(clause.value) == _primary(subject.language or "")


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _is_after(clause: Clause, subject: MatchSubject) -> bool:
    """From the instant on, the instant itself included."""
    return clause.at is not None and subject.published_at >= clause.at


def _is_before(clause: Clause, subject: MatchSubject) -> bool:
    """Until the instant, which is not included."""
    return clause.at is not None and subject.published_at < clause.at


def _refuse_topic(clause: Clause, _: MatchSubject) -> bool:
    raise ValueError(f"{clause.written} must be expanded before articles are decided")


def _is_about(clause: Clause, subject: MatchSubject) -> bool:
    return clause.value in subject.about


def _mentions(clause: Clause, subject: MatchSubject) -> bool:
    return clause.value in subject.mentions or clause.value in subject.about


_DECIDED_BY: Mapping[Field, Callable[[Clause, MatchSubject], bool]] = {
    Field.ANY: _anywhere,
    Field.ABOUT: _is_about,
    Field.MENTIONS: _mentions,
    Field.TITLE: _in_title,
    Field.TEXT: _in_text,
    Field.SOURCE: _from_source,
    Field.LANGUAGE: _in_language,
    Field.AUTHOR: _by_author,
    Field.URL: _at_url,
    Field.AFTER: _is_after,
    Field.BEFORE: _is_before,
    Field.TOPIC: _refuse_topic,
}
