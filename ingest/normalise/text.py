"""Plain text: what may stand in it, and how it is shortened.

Knows nothing of HTML; `clean_html` turns that into text first.
"""

from __future__ import annotations

import re

ELLIPSIS = "…"
LONGEST_EXCERPT = 300
"""Characters: what a reader takes in at a glance, some three sentences."""

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
_BLANK = re.compile("[\t\v\f]")
_ODD = re.compile(f"[\t\v\f\r\u2028\u2029{_FORBIDDEN}]")
_SPACES = re.compile("[ \t\n\r\f\v]+")  # a no-break space stays: French needs it
_SHORTEST_EXCERPT = 60  # characters; a single short sentence says too little
# A point after one letter belongs to an initial or an abbreviation: "M.", "U.S."
_SENTENCE_END = re.compile(
    r"(?:(?<!\b\w)\.+|[!?؟۔…]+)[\"'»”’)\]]*(?=\s)|。[”」』)]*", re.UNICODE
)


def writable(text: str) -> str:
    """The text without characters that a document cannot carry; lines end in \\n."""  # noqa: D301
    if _ODD.search(text) is None:  # nearly always, and one pass instead of three
        return text
    return _UNWRITABLE.sub("", _BLANK.sub(" ", _LINE_END.sub("\n", text)))


def one_line(text: str) -> str:
    """The text with each run of white space as one space, trimmed."""
    return _SPACES.sub(" ", text).strip()


def shorten(line: str, limit: int) -> str:
    """The line if it fits, else its first words and an ellipsis, within the limit.

    Only a word that is itself longer than the limit is cut inside.
    """
    if len(line) <= limit:
        return line
    cut = line[:limit]
    words, space, _ = cut.rpartition(" ")
    return (words if space else cut[:-1]).rstrip(" ,;:،؛-–—") + ELLIPSIS


def excerpt(text: str) -> str:
    """The first whole sentences of the text as one line, an ellipsis where more follow.

    A text whose sentences are too long is cut behind a word.
    """
    line = one_line(text)
    if len(line) <= LONGEST_EXCERPT:
        return line
    ends = [each.end() for each in _SENTENCE_END.finditer(line[: LONGEST_EXCERPT - 2])]
    if ends and ends[-1] >= _SHORTEST_EXCERPT:
        return f"{line[: ends[-1]]} {ELLIPSIS}"
    return shorten(line, LONGEST_EXCERPT)
