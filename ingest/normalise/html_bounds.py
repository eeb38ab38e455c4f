"""HTML of any size -> as much of it as a parser can bear.

Parsers pay for some things with the square of their number. What no honest text has so
much of is cut off here, before any parser sees it.
"""

from __future__ import annotations

import re

from ingest.normalise.text import writable

LONGEST_HTML = 400_000
"""Characters that are read of one text, eighty times a long article."""

MOST_TAGS = 6_000
"""Beyond it a text is read without its markup: parsing deep trees is quadratic."""

MOST_REFERENCES = 50_000
"""Of `&`, each of which costs a parser as much as fifty letters; as `MOST_TAGS`."""

MOST_VALUES = 20_000
"""Of `=`: parsers compare each attribute of a tag with each other; as `MOST_TAGS`."""

_ENDLESS_TAG = re.compile(r"<[a-zA-Z/!?][^<>]{10000,}>?")
_EMBEDDED = "(applet|audio|iframe|noscript|object|video)"
_EMBEDDED_START = re.compile(rf"<{_EMBEDDED}\b[^<>]*>", re.IGNORECASE)
_EMBEDDED_END = re.compile(rf"</{_EMBEDDED}\b", re.IGNORECASE)
_EMBEDDED_FILE = re.compile(r"\bdata:[^\s\"'<>]{200,}")


def bounded(html: str) -> str:
    """As much of the HTML as is read, without files and tags of endless length."""
    if "data:" in html:
        html = _EMBEDDED_FILE.sub("data:", html)
    return _with_ends(_ENDLESS_TAG.sub("", writable(html[:LONGEST_HTML])))


def is_too_much(html: str) -> bool:
    """Whether the HTML is read as text alone."""
    limits = (("<", MOST_TAGS), ("&", MOST_REFERENCES), ("=", MOST_VALUES))
    return any(html.count(sign) > limit for sign, limit in limits)


def _with_ends(html: str) -> str:
    """The HTML with ends for embedded things that nobody closes.

    Such a frame or film would take all that follows with it.
    """
    last_ends = {end[1].lower(): end.start() for end in _EMBEDDED_END.finditer(html)}

    def close(start: re.Match[str]) -> str:
        is_closed = last_ends.get(start[1].lower(), -1) > start.start()
        return start[0] if is_closed else f"{start[0]}</{start[1]}>"

    return _EMBEDDED_START.sub(close, html)
