from __future__ import annotations

import pytest

from config.expression_parser import parse_expression
from store.database.word_query import (
    LONGEST_FORM,
    WantedForm,
    wanted_forms,
    write_fts5,
    write_tsquery,
)

QUERIES = {
    "a phrase is all its words": (
        '"western sahara"',
        '("western" AND "sahara")',
        "('western' & 'sahara')",
    ),
    "a prefix has a sign": ("migra*", '"migra" *', "'migra':*"),
    "a word comes in the forms of every language": (
        "migrants",
        '("migrants" OR "migrant" OR "migr")',
        "('migrants' | 'migrant' | 'migr')",
    ),
    "what has no words narrows nothing beside what has": (
        '"mali" lang:fr',
        '"mali"',
        "'mali'",
    ),
    "alternatives are in brackets": (
        '"mali" ("fez" OR "gao")',
        '("mali" AND ("fez" OR "gao"))',
        "('mali' & ('fez' | 'gao'))",
    ),
}
NARROW_NOTHING = {
    "a negation": 'NOT "mali"',
    "an alternative to something else": '"mali" OR lang:fr',
    "a regular expression": "/ma?li/",
    "a field without words": "source:yabiladi",
    "several fields without words": "source:yabiladi lang:fr",
}


@pytest.mark.parametrize("case", QUERIES.values(), ids=QUERIES)
def test_each_database_is_asked_in_its_own_words(case: tuple[str, str, str]) -> None:
    written, fts5, tsquery = case

    wanted = wanted_forms(parse_expression(written))

    assert wanted is not None
    assert (write_fts5(wanted), write_tsquery(wanted)) == (fts5, tsquery)


@pytest.mark.parametrize("written", NARROW_NOTHING.values(), ids=NARROW_NOTHING)
def test_words_narrow_nothing_in(written: str) -> None:
    assert wanted_forms(parse_expression(written)) is None


def test_signs_in_a_form_are_letters() -> None:
    wanted = WantedForm("""a"b'c\\""")

    assert write_fts5(wanted) == '"a""b\'c\\"'
    assert write_tsquery(wanted) == "'a\"b''c\\\\'"


def test_a_form_too_long_for_postgresql_is_looked_for_by_its_beginning() -> None:
    assert write_tsquery(WantedForm("é" * 999)) == f"'{'é' * LONGEST_FORM}'"
