from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from config.expression import Clause, Expression, Field, Form
from store.classify.hits import count_hits, find_clause_hits, find_hits
from store.classify.matching import MatchSubject, clause_holds
from tests.properties.test_matching_properties import REGEX, SUBJECTS, WORDY
from tests.properties.test_search_properties import MIXED

pytestmark = pytest.mark.property

IN_TEXTS = (Field.ANY, Field.TITLE, Field.TEXT)


@given(WORDY | REGEX, SUBJECTS)
def test_a_clause_about_texts_hits_where_it_holds_and_nowhere_else(
    clause: Clause, subject: MatchSubject
) -> None:
    hits = find_clause_hits(clause, subject, ())

    assert all(0 <= hit.start <= hit.end for hit in hits)
    if clause.field in IN_TEXTS:
        assert bool(hits) is clause_holds(clause, subject)
    elif clause.form is not Form.REGEX:
        assert hits == ()


@given(MIXED, SUBJECTS)
def test_hits_are_counted_as_they_are_found(
    expression: Expression, subject: MatchSubject
) -> None:
    found = find_hits(expression, subject, ())

    counted = count_hits(expression, subject, ())

    assert counted == Counter(hit.place for hit in found)
