from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.expression import And, Clause, Field, Form, Not, Or
from config.expression_parser import parse_expression
from store.classify.matching import (
    LONGEST_TEXT_FOR_REGEX,
    MatchSubject,
    decide_match,
)
from tests.store.subjects import make_subject

ENGLISH = make_subject(
    title="Mali–Algeria: a drone falls",
    text="The Western Sahara desert. Migrants were expelled; "
    "Kaïs Saïed visited N'Djamena.",
    language="en",
    sources=frozenset({"yabiladi", "daily8"}),
    author="Aïcha El-Fassi, agencies",
    url="https://www.Example.org/en/2025/Mali-Drone.html?id=7",
    published_at=datetime(2025, 6, 22, 5, tzinfo=UTC),
    about=frozenset({"mali", "algeria"}),
    mentions=frozenset({"mali", "algeria", "western-sahara"}),
)
ARABIC = make_subject(
    title="وبالمغرب: قضية للصحراء الغربية", text="المهاجرون في الجزائر", language="ar"
)

HOLDS = {
    "about": "about:mali",
    "mentions of a weak tag": "mentions:western-sahara",
    "mentions of a strong tag": "mentions:mali",
    "a word by its stem": "migrant",
    "a word by another inflection": "expelling",
    "a word in the title": "drones",
    "a word without its accent": "saied",
    "a word of several terms is a phrase": "mali-algeria",
    "a phrase whatever parts it": '"mali algeria"',
    "a phrase in any case": '"WESTERN sahara DESERT"',
    "a phrase with an apostrophe": '"n’djamena"',
    "a phrase of one word": '"drone"',
    "the beginning of a word": "migra*",
    "the beginning of a later word": '"western" sah*',
    "the beginning of a word of several terms": "mali-alg*",
    "a field": "title:drone",
    "a phrase in a field": 'text:"western sahara"',
    "a prefix in a field": "title:dron*",
    "a regular expression in the text": "/Saïed .isited/",
    "a regular expression in the title": "title:/^Mali.Algeria/",
    "a regular expression in a field": "text:/migrants|Migrants/",
    "its origin": "source:yabiladi",
    "a source that carried it": "source:daily8",
    "its language": "lang:en",
    "a part of the author": "author:fassi",
    "the author as a phrase": 'author:"aicha el fassi"',
    "the beginning of an author": "author:agenc*",
    "the author as a regular expression": "author:/^Aïcha/",
    "a part of the address in any case": "url:mali-drone",
    "the address quoted": 'url:"EXAMPLE.org/en/"',
    "the address with an asterisk": "url:https://www.example.org/*",
    "the address as a regular expression": r"url:/id=\d$/",
    "after an instant before it": "after:2025-06-21",
    "after its very instant": "after:2025-06-22T05:00Z",
    "before an instant after it": "before:2025-06-23",
    "not": "NOT football",
    "a minus": "-football",
    "and": "about:mali about:algeria",
    "or": "about:tunisia OR about:mali",
}

HOLDS_NOT = {
    "a tag that is only mentioned is not about": "about:western-sahara",
    "a tag that is not there": "mentions:tunisia",
    "a phrase out of order": '"sahara western"',
    "a phrase over a gap": '"western desert"',
    "a phrase longer than the text": '"kais saied visited n djamena again"',
    "a phrase over title and text": '"falls the western"',
    "a phrase by stem": '"western saharas"',
    "a part of a word": "grant",
    "the middle of a word": "igra*",
    "the beginning of a phrase at the end of the text": "djamena-x*",
    "a later word that begins otherwise": "mali-alb*",
    "a word in another field": "title:migrants",
    "a regular expression in another case": "/saïed/",
    "another source": "source:hespress",
    "another language": "lang:fr",
    "another author": "author:hassan",
    "an inflection of an author": "author:agency",
    "another address": "url:example.com",
    "after a later instant": "after:2025-06-22T05:00:01Z",
    "before its very instant": "before:2025-06-22T05:00Z",
    "not what holds": "NOT drone",
    "and of which one fails": "about:mali about:tunisia",
    "or of which all fail": "about:libya OR about:tunisia",
    "a phrase without a letter": '"!?"',
}


