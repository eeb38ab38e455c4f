from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.expression import And, Clause, Expression, Field, Form, Not, Or
from config.expression_parser import each_clause
from store.classify.matching import MatchSubject, decide_match

pytestmark = pytest.mark.property

WORDS = st.sampled_from(
    [
        "mali",
        "Algérie",
        "migrants",
        "المغرب",
        "للهجرة",
        "western-sahara",
        "fr",
        "l'",
        "!",
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=40)
TIMES = st.datetimes(timezones=st.just(UTC))
TAGS = st.frozensets(WORDS, max_size=3)
SUBJECTS = st.builds(
    MatchSubject,
    title=TEXTS,
    text=TEXTS,
    language=st.sampled_from([None, "en", "fr", "ar", "es-ES", "xx"]),
    sources=TAGS,
    author=st.none() | TEXTS,
    url=st.none() | TEXTS,
    published_at=TIMES,
    about=TAGS,
    mentions=TAGS,
)
LOOKING = [
    field
    for field in Field
    if field not in (Field.TOPIC, Field.AFTER, Field.BEFORE)
]  # fmt: skip
WORDY = st.builds(
    Clause,
    field=st.sampled_from(LOOKING),
    form=st.sampled_from([Form.WORD, Form.PHRASE, Form.PREFIX]),
    value=TEXTS,
    written=st.text(min_size=1, max_size=5),
    column=st.just(1),
)
REGEX = st.builds(
    Clause,
    field=st.sampled_from(
        [Field.ANY, Field.TITLE, Field.TEXT, Field.AUTHOR, Field.URL]
    ),
    form=st.just(Form.REGEX),
    value=st.sampled_from(["a.*b", "^$", "(m|M)ali", r"\p{Arabic}+"]),
    written=st.just("/regex/"),
    column=st.just(1),
)
TIMELY = st.builds(
    Clause,
    field=st.sampled_from([Field.AFTER, Field.BEFORE]),
    form=st.just(Form.TIME),
    value=st.just(""),
    written=st.just("after:then"),
    column=st.just(1),
    at=TIMES | st.just(datetime(2025, 6, 22, tzinfo=UTC)),
)


def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(And, parts=parts)
        | st.builds(Or, parts=parts)
        | st.builds(Not, part=inner)
    )


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    WORDY | REGEX | TIMELY, grown, max_leaves=8
)


def holds(expression: Expression, subject: MatchSubject) -> bool:
    return decide_match(expression, subject) is not None


@given(EXPRESSIONS, SUBJECTS)
def test_not_inverts(expression: Expression, subject: MatchSubject) -> None:
    assert holds(Not(part=expression), subject) is not holds(expression, subject)


@given(EXPRESSIONS, EXPRESSIONS, SUBJECTS)
def test_and_holds_when_both_do(
    one: Expression, other: Expression, subject: MatchSubject
) -> None:
    both = holds(one, subject) and holds(other, subject)

    assert holds(And(parts=(one, other)), subject) is both
    assert holds(And(parts=(other, one)), subject) is both


@given(EXPRESSIONS, EXPRESSIONS, SUBJECTS)
def test_or_holds_when_one_does(
    one: Expression, other: Expression, subject: MatchSubject
) -> None:
    either = holds(one, subject) or holds(other, subject)

    assert holds(Or(parts=(one, other)), subject) is either
    assert holds(Or(parts=(other, one)), subject) is either


@given(EXPRESSIONS, SUBJECTS)
def test_a_reason_names_clauses_that_hold_by_themselves(
    expression: Expression, subject: MatchSubject
) -> None:
    reason = decide_match(expression, subject)
    confirmed = {
        clause.written if holds(clause, subject) else f"NOT {clause.written}"
        for clause in each_clause(expression)
    }

    if reason is not None:
        assert reason.clauses
        assert len(set(reason.clauses)) == len(reason.clauses)
        assert confirmed.issuperset(reason.clauses)


@given(SUBJECTS, st.sampled_from(["mali", "migrants", "المغرب"]))
def test_a_word_of_the_text_is_found_in_any_language(
    subject: MatchSubject, word: str
) -> None:
    clause = Clause(field=Field.ANY, form=Form.WORD, value=word, written=word, column=1)
    stands = word in subject.title.split() or word in subject.text.split()

    if stands:
        assert holds(clause, subject)
