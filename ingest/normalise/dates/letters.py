"""The words of a date -> one line in the few spellings that the tables know.

Only spelling: capitals, accents, vowel marks, figures of every script, spaces.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST_AS_WRITTEN = 1_000  # characters; some pages put whole lines of spaces in
_LONGEST = 120  # of the line; real dates have under sixty

# Arabic letters that are often written for one another, and what says nothing.
_LETTERS = str.maketrans(
    {"ى": "ي", "ة": "ه", "ٱ": "ا", "ء": "", "ـ": "", "،": ",", "–": "-", "—": "-"}
)
_MINUS = str.maketrans("−‐‑", "---")


def folded(words: str) -> str | None:
    """The words as one folded line; None where they are too long for a date."""
    if len(words) > _LONGEST_AS_WRITTEN:
        return None
    if not words.isascii():
        words = _without_marks(words)
    line = " ".join(words.lower().split())
    return line if len(line) <= _LONGEST else None


def _without_marks(words: str) -> str:
    """Letters without accents, figures as 0 to 9, marks of direction gone."""
    apart = unicodedata.normalize("NFKD", words.translate(_MINUS))
    kept = "".join(_plain(sign) for sign in apart)
    return unicodedata.normalize("NFC", kept).translate(_LETTERS)


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    return "" if category in {"Mn", "Cf"} else sign


def words_of(line: str) -> list[str]:
    """The words and numbers of a folded line, parted also where figures meet letters.

    The points of abbreviations are dropped: "p.m." is one word.
    """
    return _WORD.findall(line.replace(".", ""))


_WORD = re.compile(r"\d+|[^\W\d_]+")
