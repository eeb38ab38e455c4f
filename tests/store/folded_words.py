"""The words of a text with what each of them points at."""

from __future__ import annotations

import re

from store.terms import BREAK, JOINT, fold

_WORD = re.compile(f"[^{JOINT}{re.escape(BREAK)}]+")


def words_in_place(text: str) -> list[tuple[str, int, int]]:
    """Each folded word of the text, with the offsets of its original."""
    folded = fold(text)
    return [
        (word[0], *folded.original(*word.span()))
        for word in _WORD.finditer(folded.text)
    ]
