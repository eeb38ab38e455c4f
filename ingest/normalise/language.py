"""The language of an entry: as declared if that is plausible, else as its text shows.

The rules and their measures are in docs/decisions/0010-language-of-an-entry.md.
"""

from __future__ import annotations

import re

from ingest.normalise.function_words import WORDED, latin_words, telling_words
from ingest.normalise.language_model import likeliest_language
from ingest.normalise.scripts import TAMAZIGHT, Script, may_be_written, script_of

_PRIMARY_SUBTAG = re.compile(r"\s*([a-z]{2,3})(?![^\s_-])", re.IGNORECASE | re.ASCII)
_SHORTER = {"ara": "ar", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es"}
_NO_LANGUAGE = frozenset({"mis", "mul", "und", "zxx"})  # ISO 639-2 for "unknown"
_OF_SCRIPT = {Script.ARABIC: "ar", Script.TIFINAGH: "zgh"}

_SAMPLE = 1_000  # characters of a text tell its language
_TOO_FEW_WORDS = 3  # to guess from
_ENOUGH_WORDS = 20  # to overrule a declaration
_CLEAR_HITS = 3
_CLEAR_SHARE = 0.2  # of function words; Italian shows 0.14 of Spanish ones, Spanish 0.3
_CLEAR_LEAD = 3  # times the next language's hits
_LIKELY = 0.7
_CERTAIN = 0.95


def choose_language(
    *,
    entry: str | None,
    source: str | None,
    document: str | None,
    text: str,
    among: frozenset[str],
) -> str | None:
    """The entry's language as a primary subtag in lower case; None where unknown.

    The entry's own declaration comes first, then what the operator configured for
    the source, then the document's. It stands unless the script or many clear words
    refute it; between declarations that differ, clear words decide. Without one the
    text is taken for one of `among`, if it has more than three words.
    """
    sample = text[:_SAMPLE]
    script = script_of(sample)
    codes = (_primary(code) for code in (entry, source, document))
    declared = [code for code in codes if code and may_be_written(code, script)]
    if script is Script.LATIN:
        return _of_latin_text(sample, declared, among)
    return declared[0] if declared else _OF_SCRIPT.get(script)


def _primary(declared: str | None) -> str | None:
    """The language in "fr-FR", "fr_FR" or "FRA"; None for what names none."""
    found = _PRIMARY_SUBTAG.match(declared or "")
    if found is None:
        return None
    subtag = found[1].lower()
    return None if subtag in _NO_LANGUAGE else _SHORTER.get(subtag, subtag)


def _of_latin_text(
    sample: str, declared: list[str], among: frozenset[str]
) -> str | None:
    words = latin_words(sample)
    if len(words) <= _TOO_FEW_WORDS:
        return declared[0] if declared else None
    shown = _clearly_shown(words)
    if not declared:
        return shown or _guessed(sample, words, among)
    if shown is None or shown in declared:
        return shown or declared[0]
    is_refuted = len(words) >= _ENOUGH_WORDS and _refutes(shown, declared[0], sample)
    return shown if is_refuted else declared[0]


def _clearly_shown(words: list[str]) -> str | None:
    """The language of most function words, if there are enough and few of another."""
    said = telling_words(words).most_common(2)
    if not said:
        return None
    (language, hits), (_, others) = (*said, ("", 0))[:2]
    is_clear = hits >= max(_CLEAR_HITS, _CLEAR_SHARE * len(words), _CLEAR_LEAD * others)
    return language if is_clear else None


def _guessed(sample: str, words: list[str], among: frozenset[str]) -> str | None:
    found = likeliest_language(sample, among)
    if found is None or found[1] < _LIKELY:
        return None
    # The model takes foreign names for Kabyle.
    is_stray = found[0] in TAMAZIGHT and not telling_words(words)["kab"]
    return None if is_stray else found[0]


def _refutes(shown: str, declared: str, sample: str) -> bool:
    """Whether the language that the words show cannot be taken for the declared one."""
    if shown in TAMAZIGHT and declared in TAMAZIGHT:
        return False
    if declared in WORDED:
        return True
    found = likeliest_language(sample, frozenset({shown, declared}))
    return found is not None and found[0] == shown and found[1] >= _CERTAIN
