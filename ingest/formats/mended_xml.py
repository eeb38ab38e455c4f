"""XML as people write it -> XML of which feedparser makes what was meant, in good time.

Looks at tags alone and knows next to nothing of feeds. One pass over the document,
linear in its length whatever stands in it.
"""

from __future__ import annotations

import html.entities
import re
from collections import Counter
from collections.abc import Iterator

from ingest.formats.raw import NotAFeedError

MOST_ATTRIBUTES = 250
"""Of one tag; feedparser's time grows with their square."""

DEEPEST_NESTING = 500
"""Levels of elements, many times what an article's tables and lists come to."""

MOST_CATEGORIES = 1_000
"""Of one entry; feedparser compares each with every other."""

# What no entity of XML begins; feedparser adds a semicolon to it.
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)"
    r"(?:(?P<name>\w+;)|\#X(?P<digits>[\da-fA-F]+;))?",
    re.ASCII,
)
_RSS_PREFIX = re.compile("(</?)(?:rss:)+")
# Seen: a section that its program forgot to end swallows the rest of the document.
_OPEN_SECTION = re.compile(r"(<(\w[\w:.-]*+)>\s*+)<!\[CDATA\[([^<>\]]*+)(?=</\2>\s*+<)")
_STRAY_ANGLE = re.compile(r"<(?=[\s\d=<]|\Z)")  # no tag begins like this
_ENTITY = re.compile("<!ENTITY", re.IGNORECASE)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_NAME = re.compile(r"[^\s=/]+")
_AT_NEXT_TAG = re.compile(r"\s*+<")
_ENTRIES = {"item", "entry"}
_CATEGORIES = {"category", "keywords", "subject", "tags"}
_LISTS_OF_CATEGORIES = {"keywords", "tags"}
_MARKUP = {
    *("a", "b", "br", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4"),
    *("hr", "i", "img", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub"),
    *("sup", "table", "tbody", "td", "th", "tr", "tt", "u", "ul"),
}
_TOKEN = re.compile(
    rf"""<(?!(?i:(?:\w+:)?(?:{"|".join(sorted(_ENTRIES | _CATEGORIES))})\b
               | (?:{"|".join(sorted(_MARKUP))})\b))
        (?P<leaf>[A-Za-z][\w:]*+)>[^<]*+</(?P=leaf)>   # most of a feed: plain words
      | <!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->)?
      | <!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>)?
      | (?P<defaults><!ATTLIST(?:[^<>"'] | "[^"<]*" | '[^'<]*')*+>)
      | <(?P<end>/?)(?P<name>[^\s<>/!?="'&;.\d-][^\s<>/="'&]*+)
        (?P<rest>(?:[^<>"'] | "[^"<]*" | '[^'<]*')*+)>""",
    re.VERBOSE,
)
# Elements of words alone: a tag of markup in them is read as what it says.
_OF_WORDS = {"author", "category", "creator", "guid", "language", "link", "pubdate"}
_OF_TEXT = _OF_WORDS | {"copyright", "description", "id", "rights", "subtitle", "title"}


def mended_xml(text: str) -> str:
    """The text with mistyped end tags put right, and markup in names and dates escaped.

    Ampersands are escaped, entities of HTML are numbers. The prefix `rss:` goes where
    nothing declares it, and so do default attributes, which can be thousands.

    Raises:
        NotAFeedError: no feed needs so many attributes or levels of elements, or an
            entity that is declared among them.
    """
    if "<![CDATA[" in text:
        text = _OPEN_SECTION.sub(r"\1\3", text)
    if "rss:" in text and "xmlns:rss" not in text:
        text = _RSS_PREFIX.sub(r"\1", text)
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """The text piece by piece, each tag as it should have been written."""
    elements = _Elements()
    position = 0
    for token in _TOKEN.finditer(text):
        between = text[position : token.start()]
        if between:
            elements.words(between)
            yield _mended_words(between)
        position = token.end()
        if token["leaf"]:
            yield _mended_references(token[0])
        elif token["name"]:
            yield _mended_references(elements.tag(token))
        elif not token["defaults"]:
            elements.words(token[0])
            yield token[0]
    yield _mended_words(text[position:])


def _mended_words(between: str) -> str:
    """What stands between two tags; a declaration has no business there.

    In well-formed XML none can, but feedparser reads them wherever they are.
    """
    if "<!" in between and _ENTITY.search(between):
        raise NotAFeedError("it declares XML entities, which no feed needs")
    return _mended_references(_STRAY_ANGLE.sub("&lt;", between))


def _mended_references(piece: str) -> str:
    return _AMPERSAND.sub(_reference, piece) if "&" in piece else piece


class _Elements:
    """The elements that are open where a document has been read up to."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: Counter[str] = Counter()
        self._categories = 0

    def words(self, text: str) -> None:
        """Take note of a text; only the commas of a list of categories matter."""
        if self._names and _local(self._names[-1]) in _LISTS_OF_CATEGORIES:
            self._count_categories(text.count(","))

    def tag(self, token: re.Match[str]) -> str:
        """What the tag should have been."""
        name = token["name"].lower()
        innermost = self._names[-1] if self._names else ""
        if name in _MARKUP and _local(innermost) in _OF_WORDS:
            return f"&lt;{token[0][1:]}"
        if token["end"]:
            return self._end(token, name, innermost)
        if len(token["rest"]) > 2 * MOST_ATTRIBUTES:  # a letter and a space for each
            _check_attributes(token["rest"])
        if not token["rest"].endswith("/"):
            self._start(name)
        self._count_categories(_local(name) in _CATEGORIES)
        return token[0]

    def _start(self, name: str) -> None:
        if name in _ENTRIES:
            self._categories = 0
            if self._counts[name]:  # entries stand in no entry
                self._close(name)
        self._names.append(name)
        self._counts[name] += 1
        if len(self._names) > DEEPEST_NESTING:
            raise NotAFeedError(
                f"its elements nest {DEEPEST_NESTING} deep, which no feed needs"
            )

    def _end(self, token: re.Match[str], name: str, innermost: str) -> str:
        if self._counts[name]:
            self._close(name)
        elif _is_mistyped(token, innermost):
            self._close(innermost)
            return f"</{innermost}>"
        return token[0]

    def _close(self, name: str) -> None:
        """Close the element, and what was left open in it."""
        closed = ""
        while closed != name:
            closed = self._names.pop()
            self._counts[closed] -= 1

    def _count_categories(self, more: int) -> None:
        self._categories += more
        if self._categories > MOST_CATEGORIES:
            raise NotAFeedError(
                f"an entry has more than {MOST_CATEGORIES:,} categories, "
                "which no feed needs"
            )


def _is_mistyped(token: re.Match[str], innermost: str) -> bool:
    """Whether the end tag, which ends nothing that is open, is the innermost's."""
    is_last = _AT_NEXT_TAG.match(token.string, token.end()) is not None
    return (
        is_last
        and _local(innermost) in _OF_TEXT
        and token["name"].lower() not in _MARKUP
    )


def _reference(ampersand: re.Match[str]) -> str:
    """The ampersand, and the name behind it, as XML can say it."""
    if ampersand["digits"]:
        return f"&#x{ampersand['digits']}"
    name = ampersand["name"] or ""
    meant = html.entities.html5.get(name)
    if meant is None:
        return f"&amp;{name}"
    return "".join(f"&#{ord(letter)};" for letter in meant)


def _check_attributes(attributes: str) -> None:
    names = _NAME.findall(_QUOTED.sub(" ", attributes))
    if len(names) > MOST_ATTRIBUTES:
        raise NotAFeedError(
            f"a tag has more than {MOST_ATTRIBUTES} attributes, which no feed needs"
        )


def _local(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]
