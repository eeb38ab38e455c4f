"""Which characters reach a document."""

from __future__ import annotations

import pytest

from publish.formats.text import label, legal_text, prose

LEGAL = {
    "French stays": "« Le Mali », dit‑il…",
    "Arabic with its marks stays": "مُحَمَّد السادس، ١٢٪",
    "Tifinagh stays": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "marks of direction stay": "a\u200f\u202b\u2069",
    "signs beyond the first plane stay": "🌍𝒜",
    "a no-break space stays": "«\u00a0a\u202f»",
}
MENDED = {
    "controls go": ("a\x00\x08\x1bb", "ab"),
    "C1 controls go": ("a\x85\x92b", "ab"),
    "lone surrogates go": ("a\ud83db\udc00", "ab"),
    "noncharacters go": ("a\ufdd0\uffff\U0001fffeb", "ab"),
    "traces of a wrong charset go": ("a\ufffdb", "ab"),
    "line ends are line feeds": ("a\r\nb\rc", "a\nb\nc"),
}


@pytest.mark.parametrize("text", LEGAL.values(), ids=LEGAL)
def test_legal_text_is_unharmed(text: str) -> None:
    assert legal_text(text) == prose(text) == label(text) == text


@pytest.mark.parametrize(("text", "expected"), MENDED.values(), ids=MENDED)
def test_what_breaks_a_document_goes(text: str, expected: str) -> None:
    assert legal_text(text) == expected


def test_plain_text_never_reads_as_the_end_of_a_tag() -> None:
    assert prose("how to write <b>bold</b>") == "how to write <b>bold< /b>"


def test_a_label_is_one_trimmed_line() -> None:
    assert label("\n A \t title\r\nin two  lines ") == "A title in two lines"


def test_prose_keeps_its_lines() -> None:
    assert prose("\nOne.\nTwo. \n") == "One.\nTwo."
