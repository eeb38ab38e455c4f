"""What stands in an article's text and is not what the article says.

Blanks it out without moving anything else, so that offsets stay those of the text as
published. Which words betray it is the vocabulary's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.classify.spans import Span

_LONGEST_LEAD = 200
_LONGEST_SENTENCE = 400
_LONGEST_DATELINE = 60
_END_OF_SENTENCE = re.compile(r"\n|[.!?…؟](?=[\s\"'»”’)]|$)")
_NOTHING = "\n"  # ends a word, a phrase and a sentence


def dateline_pattern(agencies: Iterable[str]) -> re.Pattern[str] | None:
    """What finds `ALGER, 5 mars (APS)` at the beginning of a text; None for nothing."""
    names = "|".join(sorted(map(re.escape, agencies), reverse=True))
    if not names:
        return None
    return re.compile(
        rf"[^\n()]{{1,{_LONGEST_DATELINE}}}\(\s*(?:{names})(?:[/,;-][^\n()]{{1,20}})?\s*\)"
    )


def blank_out(text: str, spans: Iterable[Span]) -> str:
    """The text with nothing in these spans, as long as it was."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        pieces += [text[done:start], _NOTHING * (end - max(start, done))]
        done = max(done, end)
    pieces.append(text[done:])
    return "".join(pieces)


def rest_of_line(text: str, start: int) -> Span:
    """From there to the end of its sentence or line."""
    end = _END_OF_SENTENCE.search(text, start, start + _LONGEST_LEAD)
    return start, end.start() if end else min(len(text), start + _LONGEST_LEAD)


def sentence_around(text: str, start: int) -> Span:
    """The sentence or line that a machine wrote, in which a phrase begins there."""
    low = max(0, start - _LONGEST_SENTENCE)
    ends = [end.end() for end in _END_OF_SENTENCE.finditer(text, low, start)]
    return ends[-1] if ends else low, rest_of_line(text, start)[1]
