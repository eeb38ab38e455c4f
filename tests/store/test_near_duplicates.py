from __future__ import annotations

import pytest

from store.identify.near_duplicates import (
    SKETCH_SIZE,
    Likeness,
    compare,
    read_wording,
)

TEXT = " ".join(f"word{number}" for number in range(200))
RATES = (
    "The dirham traded at {} to the dollar and at {} to the euro, with {} million "
    "changing hands in {} deals, the central bank said."
)


def words(start: int, end: int) -> str:
    """A part of the text."""
    return " ".join(TEXT.split()[start:end])


def likeness(one: str, other: str) -> Likeness:
    return compare(read_wording(one), read_wording(other))


CASES: dict[str, tuple[str, str, float]] = {
    "a text has all of itself": (TEXT, TEXT, 1),
    "case, accents and punctuation do not count": (TEXT, TEXT.upper() + "!", 1),
    "a part is contained": (TEXT, words(20, 80), 1),
    "lines before and behind a part do not count": (
        TEXT,
        f"Oran APS {words(0, 60)} read more at home",
        1,
    ),
    "lines that are a third of it do": (
        TEXT,
        f"{words(0, 20)} " + " ".join(f"other{number}" for number in range(20)),
        18 / 38,
    ),
    "other words are not": (TEXT, "Something else entirely was said today", 0),
    "nothing has nothing": ("", TEXT, 0),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_containment(case: tuple[str, str, float]) -> None:
    one, other, containment = case

    assert likeness(one, other).containment == pytest.approx(containment)


def test_the_jaccard_index_counts_what_either_says() -> None:
    found = likeness(TEXT, words(0, 101))

    assert found.jaccard == pytest.approx(99 / 198)
    assert found.size == pytest.approx(101 / 200)


NUMBERS: dict[str, tuple[str, str, bool]] = {
    "a template with other numbers keeps few": (
        RATES.format(9, 10, 311, 44),
        RATES.format(8, 12, 523, 61),
        False,
    ),
    "one number may be corrected": (
        RATES.format(9, 10, 311, 44),
        RATES.format(9, 10, 311, 45),
        True,
    ),
    "a date put before it takes none away": (
        RATES.format(9, 10, 311, 44),
        "Rabat, 23 November 2026, " + RATES.format(9, 10, 311, 44),
        True,
    ),
    "without numbers all are kept": (TEXT, words(0, 60), True),
}


@pytest.mark.parametrize("case", NUMBERS.values(), ids=NUMBERS)
def test_numbers(case: tuple[str, str, bool]) -> None:
    one, other, are_kept = case

    assert (likeness(one, other).numbers >= 0.8) is are_kept


def test_a_text_of_fewer_than_thirty_words_has_no_sketch() -> None:
    assert read_wording(words(0, 29)).sketch == frozenset()
    assert read_wording(words(0, 30)).sketch != frozenset()


def test_a_sketch_stays_small_and_the_same() -> None:
    sketch = read_wording(TEXT * 20).sketch

    assert len(sketch) <= SKETCH_SIZE
    assert max(sketch) < 2**48
    assert sketch == read_wording(TEXT * 20).sketch


def test_a_lead_shares_values_with_a_text_ten_times_as_long() -> None:
    whole = " ".join(f"term{number}" for number in range(600))
    lead = " ".join(whole.split()[:60])

    assert len(read_wording(whole).sketch & read_wording(lead).sketch) >= 5
