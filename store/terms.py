"""Text -> normalised terms and stems: the one tokeniser of tags, topics and search.

Works on copies for comparison; offsets always point into the text as published, so
that display text is never altered. Knows nothing of tags or topics.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import Stemmer

JOINT = " "
"""Stands for what may part the words of one name: white space, hyphen, apostrophe."""

BREAK = "."
"""Stands for every other character that is no part of a word."""

_IRREGULAR = "\0"  # holds the place of a character that becomes none or several
_APOSTROPHES = frozenset("'`´‘’‛ʹʻʼʽʾʿ′")
_PAUSES = frozenset("—―⸺⸻")  # dashes that part clauses, unlike the hyphens
_ACCENTS = ("COMBINING ", "ARABIC ", "HEBREW ", "VARIATION SELECTOR")
# What neither decomposition nor case folding brings together. The Persian letters
# are what some keyboards write in Arabic words.
_LETTERS = {
    "ى": "ي", "ة": "ه", "ٱ": "ا", "ی": "ي", "ک": "ك", "ـ": "",
    "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe",
}  # fmt: skip


class Token(NamedTuple):
    """A normalised term and where it stands: offsets of characters in the original.

    A tuple and no dataclass, because long texts make hundreds of them.
    """

    term: str
    start: int
    end: int


def _is_accent(mark: str) -> bool:
    return unicodedata.name(mark, "").startswith(_ACCENTS)


def _fold_letter(letter: str) -> str:
    """One character of a decomposed, case-folded text as it is compared."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter.isspace() or letter in _APOSTROPHES:
        return JOINT
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category[0] in "LNM":
        return "" if category[0] == "M" and _is_accent(letter) else letter
    if category == "Cf":  # zero-width characters, marks of direction, soft hyphens
        return ""
    return JOINT if category == "Pd" and letter not in _PAUSES else BREAK


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One character of a text as it is compared: usually one, else none or several."""
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    folded = "".join(map(_fold_letter, unicodedata.normalize("NFKD", decomposed)))
    if not folded.strip(JOINT + BREAK):
        return BREAK if BREAK in folded else folded[:1]
    return unicodedata.normalize("NFC", folded)


def _fold_in_place(code: int) -> str:
    folded = _fold_character(chr(code))
    return folded if len(folded) == 1 else _IRREGULAR


class _InPlace(dict[int, str]):
    """What `str.translate` puts for each character, learnt as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_in_place(code)
        if code < 0x3000:  # a bound for texts that show every character there is
            self[code] = folded
        return folded


_IN_PLACE = _InPlace()
# English, French and Arabic fit into this code page, where C does the folding:
# measured 20 µs instead of 170 to 230 for the 3,000 characters of an article.
_CODE_PAGE = "cp1256"
_NOT_IN_CODE_PAGE = ord("?")  # what encoding puts there; looked at again, like ? itself
_MANY = 16  # with one in so many of these, looking at each takes longer


def _fold_byte(byte: int) -> bytes:
    folded = _fold_in_place(ord(bytes([byte]).decode(_CODE_PAGE)))
    is_known = byte != _NOT_IN_CODE_PAGE and folded.encode(_CODE_PAGE, "ignore")
    return folded.encode(_CODE_PAGE) if is_known else _IRREGULAR.encode()


_IN_CODE_PAGE = b"".join(map(_fold_byte, range(256)))
_IRREGULAR_RUN = re.compile(f"[{JOINT}{_IRREGULAR}]{{2,}}|{_IRREGULAR}")
_ONE_IRREGULAR = re.compile(_IRREGULAR)
_TERM = re.compile(f"[^{JOINT}{re.escape(BREAK)}]+")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text as it is compared: terms parted by JOINT and BREAK, never two JOINTs.

    `anchors` and `origins` are the offsets, in `text` and in the original, from
    which the two run in step until the next pair.
    """

    text: str
    anchors: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the span of `text` stands for.

        Accents and zero-width characters behind the last letter belong to it.
        """
        if len(self.anchors) == 1:
            return start, end
        return self._origin(start), max(self._origin(end), self._origin(end - 1) + 1)

    def _origin(self, offset: int) -> int:
        nearest = bisect_right(self.anchors, offset) - 1
        return self.origins[nearest] + offset - self.anchors[nearest]


def fold(text: str) -> FoldedText:
    """The text as it is compared, with the way back to its own offsets.

    NFKC and case-folded, accents and vowel signs dropped, digits as 0 to 9; Arabic
    alef, ya and ta marbuta in one form each, tatweel gone; zero-width characters and
    marks of direction gone.
    """
    plain = _fold_plainly(text)
    if _IRREGULAR in plain or JOINT * 2 in plain:
        return _fold_irregular(text, plain)
    return FoldedText(plain)


def _fold_plainly(text: str) -> str:
    """Each character of the text as it is compared, _IRREGULAR for none or several."""
    code_page = text.encode(_CODE_PAGE, "replace")
    plain = code_page.translate(_IN_CODE_PAGE).decode(_CODE_PAGE)
    if plain.count(_IRREGULAR) * _MANY > len(text):
        return text.translate(_IN_PLACE)
    return plain


