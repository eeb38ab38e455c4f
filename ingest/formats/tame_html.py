"""HTML from anywhere -> the same page, as a tree builder can bear it.

Builders that follow the standard pay for depth, for unclosed formatting and for
attributes with the square of their number: one megabyte of `<div>` was measured to
take 18 seconds, of `<b id=1>`, `<b id=2>` ... 3.5 gigabytes, of attributes 40 seconds.
So the page is written anew, tag by tag: elements end where browsers end them, but
explicitly, and what goes beyond any honest page is left out. What has no place in a
list of articles goes too: scripts, styles, drawings, forms' fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

MOST_ELEMENTS = 15_000
"""Elements that are read of one page; a front page has two to five thousand."""

DEEPEST = 200
"""Levels of elements; what is deeper keeps its text, and belongs to its ancestor."""

LONGEST_PAGE = 2_000_000
"""Characters that are read of one page."""

_MOST_FORMATTING = 8  # one in another
_MOST_ATTRIBUTES = 64
_LONGEST_VALUE = 4_000

# No character is looked at twice, whatever is left open: each repetition is
# possessive, and what is never closed reaches to the end of the page, as in browsers.
_ATTRIBUTE_FORM = r"""
    (?P<key>[^\s/>][^\s/>=]*+)
    (?:\s*+=\s*+(?:"(?P<double>[^"]*+)"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>]*+)))?+
"""
_ATTRIBUTE = re.compile(_ATTRIBUTE_FORM, re.VERBOSE)
_UNNAMED = re.sub("[?]P<[a-z]+>", "?:", _ATTRIBUTE_FORM)
_TOKEN = re.compile(
    rf"""<!--.*?(?:--!?>|\Z)
      | <(?P<dropped>iframe|math|noembed|noframes|noscript|script|select|style|svg
                    |template|textarea|xmp)(?=[\s/>]).*?(?:</(?P=dropped)\b[^>]*+>?|\Z)
      | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)
         (?P<attributes>(?:[\s/]++|{_UNNAMED})*+)(?P<whole>>)?+
      | <[!?/][^>]*+>?
      | (?P<text>(?:[^<]|<(?![a-z!?/]))++)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"[a-z][a-z0-9:_.-]*", re.ASCII)
_KEY = re.compile(r"[a-z_:@][\w:.@-]*", re.ASCII)


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_ONCE = _names("html head body")
_NEVER = _names("frameset frame plaintext image")
_FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
_INLINE = _FORMATTING | _names(
    "abbr bdi bdo cite data del dfn ins kbd label mark picture q ruby samp span sub"
    " sup time var"
)
_TABLE_PARTS = _names("table caption colgroup tbody thead tfoot tr td th")
_END_WITH_P = _names(
    "address article aside blockquote center details dialog dir div dl fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav"
    " ol p pre section summary table ul"
)
# Which open elements a start tag ends, though nobody closes them (HTML, 13.1.2.4).
_ROW = _names("p td th tr")
_ENDED_BY = {name: _names("p") for name in _END_WITH_P} | {
    "li": _names("li p"),
    "dt": _names("dt dd p"),
    "dd": _names("dt dd p"),
    "option": _names("option"),
    "td": _names("td th p"),
    "th": _names("td th p"),
    "tr": _ROW,
    "tbody": _ROW | {"tbody", "thead", "tfoot"},
    "tfoot": _ROW | {"tbody", "thead", "tfoot"},
    "a": _names("a"),
}
_CELL_WALLS = _names("caption table td th")
_TABLE_WALL = _names("table")


def tame_html(page: str) -> str:
    """The page's elements, texts and attributes as HTML that nests properly.

    Well-formed HTML keeps its tree, less what is dropped on purpose. Doing this
    again changes nothing.
    """
    return "".join(_Writer().write(page[:LONGEST_PAGE]))


class _Writer:
    """Writes one page; `_open` names the elements that are open, outermost first."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._seen: set[str] = set()

    def write(self, page: str) -> Iterator[str]:
        elements = 0
        for token in _TOKEN.finditer(page):
            name = (token["name"] or "").lower()
            if token["text"]:
                yield token["text"].replace("<", "&lt;").replace("\0", "")
            elif token["end"] and name in self._open:
                yield from self._end(name)
            elif _is_start(token) and _NAME.fullmatch(name):
                elements += 1
                if elements > MOST_ELEMENTS:
                    break
                yield from self._start(name, token["attributes"])
        yield from self._close(len(self._open))

    def _start(self, name: str, attributes: str) -> Iterator[str]:
        if not self._is_welcome(name):
            return
        yield from self._close(self._ended_by(name))
        if len(self._open) >= DEEPEST:
            return
        yield f"<{name}{''.join(_attributes(attributes))}>"
        if name not in _VOID:
            self._open.append(name)

    def _is_welcome(self, name: str) -> bool:
        if name in _ONCE:
            is_first = name not in self._seen
            self._seen.add(name)
            return is_first
        if name in _FORMATTING:
            nested = sum(one in _FORMATTING for one in self._open)
            return nested < _MOST_FORMATTING
        return name not in _NEVER

    def _end(self, name: str) -> Iterator[str]:
        """End the nearest element of that name, unless a wall stands before it."""
        inside = takewhile(
            lambda one: one != name and not _is_wall(one, ending=name),
            reversed(self._open),
        )
        count = sum(1 for _ in inside) + 1
        if self._open[-count] == name:
            yield from self._close(count)

    def _ended_by(self, name: str) -> int:
        """How many of the innermost elements a start tag of that name ends."""
        ended, count = _ENDED_BY.get(name, frozenset()), 0
        for level, one in enumerate(reversed(self._open) if ended else (), 1):
            if one in ended:
                count = level
            elif one not in _INLINE:
                break
        return count

    def _close(self, count: int) -> Iterator[str]:
        for _ in range(count):
            yield f"</{self._open.pop()}>"


def _is_start(token: re.Match[str]) -> bool:
    """Whether it is a start tag; one that the page's end cuts is none."""
    return bool(token["whole"]) and not token["end"]


def _is_wall(one: str, *, ending: str) -> bool:
    """Whether an end tag cannot reach beyond this open element."""
    if ending in _INLINE:
        return one not in _INLINE
    return one in (_TABLE_WALL if ending in _TABLE_PARTS else _CELL_WALLS)


def _attributes(written: str) -> Iterator[str]:
    """Each attribute once, its value in double quotes."""
    seen = set()
    for found in islice(_ATTRIBUTE.finditer(written), _MOST_ATTRIBUTES):
        key = found["key"].lower()
        value = found["double"] or found["single"] or found["bare"] or ""
        if key in seen or not _KEY.fullmatch(key) or len(value) > _LONGEST_VALUE:
            continue
        seen.add(key)
        value = value.replace('"', "&quot;").replace("\0", "")
        yield f' {key}="{value}"'
