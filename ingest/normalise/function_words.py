"""The small words by which a Latin text shows its language at a glance.

Tables of words that hardly any of the other languages here writes so. Which language
follows from their number is `language`'s to decide.
"""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "en": """
        the of and to that is was for with has have be by from it are were this which
        will would not but they their been said says after who his its an about over
        new against between into than when could out he she we you more at as how why
        what where also had other under first year years may up off amid
    """,
    "fr": """
        le les des du et est dans pour une sur qui avec par au aux ce cette ces ses
        plus pas ont été sont il elle ils nous vous mais leur leurs ou où à après
        selon comme être afin ainsi depuis dont lors chez sous vers l' d' qu' n' s' c'
        j' sa fait contre très même aussi deux ans face ne
    """,
    "es": """
        el los las del y con para por una se su sus lo como más pero fue ha han es
        está este al sobre según también desde hasta sin muy ser cuando ya años tras
        dos ante donde hay fueron había era cómo qué esto esa ese
    """,
    "kab": """
        deg ɣef ara yella tella llan akken tura ayen yal imi yiwen yiwet ɣer neɣ asmi
        maca nniḍen akk ula ilmend ideg iwakken acu anida ayagi dayen seld mi tamurt
    """,
}
WORDED = frozenset(_WORDS)
"""The languages whose function words are listed here."""

_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _language, _words in _WORDS.items():
    for _word in _words.split():
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _language)

_WORD = re.compile(r"[^\W\d_]+'?")
# Greek letters stand for these where keyboards lack them; no transliteration has them.
# Bambara and Ewe have them too, beside letters that Tamazight lacks.
_TAMAZIGHT_LETTER = re.compile("[ɣɛ]|(?<=[a-z])[γε]|[γε](?=[a-z])")
_LETTER_OF_ANOTHER = re.compile("[ɔŋɲ]")
_TAMAZIGHT_PARTICLES = ("d", "n", "i", "s", "ad", "ur")


def latin_words(text: str) -> list[str]:
    """The words of a text in lower case, an elided article apart: l', état."""
    return _WORD.findall(text.lower().replace("’", "'"))


def telling_words(words: list[str]) -> Counter[str]:
    """How many of the words speak for each language."""
    said = Counter(language for word in words for language in _LANGUAGES.get(word, ()))
    line = " ".join(words)
    if _TAMAZIGHT_LETTER.search(line) and not _LETTER_OF_ANOTHER.search(line):
        said["kab"] += sum(1 for word in words if _TAMAZIGHT_LETTER.search(word))
    if "kab" in said:  # alone, single letters are initials and endings: d, n
        said["kab"] += sum(map(words.count, _TAMAZIGHT_PARTICLES))
    return said
