from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import ArticleId
from store.identify.near_duplicates import SKETCH_SIZE, compare, read_wording
from store.identify.originals import USUAL_RULES, ArticleText, Originals

WORDS = st.sampled_from(
    [
        "the",
        "port",
        "of",
        "Oran",
        "opens",
        "12",
        "13",
        "الجزائر",
        "à",
        "again",
        "on",
        "Monday",
    ]
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)
ANY_TEXTS = st.one_of(TEXTS, st.text(max_size=200))
LONG_TEXTS = st.lists(WORDS, min_size=30, max_size=60).map(" ".join)


@pytest.mark.property
@given(one=ANY_TEXTS, other=ANY_TEXTS)
def test_likeness_is_symmetric_and_a_share(one: str, other: str) -> None:
    mine, others = read_wording(one), read_wording(other)

    found = compare(mine, others)

    assert found == compare(others, mine)
    shares = (found.jaccard, found.containment, found.size, found.numbers)
    assert all(0 <= share <= 1 for share in shares)


@pytest.mark.property
@given(text=st.lists(WORDS, min_size=3, max_size=60).map(" ".join))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    found = compare(read_wording(text), read_wording(text))

    assert (found.jaccard, found.containment, found.size, found.numbers) == (1, 1, 1, 1)


@pytest.mark.property
@given(text=ANY_TEXTS)
def test_sketches_are_small_and_repeat(text: str) -> None:
    sketch = read_wording(text).sketch

    assert sketch == read_wording(text).sketch
    assert len(sketch) <= SKETCH_SIZE
    assert all(0 <= value < 2**48 for value in sketch)


@pytest.mark.property
@given(one=LONG_TEXTS, other=LONG_TEXTS)
def test_only_who_was_first_decides_who_copies_whom(one: str, other: str) -> None:
    def copied(first: str, second: str) -> tuple[int, int, float] | None:
        originals = Originals(USUAL_RULES)
        for number, text in enumerate((first, second), start=1):
            said = ArticleText(
                article_id=ArticleId(number),
                carrier=f"source-{text == one}",
                origin=f"source-{text == one}",
                title="",
                wording=read_wording(text),
            )
            found = originals.find(said)
            originals.learn(said, found)
        return (found.copy, found.original, found.share) if found else None

    assert copied(one, other) == copied(other, one)
