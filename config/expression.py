"""The topic language: text -> expression tree.

Knows the grammar and nothing of articles; `store.classify.matching` decides a tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias


class Field(Enum):
    """The part of an article that a clause looks at."""

    ANY = "any"  # title or text: a clause without a field
    ABOUT = "about"
    MENTIONS = "mentions"
    TITLE = "title"
    TEXT = "text"
    SOURCE = "source"
    LANGUAGE = "lang"
    AUTHOR = "author"
    URL = "url"
    AFTER = "after"
    BEFORE = "before"
    TOPIC = "topic"


class Form(Enum):
    """How the value of a clause is compared."""

    WORD = "word"  # by stem in the article's language; a slug is compared whole
    PHRASE = "phrase"  # exactly, after normalisation
    PREFIX = "prefix"  # the beginning of a word
    REGEX = "regex"  # RE2, on the text as published
    TIME = "time"  # `at` holds the instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One test of one field.

    `written` is the clause as the operator wrote it, for reasons and explanations;
    `column` counts from 1. `at` is set for the fields `after` and `before` only.
    """

    field: Field
    form: Form
    value: str
    written: str
    column: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """True when every part is."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """True when one part is."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """True when the part is not."""

    part: Expression


Expression: TypeAlias = And | Or | Not | Clause
