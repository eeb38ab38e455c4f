import pytest
from hypothesis import given

from config.expression import Clause, Field, Form
from store.classify.hits import find_clause_hits
from store.classify.matching import MatchSubject, clause_holds
from tests.properties.test_matching_properties import REGEX, SUBJECTS, WORDY

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
