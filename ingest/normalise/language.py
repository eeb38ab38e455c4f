"""The language of an entry, from what is declared and the script of its text.

Nothing is detected from words: only a declaration that the script refutes is
overruled.
"""

from __future__ import annotations

import re

_PRIMARY_SUBTAG = re.compile(r"\s*([a-z]{2,3})(?![^\s_-])", re.IGNORECASE | re.ASCII)
_SHORTER = {"ara": "ar", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es"}
_NO_LANGUAGE = frozenset({"mis", "mul", "und", "zxx"})  # ISO 639-2 for "unknown"
_IN_ARABIC_SCRIPT = frozenset(
    {
        *("ar", "aeb", "ajp", "apc", "arq", "ary", "arz", "ayl"),
        *("ckb", "fa", "ku", "ks", "pnb", "prs", "ps", "sd", "ug", "ur"),
    }
)
_ARABIC_LETTER = re.compile("[ء-يٮ-ۓۺ-ۿݐ-ݿࢠ-ࣇﭐ-ﷻﹰ-ﻼ]")
_SAMPLE = 2_000  # characters of a text tell its script


def choose_language(
    *, entry: str | None, source: str | None, document: str | None, text: str
) -> str | None:
    """The entry's language as a primary subtag in lower case; None where unknown.

    The entry's own declaration comes first, then what the operator configured for
    the source, then the document's: WordPress declares en-US on French sites. A text
    in Arabic letters is Arabic unless the declared language is written in them too.
    """
    declared = _primary(entry) or _primary(source) or _primary(document)
    if declared not in _IN_ARABIC_SCRIPT and _is_arabic_script(text[:_SAMPLE]):
        return "ar"
    return declared


def _primary(declared: str | None) -> str | None:
    """The language in "fr-FR", "fr_FR" or "FRA"; None for what names none."""
    found = _PRIMARY_SUBTAG.match(declared or "")
    if found is None:
        return None
    subtag = found[1].lower()
    return None if subtag in _NO_LANGUAGE else _SHORTER.get(subtag, subtag)


def _is_arabic_script(text: str) -> bool:
    """Whether more than half of the letters are of the Arabic script."""
    letters = sum(map(str.isalpha, text))
    return 2 * len(_ARABIC_LETTER.findall(text)) > letters
