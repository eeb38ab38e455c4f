"""The script of a text, and which languages are written in it."""

from __future__ import annotations

import re
from enum import Enum
from typing import assert_never


class Script(Enum):
    """What more than half of the letters of a text are."""

    ARABIC = "arabic"
    TIFINAGH = "tifinagh"
    LATIN = "latin"
    OTHER = "other"
    """Another script, or two of which none has more than half."""
    NONE = "none"
    """A text without letters."""


IN_ARABIC = frozenset(
    {
        *("ar", "aeb", "ajp", "apc", "arq", "ary", "arz", "ayl"),
        *("ckb", "fa", "ku", "ks", "pnb", "prs", "ps", "sd", "ug", "ur"),
    }
)
"""Languages whose newspapers are written in Arabic letters."""

TAMAZIGHT = frozenset({"ber", "kab", "rif", "shi", "shy", "taq", "thv", "tzm", "zgh"})
"""The Berber languages, written in Tifinagh and in Latin letters."""

_BY_OTHERS_ONLY = frozenset(
    {
        *("am", "be", "bg", "bn", "el", "gu", "he", "hi", "hy", "ja", "ka", "km", "kn"),
        *("ko", "lo", "mk", "ml", "mr", "my", "ne", "pa", "ru", "si", "ta", "te", "th"),
        *("ti", "uk", "yi", "zh"),
    }
)
_IN_TWO = frozenset({"az", "ku", "kk", "mn", "sr", "tg", "tk", "tt", "ug", "uz"})


_LETTERS = {
    Script.LATIN: re.compile("[A-Za-zÀ-ÖØ-öø-ɏɐ-ʯḀ-ỿ]+"),
    Script.ARABIC: re.compile("[ء-يٮ-ۓۺ-ۿݐ-ݿࢠ-ࣇﭐ-ﷻﹰ-ﻼ]+"),
    Script.TIFINAGH: re.compile("[ⴰ-ⵧⵯ]+"),
}


def script_of(text: str) -> Script:
    """The script that has more than half of the letters."""
    letters = sum(map(str.isalpha, text))
    if not letters:
        return Script.NONE
    for script, its_letters in _LETTERS.items():
        if 2 * sum(map(len, its_letters.findall(text))) > letters:
            return script
    return Script.OTHER


def may_be_written(language: str, script: Script) -> bool:
    """Whether newspapers in the language (primary subtag) use the script.

    A language nobody here knows may be in every one but Tifinagh.
    """
    match script:
        case Script.ARABIC:
            return language in IN_ARABIC
        case Script.TIFINAGH:
            return language in TAMAZIGHT
        case Script.LATIN:
            is_in_arabic_only = language in IN_ARABIC - _IN_TWO
            return not is_in_arabic_only and language not in _BY_OTHERS_ONLY
        case Script.OTHER:
            return language in _BY_OTHERS_ONLY | _IN_TWO
        case Script.NONE:
            return True
        case _:
            assert_never(script)
