"""What happens to a text that others republish: cut, dated, misspelt, reordered.

Every alteration is a function of a text and a source of chance, so that equal seeds
give equal copies.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

Alteration = Callable[[str, str, random.Random], str]
"""From a text, its language and chance to the copy."""

_DATELINES = {
    "en": ("RABAT, 23 November (MAP) -", "ALGIERS (Reuters) -", "NOUAKCHOTT -"),
    "fr": ("Alger, le 23 novembre (APS) -", "RABAT (AFP) -", "TUNIS (TAP) -"),
    "ar": ("الرباط - 23 نوفمبر (و.م.ع) -", "الجزائر (وأج) -", "تونس - وات -"),
}
_AGENCY_LINES = {
    "en": "(Reporting by our correspondents; editing by the desk in Casablanca)",
    "fr": "(Avec AFP et l'agence officielle, rédaction de Casablanca)",
    "ar": "(وكالة الأنباء الرسمية - تحرير مكتب الدار البيضاء)",
}
_BOILERPLATE = {
    "en": "Subscribe to our newsletter and follow us on every network for more news.",
    "fr": "Abonnez-vous à notre lettre et suivez-nous sur tous les réseaux sociaux.",
    "ar": "اشتركوا في نشرتنا وتابعونا على جميع مواقع التواصل للمزيد من الأخبار.",
}
_LETTERS = {"ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}
_LATIN = "abcdefghijklmnopqrstuvwxyz"


def cut_to_half(text: str, _language: str, _chance: random.Random) -> str:
    """The first half of the words."""
    return _first_words(text, 1 / 2)


def cut_to_a_third(text: str, _language: str, _chance: random.Random) -> str:
    """The first third of the words."""
    return _first_words(text, 1 / 3)


def _first_words(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: round(len(words) * share)])


def date(text: str, language: str, chance: random.Random) -> str:
    """With a dateline before it."""
    return f"{chance.choice(_DATELINES[language])} {text}"


def credit_agencies(text: str, language: str, _chance: random.Random) -> str:
    """With a line about agencies and desks behind it."""
    return f"{text}\n{_AGENCY_LINES[language]}"


def misspell(text: str, language: str, chance: random.Random) -> str:
    """With typing mistakes in two to five words of a hundred."""
    words = text.split()
    count = round(len(words) * chance.uniform(0.02, 0.05))
    for place in chance.sample(range(len(words)), count):
        words[place] = _misspelt(words[place], _LETTERS.get(language, _LATIN), chance)
    return " ".join(words)


def _misspelt(word: str, letters: str, chance: random.Random) -> str:
    """The word with a letter lost, doubled, exchanged or two of them swapped."""
    place = chance.randrange(len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        [
            before + after or letter * 2,
            before + letter * 2 + after,
            before + chance.choice(letters) + after,
            before + after[:1] + letter + after[1:],
        ]
    )


def reorder(text: str, _language: str, chance: random.Random) -> str:
    """With its paragraphs, or for want of them four parts, in another order."""
    paragraphs = [one for one in text.split("\n") if one.strip()]
    if len(paragraphs) < 3:
        words = text.split()
        size = -(-len(words) // 4)
        paragraphs = [
            " ".join(words[start : start + size])
            for start in range(0, len(words), size)
        ]
    chance.shuffle(paragraphs)
    return "\n".join(paragraphs)


def advertise_before(text: str, language: str, _chance: random.Random) -> str:
    """With the republisher's own lines before it."""
    return f"{_BOILERPLATE[language]}\n{text}"


def advertise_behind(text: str, language: str, _chance: random.Random) -> str:
    """With the republisher's own lines behind it."""
    return f"{text}\n{_BOILERPLATE[language]}"


def leave(text: str, _language: str, _chance: random.Random) -> str:
    """As it is: only the headline is another."""
    return text


def edit(text: str, language: str, chance: random.Random) -> str:
    """Several at once, as an aggregator does: cut, dated, misspelt, advertised."""
    copy = misspell(cut_to_half(text, language, chance), language, chance)
    return date(advertise_behind(copy, language, chance), language, chance)


ALTERATIONS: Mapping[str, Alteration] = {
    "first half": cut_to_half,
    "first third": cut_to_a_third,
    "dateline": date,
    "agency line": credit_agencies,
    "typos": misspell,
    "reordered": reorder,
    "lines before": advertise_before,
    "lines behind": advertise_behind,
    "other headline": leave,
    "several at once": edit,
}
"""Every kind of copy by its name."""
