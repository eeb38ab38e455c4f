"""The language of an entry: as declared if that is plausible, else as its text shows.

The rules and their measures are in docs/decisions/0010-language-of-an-entry.md.
"""

from __future__ import annotations

import re

from ingest.normalise.function_words import WORDED, latin_words, telling_words
from ingest.normalise.scripts import TAMAZIGHT, Script, may_be_written, script_of

_PRIMARY_SUBTAG = re.compile(r"\s*([a-z]{2,3})(?![^\s_-])", re.IGNORECASE | re.ASCII)
_SHORTER = {"ara": "ar", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es"}
_NO_LANGUAGE = frozenset({"mis", "mul", "und", "zxx"})  # ISO 639-2 for "unknown"
_OF_SCRIPT = {Script.ARABIC: "ar", Script.TIFINAGH: "zgh"}

_SAMPLE = 1_000  # characters of a text tell its language
_TOO_FEW_WORDS = 3  # to show one
_ENOUGH_WORDS = 20  # to overrule a declaration
_CLEAR_HITS = 3
_CLEAR_SHARE = 0.2  # of function words; Italian shows 0.14 of Spanish ones, Spanish 0.3
_CLEARER_SHARE = 0.25  # to overrule a language of which we know no words
_CLEAR_LEAD = 3  # times the next language's hits


def choose_language(
    *, entry: str | None, source: str | None, document: str | None, text: str
) -> str | None:
    """The entry's language as a primary subtag in lower case; None where unknown.

    The entry's own declaration comes first, then what the operator configured for
    the source, then the document's. It stands unless the script or many clear words
    refute it; between declarations that differ, clear words decide. Without one the
    text's own words tell, if it has more than three.
    """
    sample = text[:_SAMPLE]
    script = script_of(sample)
    codes = (_primary(code) for code in (entry, source, document))
    declared = [code for code in codes if code and may_be_written(code, script)]
    if script is Script.LATIN:
        return _of_latin_words(latin_words(sample), declared)
    return declared[0] if declared else _OF_SCRIPT.get(script)


def language_sample(title: str, text: str) -> str:
    """As much of an entry as its language is told from."""
    return f"{title}\n{text}"[:_SAMPLE]


def _primary(declared: str | None) -> str | None:
    """The language in "fr-FR", "fr_FR" or "FRA"; None for what names none."""
    found = _PRIMARY_SUBTAG.match(declared or "")
    if found is None:
        return None
    subtag = found[1].lower()
    return None if subtag in _NO_LANGUAGE else _SHORTER.get(subtag, subtag)


def _of_latin_words(words: list[str], declared: list[str]) -> str | None:
    first = declared[0] if declared else None
    shown, share = _clearly_shown(words)
    if first is None or shown is None or shown in declared:
        return shown or first
    return shown if _refutes(shown, share, len(words), first) else first


def _clearly_shown(words: list[str]) -> tuple[str | None, float]:
    """The language of most function words, if they are enough, and their share."""
    said = telling_words(words).most_common(2)
    if not said or len(words) <= _TOO_FEW_WORDS:
        return None, 0.0
    (language, hits), (_, others) = (*said, ("", 0))[:2]
    share = hits / len(words)
    is_clear = hits >= max(_CLEAR_HITS, _CLEAR_LEAD * others) and share >= _CLEAR_SHARE
    return (language, share) if is_clear else (None, 0.0)


def _refutes(shown: str, share: float, words: int, declared: str) -> bool:
    """Whether words so clear cannot be in the declared language."""
    if words < _ENOUGH_WORDS or (shown in TAMAZIGHT and declared in TAMAZIGHT):
        return False
    return declared in WORDED or share >= _CLEARER_SHARE
