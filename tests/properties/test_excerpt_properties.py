"""However a text is written, its excerpt is the beginning of it and harms no other."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.normalise.excerpt import LONGEST_EXCERPT, excerpt
from ingest.normalise.text import balanced, one_line

pytestmark = pytest.mark.property

CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
PIECES = (
    *("المغرب", "مُحَمَّد", "שלום", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "NATO", "12.5", "e\u0301te\u0301"),
    *("؟", ".", "۔", "!", "…", "،", "»", "«", ")", "👨\u200d👩\u200d👧", "🇲🇦"),
    *("\u2067", "\u2066", "\u2068", "\u2069", "\u202b", "\u202e", "\u202c"),
    *("\u200f", "\u200e", "\u061c", " ", " ", " ", "\n"),
)
texts = st.lists(st.sampled_from(PIECES), min_size=60, max_size=250).map("".join)


@given(text=texts)
def test_an_excerpt_turns_nothing_around_it(text: str) -> None:
    words = excerpt(text)

    assert len(words) <= LONGEST_EXCERPT
    assert balanced(words) == words


@given(text=texts)
def test_an_excerpt_is_the_beginning_of_its_text(text: str) -> None:
    whole = CONTROLS.sub("", one_line(text))

    words = CONTROLS.sub("", excerpt(text))

    kept = words if words == whole else words.removesuffix("…").rstrip()
    assert whole.startswith(kept)


@given(text=texts)
def test_an_excerpt_never_ends_inside_a_letter(text: str) -> None:
    whole = CONTROLS.sub("", one_line(text))
    words = CONTROLS.sub("", excerpt(text)).removesuffix("…").rstrip()

    following = whole[len(words) :][:1]

    assert not unicodedata.category(following or " ").startswith("M")
    assert not words.endswith("\u200d")
    assert not following.startswith("\u200d")
