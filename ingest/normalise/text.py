"""Plain text: what may stand in it, and how it is shortened.

Knows nothing of HTML; `clean_html` turns that into text first.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

ELLIPSIS = "…"
"""What stands where a text goes on."""

_LAST_OF_EACH_PLANE = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}"
    for plane in range(0, 0x110000, 0x10000)
)
# What XML 1.0 (2.2) forbids, the C1 controls, and Unicode's noncharacters.
_FORBIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + _LAST_OF_EACH_PLANE
)
_UNWRITABLE = re.compile(f"[{_FORBIDDEN}]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_WRAPPED = re.compile(r"\s*<!\[CDATA\[(.*)\]\]>\s*", re.DOTALL)
_BLANK = re.compile("[\t\v\f]")
_ODD = re.compile(f"[\t\v\f\r\u2028\u2029{_FORBIDDEN}]")
_SPACES = re.compile("[ \t\n\r\f\v]+")  # a no-break space stays: French needs it
_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_CLOSERS = {
    **dict.fromkeys(_ISOLATES, "\u2069"),
    **dict.fromkeys(_EMBEDDINGS, "\u202c"),
}
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What belongs to the letter before it and is no mark: joiners, skin tones, Hangul's
# vowels and finals, and the letters that spell a flag's name.
_FOLLOWS = re.compile(
    "[\u200c\u200d\u1160-\u11ff\ud7b0-\ud7ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_LEADS = re.compile("[\u200d\u0600-\u0605\u06dd\u1100-\u115f]")
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")
_VIRAMA = 9  # the combining class of what joins the letter before to the one after


def writable(text: str) -> str:
    """The text without characters that a document cannot carry; lines end in \\n."""  # noqa: D301
    if _ODD.search(text) is None:  # nearly always, and one pass instead of three
        return text
    return _UNWRITABLE.sub("", _BLANK.sub(" ", _LINE_END.sub("\n", text)))


def unwrapped(text: str) -> str:
    """The text without a CDATA section round all of it, which somebody put there twice.

    Seen: `&lt;![CDATA[` where a program escapes what another has already wrapped.
    """
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped[1] if wrapped else text


def one_line(text: str) -> str:
    """The text with each run of white space as one space, trimmed."""
    return _SPACES.sub(" ", text).strip()


def shorten(line: str, limit: int) -> str:
    """The line if it fits, else its first words and an ellipsis, within the limit.

    Only a word that is itself longer than the limit is cut inside, and then between
    what its reader takes for letters.
    """
    if len(line) <= limit:
        return line
    words, space, _ = line[:limit].rpartition(" ")
    kept = words if space else line[: _letter_start(line, limit - 1)]
    return balanced(kept.rstrip(" ,;:،؛-–—")) + ELLIPSIS


def balanced(line: str) -> str:
    """The line without directional controls that are opened or closed alone.

    They would turn what a page shows around the line (UAX 9, 2.1 to 2.5).
    """
    if _DIRECTION.search(line) is None:
        return line
    lone = _lone_controls(line)
    return "".join(sign for place, sign in enumerate(line) if place not in lone)


def _lone_controls(line: str) -> set[int]:
    """The places of the directional controls that have no partner."""
    opened: list[int] = []
    lone: set[int] = set()
    for match in _DIRECTION.finditer(line):
        place, sign = match.start(), match[0]
        if sign in _CLOSERS:
            opened.append(place)
        elif opened and _CLOSERS[line[opened[-1]]] == sign:
            opened.pop()
        else:
            lone.add(place)
    return lone | set(opened)


def _letter_start(line: str, place: int) -> int:
    """The last place up to this one before which a reader sees a letter end.

    A letter here is a cluster of UAX 29, by the rules that the languages of news and
    emoji need; where the line begins with one endless cluster, the place itself.
    """
    for each in range(place, 0, -1):
        if not _is_inside_letter(line, each):
            return each
    return place


def _is_inside_letter(line: str, place: int) -> bool:
    before, after = line[place - 1], line[place]
    if unicodedata.category(after).startswith("M") or _FOLLOWS.match(after):
        return True
    if _LEADS.match(before) or unicodedata.combining(before) == _VIRAMA:
        return True
    if _FLAG_LETTER.match(after) is None:
        return False
    flags = takewhile(_FLAG_LETTER.match, reversed(line[:place]))  # two make a flag
    return sum(1 for _ in flags) % 2 == 1
