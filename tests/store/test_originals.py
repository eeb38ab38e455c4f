from __future__ import annotations

from typing import Any

import pytest

from store.article import ArticleId
from store.identify.near_duplicates import read_wording
from store.identify.originals import (
    MOST_HOLDERS,
    USUAL_RULES,
    ArticleText,
    Copied,
    DuplicateRules,
    Originals,
    share_in_common,
)
from tests.factories import LONG_TEXT

OTHER_TEXT = " ".join(f"other{number}" for number in range(60))
LONGER = f"{LONG_TEXT} {OTHER_TEXT} {OTHER_TEXT[::-1]}"


def said(number: int = 1, text: str = LONG_TEXT, **changes: Any) -> ArticleText:
    """What an article says; each number has a carrier and a title of its own."""
    values: dict[str, Any] = {
        "article_id": ArticleId(number),
        "carrier": f"source-{number}",
        "origin": f"source-{number}",
        "title": f"title {number}",
        "wording": read_wording(text),
    }
    return ArticleText(**(values | changes))


def own(number: int, text: str = LONG_TEXT, **changes: Any) -> ArticleText:
    """What an article of one and the same source says."""
    return said(number, text, carrier="a", origin="a", **changes)


SHARES: dict[str, tuple[ArticleText, ArticleText, DuplicateRules, float | None]] = {
    "the same text": (said(1), said(2), USUAL_RULES, 1),
    "a third of another source's text": (said(1, LONGER), said(2), USUAL_RULES, 1),
    "a third of the source's own text": (own(1, LONGER), own(2), USUAL_RULES, None),
    "the source's own text again": (own(1), own(2), USUAL_RULES, 1),
    "a tenth of another source's text": (
        said(1, LONGER * 3 + LONGER[::-1] * 3),
        said(2),
        USUAL_RULES,
        None,
    ),
    "a tenth of it under its title": (
        said(1, LONGER * 3 + LONGER[::-1] * 3),
        said(2, title="title 1"),
        USUAL_RULES,
        1,
    ),
    "another text": (said(1), said(2, OTHER_TEXT), USUAL_RULES, None),
    "a short text": (said(1, "More soon."), said(2, "More soon."), USUAL_RULES, None),
    "a short text beside a long one": (
        said(1), said(2, "word1 word2 word3"), USUAL_RULES, None,
    ),
    "a template": (
        said(1, "Rate 1 of 2 was 3 at 4 in 5 " * 8),
        said(2, "Rate 6 of 7 was 8 at 9 in 0 " * 8),
        DuplicateRules(threshold=0.0),
        None,
    ),
    "a source that is off, whichever comes first": (
        said(1), said(2), DuplicateRules(by_source={"source-1": None}), None,
    ),
    "a stricter source": (
        said(1),
        said(2, LONG_TEXT.replace("word30", "mot30")),
        DuplicateRules(by_source={"source-2": 0.99}),
        None,
    ),
    "a laxer source beside a stricter one": (
        said(1),
        said(2, LONG_TEXT.replace("word30", "mot30")),
        DuplicateRules(threshold=0.99, by_source={"source-2": 0.5}),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SHARES.values(), ids=SHARES)
def test_what_two_articles_have_in_common(
    case: tuple[ArticleText, ArticleText, DuplicateRules, float | None],
) -> None:
    one, other, rules, expected = case

    assert share_in_common(one, other, rules) == expected
    assert share_in_common(other, one, rules) == expected


def told(*texts: ArticleText, rules: DuplicateRules) -> list[Copied | None]:
    """What is found of each text, one after the other."""
    originals = Originals(rules)
    found: list[Copied | None] = []
    for text in texts:
        copied = originals.find(text)
        originals.learn(text, copied)
        found.append(copied)
    return found


def test_copies_lead_to_the_first_seen() -> None:
    found = told(said(1), said(2), said(3), rules=USUAL_RULES)

    assert [one and (one.copy, one.original) for one in found] == [
        None,
        (2, 1),
        (3, 1),
    ]


def test_a_preferred_source_takes_the_place_of_the_first_and_of_its_copies() -> None:
    rules = DuplicateRules(prefer=("source-4", "source-3"))

    found = told(said(1), said(2), said(3), said(4), said(5), rules=rules)

    assert [one and (one.copy, one.original) for one in found] == [
        None,
        (2, 1),
        (1, 3),
        (3, 4),
        (5, 4),
    ]


def test_an_original_that_is_told_again_is_no_copy_of_its_copy() -> None:
    found = told(said(1), said(2), said(1), rules=USUAL_RULES)

    assert found[-1] is None


def test_a_text_under_a_third_title_is_its_sources_boilerplate() -> None:
    found = told(own(1), own(2), own(3), own(4), rules=USUAL_RULES)

    assert [one is not None for one in found] == [False, True, False, False]


def test_a_text_under_one_title_is_none() -> None:
    same = [own(number, title="t") for number in range(1, 5)]

    found = told(*same, rules=USUAL_RULES)

    assert [one is not None for one in found] == [False, True, True, True]


def test_values_of_many_articles_are_kept_no_more() -> None:
    originals = Originals(USUAL_RULES)
    text = said(1)
    for number in range(MOST_HOLDERS):
        assert originals.values_to_keep(text.wording) == text.wording.sketch
        originals.learn(said(number), None)

    assert originals.values_to_keep(text.wording) == frozenset()


def test_the_reason_says_how_much_is_the_same() -> None:
    one, two = ArticleId(1), ArticleId(2)

    assert Copied(copy=two, original=one, share=1).reason == "same text"
    assert Copied(copy=two, original=one, share=0.905).reason == "90.5% of the text"


def test_a_source_is_off_where_it_has_no_threshold() -> None:
    rules = DuplicateRules(by_source={"a": None})

    assert rules.is_off("a")
    assert not rules.is_off("b")
