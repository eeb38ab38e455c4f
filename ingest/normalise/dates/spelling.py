"""Odd spellings of a folded date -> the ones that `written` reads."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.normalise.dates.vocabulary import joined
from ingest.normalise.dates.zones import zone_named

_KOREAN = re.compile(r"[년월일]|오[전후]")  # of one zone, so that it need not be told
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def _zone_or_nothing(comment: re.Match[str]) -> str:
    """A comment in parentheses, kept where it holds a time or a zone."""
    said = comment[1]
    first = _FIRST_WORD.match(said)
    if any(map(str.isdigit, said)) or (first and zone_named(first[0])):
        return f" {said} "
    return " "


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # RFC 822 puts comments behind the zone: "+0100 (CET)"
    (re.compile(r"\(([^()]*)\)"), _zone_or_nothing),
    (re.compile(r"(\d{4})[년年]\s?(\d{1,2})[월月]\s?(\d{1,2})[일日]"), r"\1-\2-\3 "),
    (re.compile(r"(?<=\d)[-/]([^\W\d_]{3,}\.?)[-/](?=\d)"), r" \1 "),
    (re.compile(r"(?<=\d)t(?=\d)"), " "),
    (re.compile(r"(?<=\d)(?:st|nd|rd|th|ere?|eme|[eoa])(?![^\W_])"), ""),
    (re.compile(r"(?<=\d{4})\s?م(?!\w)"), ""),  # of the common era
)


def respelt(line: str) -> str:
    """The line with comments, ordinals and foreign marks as plain dates have them."""
    is_korean = not line.isascii() and _KOREAN.search(line) is not None
    for odd, plain in _RULES:
        line = odd.sub(plain, line)
    if is_korean:
        line += " kst"
    return line if line.isascii() else joined(line)
