"""A plain text -> its beginning, as whole sentences that fit a glance.

Knows where sentences end in the languages of the beat; cutting between words is
`text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.normalise.text import ELLIPSIS, balanced, one_line, shorten
from ingest.normalise.video_links import PLAY

LONGEST_EXCERPT = 300
"""Characters: what a reader takes in at a glance, some three sentences."""

_SHORTEST_EXCERPT = 60  # characters; a single short sentence says too little
_FARTHEST_LOOK = 40  # characters behind an end, by which it is judged
_LONGEST_TEXT = 4_000  # characters that are looked at, white space included
_PLAYER_LINE = re.compile(rf"^{PLAY} .*$\n?", re.MULTILINE)
# How programs mark that they cut a text: "[…]", "[...]", "(…)".
_CUT_MARK = re.compile(r"\s*[\[(](?:…|\.\.\.)[\])]\s*$")
# Signs without a glyph that say in which direction a text runs; editors of Arabic set
# one behind a full stop, so that it stands on the left.
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_OPENING = re.compile(rf"[ \u00a0\u202f\"'«“‘(\[{_DIRECTIONS}]*")
# French sets a space before its closing guillemets; no other sign has one.
_END = re.compile(
    rf"(?P<mark>[.!?؟۔…]+)(?:[\u00a0\u202f ]?»|[\"'”’)\]{_DIRECTIONS}])*(?=\s|$)"
    r"|[。！？][」』”’)]*"
)
_LAST_WORD = re.compile(r"(?:^|[^\w.])(?P<word>[\w.]{1,20})$")
_INITIALS = re.compile(r"\w{1,2}(?:\.\w{1,2})*")
_BEFORE_NUMBERS = frozenset({"art", "chap", "fig", "no", "nos", "nr", "vol"})
_ABBREVIATIONS = frozenset(
    {
        *(
            "approx",
            "av",
            "bd",
            "capt",
            "cf",
            "cie",
            "col",
            "corp",
            "dept",
            "dr",
            "env",
        ),
        *("gen", "gov", "hon", "inc", "jr", "lt", "ltd", "maj", "mgr", "mlle", "mlles"),
        *("mm", "mme", "mmes", "mr", "mrs", "ms", "pp", "pr", "pres", "prof", "rep"),
        *("rev", "sen", "sgt", "sr", "st", "ste", "tel", "tél", "vs"),
        *("jan", "janv", "feb", "févr", "apr", "avr", "juil", "aug", "sept", "oct"),
        *("nov", "dec", "déc"),
    }
)


def excerpt(text: str) -> str:
    """The first whole sentences of the text as one line, an ellipsis where more follow.

    A text whose sentences are too long is cut behind a word. What a program cut before
    us ends in an ellipsis too.
    """
    line = one_line(_PLAYER_LINE.sub("", text[:_LONGEST_TEXT]))
    line = _CUT_MARK.sub(f" {ELLIPSIS}", line)
    if len(line) <= LONGEST_EXCERPT:
        return balanced(line)
    longest = LONGEST_EXCERPT - len(f" {ELLIPSIS}")
    ends = list(_sentence_ends(line[: longest + _FARTHEST_LOOK], longest))
    if ends and ends[-1] >= _SHORTEST_EXCERPT:
        return f"{balanced(line[: ends[-1]])} {ELLIPSIS}"
    return shorten(line, LONGEST_EXCERPT)


def _sentence_ends(line: str, farthest: int) -> Iterator[int]:
    """The places up to the farthest at which a sentence of the line is over."""
    for end in _END.finditer(line):
        if end.end() > farthest:
            return
        if _ends_sentence(line, end):
            yield end.end()


def _ends_sentence(line: str, end: re.Match[str]) -> bool:
    """Whether the signs close a sentence rather than a word or a quotation in it."""
    if end["mark"] is None:  # Chinese has no other use for its full stop
        return True
    following = _OPENING.sub("", line[end.end() :], count=1)[:1]
    if following.islower():
        return False
    return end["mark"] != "." or not _is_short_for(line[: end.start()], following)


def _is_short_for(before: str, following: str) -> bool:
    """Whether the point behind this belongs to an initial or an abbreviation."""
    match = _LAST_WORD.search(before[-21:])
    if match is None:
        return False
    word = match["word"].casefold()
    if word in _BEFORE_NUMBERS:
        return following.isdigit()
    if word.isdecimal():
        return False
    return word in _ABBREVIATIONS or _is_initial(match["word"])


def _is_initial(word: str) -> bool:
    """Whether the word is a letter, or letters with points between: "M", "U.S"."""
    return len(word) == 1 or ("." in word and _INITIALS.fullmatch(word) is not None)