def _fold_irregular(text: str, plain: str) -> FoldedText:
    """Puts what the irregular characters become into the text that was folded."""
    pieces: list[str] = []
    anchors, origins = [0], [0]
    length = done = 0
    for run in _IRREGULAR_RUN.finditer(plain):
        pieces.append(plain[done : run.start()])
        length += run.start() - done
        for folded, index in _fold_run(text, *run.span()):
            pieces.append(folded)
            anchors.append(length)
            origins.append(index)
            length += 1
        done = run.end()
        anchors.append(length)
        origins.append(done)
    pieces.append(plain[done:])
    return FoldedText("".join(pieces), tuple(anchors), tuple(origins))


def _fold_run(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """Each folded character of the run with the offset of its original."""
    folded: list[tuple[str, int]] = []
    for index in range(start, end):
        for character in _fold_character(text[index]):
            follows_joint = bool(folded) and folded[-1][0] == JOINT
            if character != JOINT or not follows_joint:
                folded.append((character, index))
    return folded


def tokenise(text: str) -> tuple[Token, ...]:
    """The terms of the text in order, each with its offsets in the original."""
    folded = fold(text)
    return tuple(
        Token(match[0], *folded.original(*match.span()))
        for match in _TERM.finditer(folded.text)
    )


def terms(text: str) -> tuple[str, ...]:
    """The terms of the text in order, where offsets are not needed."""
    return tuple(parted_terms(text).split())


def parted_terms(text: str) -> str:
    """The terms of the text in order, with nothing between them but white space."""
    plain = _fold_plainly(text)
    if _IRREGULAR in plain:
        plain = _ONE_IRREGULAR.sub(
            lambda one: _fold_character(text[one.start()]), plain
        )
    return plain.replace(BREAK, JOINT)


# Without its accent Snowball takes expulsée for another word than expulsé; few French
# words end in a bare "ee".
_FRENCH_PARTICIPLE = re.compile(r"ee(?=s?$)")
_ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish"}
STEMMED_LANGUAGES = ("ar", *_ALGORITHMS)
"""The languages in which `stem` does more than give the term back."""

_SHORTEST_ARABIC_FORM = 3
_ARTICLE = "ال"
# What may be written together with the beginning of an Arabic word, outermost first,
# and what is left of it: the preposition ل swallows the alef of the article.
_CLITICS = (
    {"و": "", "ف": ""},
    {"لل": _ARTICLE, "ل": "", "ب": "", "ك": ""},
    {_ARTICLE: ""},
)
ARABIC_CLITICS = frozenset(
    conjunction + clitic
    for conjunction in ("", "و", "ف")
    for clitic in ("", "ب", "ل", "ك", _ARTICLE, "ب" + _ARTICLE, "ك" + _ARTICLE, "لل")
)
"""Every sequence of clitics that may stand before an Arabic word; "" for none."""

_STEM_BEGINNINGS = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و")
_STEM_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def is_arabic(term: str) -> bool:
    """Whether the normalised term is written in Arabic letters."""
    return "ء" <= term[:1] <= "ي"


def arabic_variants(term: str) -> tuple[str, ...]:
    """The normalised term, then what it may be without its clitics, longest first.

    وبالمغرب gives also بالمغرب, المغرب and مغرب. No form has fewer than three
    letters. A term in other letters is its only form.
    """
    forms = [term]
    if is_arabic(term):
        for clitics in _CLITICS:
            forms += [
                remainder
                for form in forms
                if len(remainder := _strip(form, clitics)) >= _SHORTEST_ARABIC_FORM
            ]
    return tuple(dict.fromkeys(sorted(forms, key=len, reverse=True)))


def _strip(form: str, clitics: dict[str, str]) -> str:
    """The form without the first of the clitics that it begins with; else ""."""
    for clitic, remains in clitics.items():
        if form.startswith(clitic):
            return remains + form[len(clitic) :]
    return ""


@lru_cache(maxsize=50_000)  # about as many words as the news of a year uses
def stem(term: str, language: str | None) -> str:
    """What the normalised term has in common with its inflections in the language.

    English, French and Spanish by Snowball, Arabic by cutting article, conjunction
    and the commonest endings; a term in another or no known language is its own stem.
    """
    code = language.partition("-")[0].lower() if language else ""
    if code == "ar":
        return _stem_arabic(term)
    if code not in _ALGORITHMS:
        return term
    if code == "fr":
        term = _FRENCH_PARTICIPLE.sub("ée", term)
    # A stemmer of one's own per call: they must not be shared between threads.
    stemmed: str = Stemmer.Stemmer(_ALGORITHMS[code], 0).stemWord(term)
    return stemmed.replace("é", "e")


def _stem_arabic(term: str) -> str:
    for beginning in _STEM_BEGINNINGS:
        if (
            term.startswith(beginning)
            and len(term) >= len(beginning) + _SHORTEST_ARABIC_FORM
        ):
            term = term[len(beginning) :]
            break
    for ending in _STEM_ENDINGS:
        if term.endswith(ending) and len(term) >= len(ending) + _SHORTEST_ARABIC_FORM:
            term = term[: -len(ending)]
    return term
