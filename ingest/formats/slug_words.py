"""The words in an article's address, for lists that give addresses only.

A plain sitemap has no titles. Most publishers write the title into the address,
without its accents and signs; that is the best title to be had without asking for
the article itself.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

FEWEST_WORDS = 2
"""A single word names a section or a page of the site, hardly an article."""

_ENDING = re.compile(r"\.(?:[sp]?html?|php\d?|aspx?|jsp|cfm|xml)$", re.IGNORECASE)
_BETWEEN = re.compile(r"[-_+\s,.;:~]+")
_LETTER = re.compile(r"[^\W\d_]")
# What identifies rather than says: long numbers, and hexadecimal with figures in it.
_IDENTIFIER = re.compile(r"\d{5,}|(?=[a-f]*\d)[0-9a-f]{8,}|[a-z]{0,2}\d{5,}", re.I)


def title_from_address(link: str) -> str | None:
    """The words of the address as a sentence begins; None where there are none.

    "/2026/la-presse-du-jour-123456.html" gives "La presse du jour". Of the parts of
    the path the last that has words counts.
    """
    try:
        segments = unquote(urlsplit(link).path).split("/")
    except ValueError:  # brackets that no address has
        return None
    for segment in reversed(segments):
        words = _words(segment)
        if sum(bool(_LETTER.search(word)) for word in words) >= FEWEST_WORDS:
            title = " ".join(words)
            return title[0].upper() + title[1:]
    return None


def _words(segment: str) -> list[str]:
    words = _BETWEEN.split(_ENDING.sub("", segment))
    return [word for word in words if word and not _IDENTIFIER.fullmatch(word)]
