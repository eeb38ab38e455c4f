"""A text of a feed: of which kind it is, and what its markup says.

Knows nothing of the elements that texts stand in.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from ingest.formats.well_formed.doubt import NotSureError

PLAIN = "text/plain"
HTML = "text/html"
XHTML = "application/xhtml+xml"

KINDS = {
    "text": PLAIN,
    "plain": PLAIN,
    "html": HTML,
    "xhtml": XHTML,
    PLAIN: PLAIN,
    HTML: HTML,
    XHTML: XHTML,
}
_TAG = re.compile(r"</?(\w+)")
_END_TAG = re.compile(r"</\w+>")
_ENTITY = re.compile(r"&(\w+);")
_REFERENCE = re.compile(r"&#?\w+;")
# The elements that titles are written with; others are markup to some only.
_MARKUP = {
    *("a", "abbr", "b", "big", "br", "cite", "code", "div", "em", "font", "h1", "h2"),
    *("h3", "i", "img", "li", "ol", "p", "q", "s", "small", "span", "strike"),
    *("strong", "sub", "sup", "tt", "u", "ul"),
}
# Where windows-1252 has letters, ISO-8859-1 and Unicode have control characters.
_WINDOWS_LETTER = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")


def kind_of(written: str | None, default: str) -> str:
    """The kind of a text from its type attribute in small letters.

    Raises:
        NotSureError: it is none of those that feeds are written in.
    """
    kind = KINDS.get(written or default)
    if kind is None:
        raise NotSureError(f"a text of the type {written}")
    return kind


def is_markup(text: str) -> bool:
    """Whether a text of RSS, which does not say so, is HTML.

    It is where a tag ends in it or an entity is named, and all of them are HTML's.

    Raises:
        NotSureError: it has tags that are not common in titles.
    """
    if "<" not in text and "&" not in text:
        return False
    if not _END_TAG.search(text) and not _REFERENCE.search(text):
        return False
    if any(name.lower() not in _MARKUP for name in _TAG.findall(text)):
        raise NotSureError("a title with uncommon markup")
    return all(name in html.entities.entitydefs for name in _ENTITY.findall(text))


def decoded_again(text: str) -> str:
    """The text as it was before somebody encoded it twice in UTF-8."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        return text.encode("iso-8859-1").decode("utf-8")
    return text


def mended(text: str) -> str:
    """The same, and letters of windows-1252 that were taken for ISO-8859-1."""
    return _WINDOWS_LETTER.sub(_as_in_windows, decoded_again(text))


def _as_in_windows(letter: re.Match[str]) -> str:
    return letter[0].encode("iso-8859-1").decode("cp1252")


def escape(text: str) -> str:
    """The text as it stands in markup."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;")


def start_tag(name: str, attributes: Mapping[str, str]) -> str:
    """A tag of markup inside a text, as text."""
    quoted = ((key, escape(value)) for key, value in attributes.items())
    written = (
        ' {}="{}"'.format(key, value.replace('"', "&quot;")) for key, value in quoted
    )
    return f"<{name}{''.join(written)}>"


def without_wrapper(pieces: Sequence[str]) -> str:
    """Tags and texts as one text, without the div that Atom 1.0 puts round them."""
    start, end = 0, len(pieces)
    while end - start > 1 and not pieces[end - 1].strip():
        end -= 1
    while end - start > 1 and not pieces[start].strip():
        start += 1
    inner = pieces[start:end]
    if _is_wrapped(inner):
        inner = inner[1:-1]
    return "".join(inner)


def _is_wrapped(pieces: Sequence[str]) -> bool:
    """Whether the first piece is a div that only the last one ends."""
    if not pieces or pieces[-1] != "</div>" or not re.match(r"<div[ >]", pieces[0]):
        return False
    depth = 0
    for piece in pieces[:-1]:
        if piece.startswith("</"):
            depth -= 1
            if depth == 0:
                return False
        elif piece.startswith("<"):
            depth += 1
    return True
