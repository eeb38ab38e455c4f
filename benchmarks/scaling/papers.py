"""Documents as papers publish them, made up: no two articles tell the same."""

from __future__ import annotations

from itertools import accumulate
from random import Random

_VOCABULARY = 20_000
_SYLLABLES = (
    "ba",
    "ki",
    "mo",
    "ter",
    "sal",
    "dou",
    "ra",
    "nem",
    "li",
    "gha",
    "so",
    "u",
)
_NAMES = ("Mali", "Algeria", "Morocco", "Tunis", "Niger", "Bamako", "migrants", "Libya")
_WORDS_OF_A_TEXT = 300
_NAMES_OF_A_TEXT = 2


class Press:
    """Articles of `_WORDS_OF_A_TEXT` words, drawn as words are in a language."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)  # noqa: S311 - the same at every run
        self._words = [self._word() for _ in range(_VOCABULARY)]
        self._weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
        self._number = 0

    def items(self, count: int) -> list[str]:
        """Items of RSS that nobody published before."""
        return [self._item() for _ in range(count)]

    def _item(self) -> str:
        self._number += 1
        text = self._draw(_WORDS_OF_A_TEXT - _NAMES_OF_A_TEXT)
        text += self._dice.sample(_NAMES, _NAMES_OF_A_TEXT)
        self._dice.shuffle(text)
        title = " ".join([*self._draw(7), self._dice.choice(_NAMES)])
        address = f"https://paper.example/{self._number}"
        return (
            f"<item><title>{title}</title><link>{address}</link>"
            f"<guid>{address}</guid><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>"
            f"<description>&lt;p&gt;{' '.join(text)}&lt;/p&gt;</description></item>"
        )

    def _draw(self, count: int) -> list[str]:
        return self._dice.choices(self._words, cum_weights=self._weights, k=count)

    def _word(self) -> str:
        return "".join(self._dice.choices(_SYLLABLES, k=self._dice.randint(2, 5)))


def document(items: list[str], *, built: int) -> bytes:
    """These items as a document of RSS that says when it was built."""
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Paper</title>"
        f"<lastBuildDate>{built}</lastBuildDate>{''.join(items)}</channel></rss>"
    ).encode()
