from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

from tests.fuzz.corpus import SEEDS, case

SOAK_CASES = 10_000
CASES = 400
BATCH = 2_500
"""Documents that one process reads, which shares its memory among them."""


def faults(start: int, count: int) -> tuple[list[str], int]:
    """What went wrong with the documents, and how many of them were read."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.child", str(start), str(count)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = result.stdout.splitlines()
    if result.returncode != 0 or not lines:
        return [f"the process died: {result.stderr[-500:]}"], 0
    return lines[:-1], json.loads(lines[-1])["documents"]


def test_the_corpus_is_the_same_for_ever() -> None:
    assert [case(number) for number in range(99)] == [case(n) for n in range(99)]


def test_the_corpus_has_cases_of_every_kind() -> None:
    kinds = Counter(case(number).kind for number in range(CASES))

    assert len(kinds) == 12
    assert min(kinds.values()) > CASES / 12 - 1
    assert len(SEEDS) > 50


def test_a_few_hundred_spoilt_documents_are_read_or_refused_by_name() -> None:
    found, read = faults(0, CASES)

    assert found == []
    assert read > CASES / 2


@pytest.mark.soak
@pytest.mark.parametrize("start", range(0, SOAK_CASES, BATCH))
def test_ten_thousand_spoilt_documents_are_read_or_refused_by_name(start: int) -> None:
    found, read = faults(start, BATCH)

    assert found == []
    assert read > BATCH / 2
