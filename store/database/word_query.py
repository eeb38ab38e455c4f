"""Which forms of words an expression asks for, and how FTS5 and tsquery write that.

Decides nothing that `classify.words` decides: among the articles that show these forms
is every one that matches. Words narrow nothing in a negation, nor in an alternative to
something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from config.expression import And, Clause, Expression, Field, Form, Not
from store.classify.words import forms_to_find

LONGEST_FORM = 500
"""Characters of a form by which PostgreSQL finds it, which takes 2,046 bytes."""

_WORDY = (Field.ANY, Field.TITLE, Field.TEXT)


@dataclass(frozen=True, slots=True)
class WantedForm:
    """An article shows this form, or one that begins with it."""

    form: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class WantedAll:
    """An article shows each of these."""

    parts: tuple[WantedForms, ...]


@dataclass(frozen=True, slots=True)
class WantedAny:
    """An article shows one of these."""

    parts: tuple[WantedForms, ...]


WantedForms = WantedForm | WantedAll | WantedAny


def wanted_forms(expression: Expression) -> WantedForms | None:
    """The forms that every match shows; None where words narrow nothing."""
    match expression:
        case Clause():
            return _wanted_by_clause(expression)
        case Not():
            return None
        case And(parts=parts):
            wanted = [one for one in map(wanted_forms, parts) if one is not None]
            return _all(wanted)
        case _:
            found = list(map(wanted_forms, expression.parts))
            every = [one for one in found if one is not None]
            return _any(every) if len(every) == len(found) else None


def _wanted_by_clause(clause: Clause) -> WantedForms | None:
    """Every term of the value, each in any form that an inflection could give it."""
    if clause.field not in _WORDY or clause.form is Form.REGEX:
        return None
    terms = forms_to_find(clause.value, inflected=clause.form is Form.WORD)
    last = len(terms) - 1 if clause.form is Form.PREFIX else None
    return _all(
        [
            _any([WantedForm(form, at == last) for form in forms])
            for at, forms in enumerate(terms)
        ]
    )


def _all(parts: list[WantedForms]) -> WantedForms | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else WantedAll(tuple(parts))


def _any(parts: Iterable[WantedForms]) -> WantedForms:
    several = tuple(parts)
    return several[0] if len(several) == 1 else WantedAny(several)


def write_fts5(wanted: WantedForms) -> str:
    """The query in the words of SQLite's FTS5."""
    return _write(wanted, _fts5_form, (" AND ", " OR "))


def _fts5_form(wanted: WantedForm) -> str:
    quoted = '"' + wanted.form.replace('"', '""') + '"'
    return quoted + " *" if wanted.is_prefix else quoted


def write_tsquery(wanted: WantedForms) -> str:
    """The query in the words of PostgreSQL's tsquery."""
    return _write(wanted, _tsquery_form, (" & ", " | "))


def _tsquery_form(wanted: WantedForm) -> str:
    return quoted_lexeme(wanted.form) + (":*" if wanted.is_prefix else "")


def quoted_lexeme(form: str) -> str:
    """A form as PostgreSQL writes it in a tsvector or tsquery."""
    escaped = form[:LONGEST_FORM].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


_Writer = Callable[[WantedForm], str]


def _write(wanted: WantedForms, write_form: _Writer, signs: tuple[str, str]) -> str:
    if isinstance(wanted, WantedForm):
        return write_form(wanted)
    sign = signs[isinstance(wanted, WantedAny)]
    return f"({sign.join(_write(part, write_form, signs) for part in wanted.parts)})"


WRITERS: Mapping[str, Callable[[WantedForms], str]] = {
    "sqlite": write_fts5,
    "postgresql": write_tsquery,
}