@pytest.mark.parametrize("expression", HOLDS.values(), ids=HOLDS)
def test_an_expression_holds(expression: str) -> None:
    assert decide_match(parse_expression(expression), ENGLISH) is not None


@pytest.mark.parametrize("expression", HOLDS_NOT.values(), ids=HOLDS_NOT)
def test_an_expression_does_not_hold(expression: str) -> None:
    assert decide_match(parse_expression(expression), ENGLISH) is None


IN_ARABIC = {
    "a word behind clitics": "المغرب",
    "a word without its article": "مغرب",
    "a phrase behind a preposition": '"الصحراء الغربية"',
    "another plural": "مهاجرين",
    "the beginning of a word behind clitics": "مغر*",
}


@pytest.mark.parametrize("expression", IN_ARABIC.values(), ids=IN_ARABIC)
def test_arabic_clitics_are_tried(expression: str) -> None:
    assert decide_match(parse_expression(expression), ARABIC) is not None


def test_words_have_the_stems_of_the_articles_language() -> None:
    french = make_subject(text="les expulsés", language="fr-FR")

    assert decide_match(parse_expression("expulsée"), french)
    assert not decide_match(
        parse_expression("expulsée"), replace(french, language=None)
    )


def test_the_language_of_an_article_counts_without_its_region() -> None:
    assert decide_match(parse_expression("lang:fr"), make_subject(language="fr-MA"))
    assert not decide_match(parse_expression("lang:fr"), make_subject(language=None))


@pytest.mark.parametrize("expression", ["author:a", "author:/a/", "url:a", "url:/a/"])
def test_what_an_article_lacks_holds_nothing(expression: str) -> None:
    subject = make_subject(author=None, url=None)

    assert decide_match(parse_expression(expression), subject) is None


def test_a_regular_expression_looks_at_the_beginning_of_a_long_text() -> None:
    subject = make_subject(text="a" * LONGEST_TEXT_FOR_REGEX + "b")

    assert decide_match(parse_expression("text:/a$/"), subject)
    assert not decide_match(parse_expression("text:/b/"), subject)


def test_half_a_surrogate_pair_stops_no_regular_expression() -> None:
    assert decide_match(parse_expression("/Mali/"), make_subject(text="\ud800 Mali"))


REASONS = {
    "of alternatives those that hold": (
        "about:libya OR about:mali OR about:algeria", ("about:mali", "about:algeria"),
    ),
    "all that must hold": ("lang:en about:mali", ("lang:en", "about:mali")),
    "a clause that must fail": ("drone -football", ("drone", "NOT football")),
    "of a failing conjunction the parts that fail": (
        "NOT (about:mali football)", ("NOT football",),
    ),
    "of failing alternatives each": (
        "-(football OR tennis)", ("NOT football", "NOT tennis"),
    ),
    "twice not is yes": ("NOT (NOT drone)", ("drone",)),
    "what is written twice is told once": (
        "(drone about:mali) OR (drone lang:en)", ("drone", "about:mali", "lang:en"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("expression", "clauses"), REASONS.values(), ids=REASONS)
def test_the_reason_is_what_carries_the_decision(
    expression: str, clauses: tuple[str, ...]
) -> None:
    reason = decide_match(parse_expression(expression), ENGLISH)

    assert reason is not None
    assert reason.clauses == clauses


def test_a_topic_that_was_not_expanded_is_refused() -> None:
    with pytest.raises(ValueError, match="topic:mali must be expanded"):
        decide_match(parse_expression("topic:mali"), ENGLISH)


def test_a_time_clause_without_an_instant_holds_never() -> None:
    for field in (Field.AFTER, Field.BEFORE):
        clause = Clause(field=field, form=Form.TIME, value="", written="", column=1)
        assert decide_match(clause, ENGLISH) is None


def test_an_empty_conjunction_holds_and_an_empty_alternative_does_not() -> None:
    assert decide_match(And(parts=()), ENGLISH) is not None
    assert decide_match(Or(parts=()), ENGLISH) is None
    assert decide_match(Not(part=Or(parts=())), ENGLISH) is not None


def test_the_words_of_an_article_are_read_once() -> None:
    subject: MatchSubject = make_subject(text="Mali")

    decide_match(parse_expression("mali"), subject)
    words = subject.text_words
    decide_match(parse_expression("algeria"), subject)

    assert subject.text_words is words
