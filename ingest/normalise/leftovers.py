"""Cleaned HTML -> the same without what says nothing: empty elements, machines' tails.

Reads only what a cleaner wrote, in which every `<` begins a tag. What an author wrote
stays: a tail goes only from the very end, and only for words that publishing programs
add there.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

from ingest.normalise.text import one_line

_TOKENS = re.compile(r"<[^<>]*>|[^<]+")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_ANY_TAG = re.compile(r"<[^<>]*>")
_BLANK = re.compile(r"(?:\s|&nbsp;|[\u200b\u2060\ufeff])*")
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "cite", "code", "em", "i", "ins", "mark", "q", "s"),
        *("small", "span", "strong", "sub", "sup", "u"),
    }
)
_EMPTIABLE = _INLINE | {
    *("article", "aside", "blockquote", "center", "div", "figcaption", "figure"),
    *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "ol"),
    *("p", "pre", "section", "ul"),
}
# A tag that is opened and at once closes something: most texts have none.
_HINT_OF_EMPTY = re.compile(r"<[a-z][^<>]*>(?:\s|&nbsp;|[\u200b\u2060\ufeff])*</")
_MOST_TAILS = 20
_LONGEST_TAIL = 600  # characters of text: the words that programs add are few
_LONGEST_TAIL_HTML = 6_000
_MOST_STARTS = 100

_TAIL_START = re.compile(
    r"<(?:a|p|div|li|blockquote|h[1-6]|section|article|footer|aside|center|td|br)\b"
    r"|(?<=…)\s|(?<=\.\.\.)\s|(?<=\])\s"
    r"|\b(?:The post|The article|L['’]article|Cet article)\b"
    r"|\b(?:ظهر|ظهرت|نشر|نشرت|المقالة|المقال|التدوينة)\b"
)
_ONWARD = (  # what may follow an invitation to read on without saying anything new
    r"(?: (?:here|about this|this|at|on|from|dans|sur|ici|على|من|في|هنا)\b.{0,80})?"
)
_LEADS_ON = re.compile(
    r"[\W_]*(?:"
    r"(?:click (?:here )?to )?(?:read|continue|see|view)[ -](?:the )?"
    r"(?:more|on|reading|full (?:story|article|post|text)|rest)"
    r"|(?:cliquez ici pour )?lire (?:la suite|plus|l['’]article(?: complet| entier)?)"
    r"|continuer la lecture|en savoir plus|voir plus"
    r"|(?:[إا]قر[أا]|قراءة|شاهد|تابع|متابعة|[أا]كمل) (?:المزيد|القراءة|المقال)"
    r"|المزيد|share|partager|شارك|مشاركة"
    rf"){_ONWARD}[\W_]*",
    re.IGNORECASE,
)
_HINT_OF_TAIL = re.compile(
    r"first|premier|[أا]ول|read|lire|continu|savoir|see|view|voir|more|share|partager"
    r"|المزيد|القراءة|المقال|شارك",
    re.IGNORECASE,
)
_FIRST_ON = r"[أا]ول[اًا]{1,2} (?:على|في)"
# What WordPress signs the feeds of its sites with, in the languages of the beat.
_SIGNED_OFF = re.compile(
    r"(?:The (?:post|article) .{1,400} (?:appeared first|first appeared) on"
    r"|(?:L['’]|Cet )article .{1,400} est apparu en premier sur"
    r"|(?:ظهرت?|نشرت?) (?:هذ[هات]+ )?(?:المقالة|المقال|التدوينة)"
    rf" .{{1,400}} {_FIRST_ON}"
    rf"|(?:المقالة|المقال|التدوينة) .{{1,400}} (?:ظهرت?|نشرت?) {_FIRST_ON}"
    r") .{1,150}"
)


def without_leftovers(html: str) -> str:
    """The cleaned HTML without empty elements and without a program's last words.

    Tags may be left unclosed where a tail is cut off; cleaning closes them.
    """
    kept = _without_tails(html)
    return _without_empties(kept).strip()


def _without_empties(html: str) -> str:
    """The HTML without elements that show nothing, in one pass over its tags."""
    if _HINT_OF_EMPTY.search(html) is None:
        return html
    shown = _Shown()
    for piece in _TOKENS.findall(html):
        name = _NAME.match(piece)
        if name is None or name[1] not in _EMPTIABLE:
            shown.write(piece)
        elif piece.startswith("</"):
            shown.close(name[1], piece)
        else:
            shown.open(name[1], piece)
    return "".join(shown.written)


class _Shown:
    """What was written so far; start tags of what stays empty are taken back."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self._opened: list[tuple[str, int]] = []  # a name, and its start tag's place
        self._last_shown = -1  # the place of the last piece that is not blank
        self._last_break = -1  # the place of the last <br>

    def write(self, piece: str) -> None:
        if piece == "<br>":
            self._last_break = len(self.written)
        elif not _BLANK.fullmatch(piece):
            self._last_shown = len(self.written)
        self.written.append(piece)

    def open(self, name: str, piece: str) -> None:
        self._opened.append((name, len(self.written)))
        self.written.append(piece)

    def close(self, name: str, piece: str) -> None:
        if not self._opened or self._opened[-1][0] != name:
            self.write(piece)  # cleaning mends it
            return
        start = self._opened.pop()[1]
        parts_lines = name in _INLINE and self._last_break > start
        if self._last_shown > start or parts_lines:
            self.written.append(piece)
            return
        is_spaced = name in _INLINE and len(self.written) > start + 1
        self.written[start:] = [" "] if is_spaced else []


def _without_tails(html: str) -> str:
    """The HTML up to the last words that an author wrote."""
    for _ in range(_MOST_TAILS):
        start = next(_tails(html), None)
        if start is None:
            break
        html = html[:start].rstrip()
    return html


def _tails(html: str) -> Iterator[int]:
    """Where a tail begins that goes on to the end, the shortest first."""
    begin = max(0, len(html) - _LONGEST_TAIL_HTML)
    if _HINT_OF_TAIL.search(html, begin) is None:
        return
    starts = [match.start() for match in _TAIL_START.finditer(html, begin)]
    for start in reversed(starts[-_MOST_STARTS:]):
        text = _text(html[start:])
        if len(text) > _LONGEST_TAIL:
            return
        if _LEADS_ON.fullmatch(text) or _SIGNED_OFF.fullmatch(text):
            yield start


def _text(html: str) -> str:
    return one_line(entities.unescape(_ANY_TAG.sub("", html)))
