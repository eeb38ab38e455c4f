from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import duplicates
from benchmarks.copies.alterations import ALTERATIONS
from benchmarks.copies.pairs import (
    SHORTEST,
    copies_of,
    footer_pairs,
    judged_pairs,
    neighbour_pairs,
    own_pieces,
    radio_pieces,
    template_pairs,
)
from benchmarks.copies.templates import KINDS, report
from benchmarks.labelled.rows import load_rows

PIECE = own_pieces()[0]


def chance() -> random.Random:
    """The same luck at every call."""
    return random.Random(7)  # noqa: S311 - nothing is kept secret by it


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_equal_chances_give_equal_copies(kind: str) -> None:
    one, other = (
        ALTERATIONS[kind](PIECE.text, PIECE.language, chance()) for _ in range(2)
    )

    assert one == other
    assert one.split()


LENGTHS = {
    "first half": (0.45, 0.55),
    "first third": (0.3, 0.37),
    "typos": (0.98, 1.02),
    "reordered": (1, 1),
    "dateline": (1.01, 1.1),
}


@pytest.mark.parametrize("kind", LENGTHS)
def test_a_copy_is_as_long_as_its_kind_says(kind: str) -> None:
    copy = ALTERATIONS[kind](PIECE.text, PIECE.language, chance())

    least, most = LENGTHS[kind]
    assert least <= len(copy.split()) / len(PIECE.text.split()) <= most


def test_typos_change_two_to_five_words_of_a_hundred() -> None:
    copy = ALTERATIONS["typos"](PIECE.text, PIECE.language, chance())

    words = zip(PIECE.text.split(), copy.split(), strict=True)
    assert 1 <= sum(one != other for one, other in words) <= 0.05 * 120


def test_reports_of_a_template_have_no_gap_left() -> None:
    for language, kinds in KINDS.items():
        for kind in kinds:
            text = report(kind, language, chance())
            assert "{" not in text
            assert len(text.split()) >= 30


def test_copies_and_others_are_labelled() -> None:
    pieces = own_pieces()

    assert all(pair.is_copy for pair in copies_of(pieces))
    assert not any(pair.is_copy for pair in template_pairs())
    assert not any(pair.is_copy for pair in footer_pairs(pieces))
    assert not any(pair.is_copy for pair in neighbour_pairs(pieces))
    copies = [len(pair.second.text.split()) for pair in copies_of(pieces)]
    assert min(copies) >= SHORTEST


def test_judged_pairs_that_say_the_same_are_left_out() -> None:
    row = {"language": "en", "text1": "One text.", "text2": "Another."}

    pairs = judged_pairs([row | {"overall": score} for score in (1.0, 2.5, 4.0)])

    assert [pair.kind for pair in pairs] == ["related", "unrelated"]


def test_a_text_that_a_corpus_has_twice_is_taken_once() -> None:
    rows = [{"text": "x", "title": "1"}, {"text": "x", "title": "2"}]

    assert len(radio_pieces(rows)) == 1


def test_absent_data_are_no_data(tmp_path: Path) -> None:
    assert load_rows(tmp_path / "absent.jsonl.gz") == []


def test_precision_and_recall_are_those_of_the_verdicts() -> None:
    verdicts = Counter(
        {(True, True): 8, (True, False): 2, (False, True): 2, (False, False): 5}
    )

    assert duplicates.describe(verdicts) == (
        "precision 0.800  recall 0.800  (10 copies, 7 others)"
    )


def test_our_own_copies_are_found_and_nothing_else() -> None:
    pieces = own_pieces()
    pairs = [*copies_of(pieces), *neighbour_pairs(pieces), *footer_pairs(pieces)]

    wrong = [
        (pair.kind, pair.first.title)
        for pair in pairs
        if duplicates.is_found(pair) is not pair.is_copy
    ]

    assert len(wrong) <= 0.02 * len(pairs)
    assert not [kind for kind, _ in wrong if kind in ("same topic", "same footer")]


def test_the_speed_is_measured_over_stored_sketches(
    capsys: pytest.CaptureFixture[str],
) -> None:
    duplicates.show_speed(own_pieces(), size=40)

    assert "among 40 (2 of 11 found)" in capsys.readouterr().out
