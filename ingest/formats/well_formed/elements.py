"""Well-formed XML -> the elements that mean something in a feed.

Each stands under the one it stood in; what is unknown is left out, and so is all that
is in it. Markup inside a text stays a text. Time and memory are linear in the length
of the document.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol
from urllib.parse import urljoin
from xml.parsers import expat

from ingest.formats.linked import is_relative_base
from ingest.formats.mended_xml import DEEPEST_NESTING, MOST_ATTRIBUTES
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.names import CASELESS, SEPARATOR, Names
from ingest.formats.well_formed.texts import escape, start_tag

_TEXTS = {
    "content",
    "description",
    "full_text",
    "rights",
    "subtitle",
    "summary",
    "title",
}
_ROOMS = {"channel", "feed", "rdf", "rss"}
_XHTML = {"xhtml", "application/xhtml+xml"}
_BUFFER_BYTES = 65_536
_NO_BASE = "mailto:"  # under which every address stays as it is
# An entity that XML does not know, in an attribute: the parser drops it in silence.
_ENTITY_IN_ATTRIBUTE = re.compile(
    rb"""=\s*+(["'])(?:(?!\1)[^<&]|&(?=(?:amp|lt|gt|quot|apos);|\#))*+&"""
)


class Scope(NamedTuple):
    """What an element inherits: its language, and the address its links start from."""

    language: str | None = None
    base: str | None = None


NO_SCOPE = Scope()
"""Of nearly all elements: nothing is inherited."""


class Element:
    """An element of a feed, by its meaning and the field that it stands for.

    `children` is None where nothing but text stands in it, and `text` says nothing of
    others; `has_strays` where unknown elements stand in it. `pieces` are the tags and
    texts of a text in XHTML. `scope` is what it inherits. Made without a constructor:
    there are tens of thousands of them, and calling it is a tenth of reading.
    """

    __slots__ = (
        *("attributes", "children", "field", "has_strays", "meaning", "pieces"),
        *("scope", "text"),
    )

    attributes: dict[str, str]
    children: list[Element] | None
    field: str
    has_strays: bool
    meaning: str
    pieces: list[str] | None
    scope: Scope
    text: str


class Listener(Protocol):
    """Who is told of a document while it is read."""

    def begin(self, root: Element, namespaces: Sequence[str]) -> None:
        """The root has begun, which declares the namespaces in small letters."""

    def take(self, entry: Element) -> None:
        """An entry has ended; nothing else will stand in it."""


def read_elements(document: bytes, listener: Listener) -> None:
    """Tell the listener of a document in UTF-8, of its entries one by one.

    The entries are not among the root's children when they have been told of.

    Raises:
        NotSureError: it is not well-formed, or one of its elements may mean two things.
    """
    reading = _Reading(listener, document)
    try:
        reading.parser.Parse(document, True)
    except expat.ExpatError as error:
        raise NotSureError("it is not well-formed") from error


class _Reading:
    """One document while it is read; the parser calls the methods."""

    def __init__(self, listener: Listener, document: bytes) -> None:
        self._listener = listener
        self._document = document
        self.names = Names()
        self._kinds = self.names.kinds
        self._shapes = self.names.shapes
        self._scope = NO_SCOPE
        self._scope_depth = -1  # how deep the element stands that began the scope
        self._outer_scopes: list[tuple[int, Scope]] = []
        outside = Element()
        outside.children = None
        self._open: list[Element | None] = [outside]
        self._words: list[str] = []
        self._markup_depth = 0
        self.parser = expat.ParserCreate("utf-8", SEPARATOR)
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = True
        self.parser.buffer_size = _BUFFER_BYTES
        self.parser.StartElementHandler = self._start_root
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words.append
        self.parser.StartNamespaceDeclHandler = self.names.declare
        self.parser.StartDoctypeDeclHandler = self._declare_type
        self.parser.SkippedEntityHandler = self._name_letters
        self.parser.ProcessingInstructionHandler = _check_instruction
        self.parser.CommentHandler = _check_comment

    def _declare_type(self, *declared: object) -> None:
        """Take note of the document's type, which is named and never fetched."""
        *_, has_declarations = declared
        if has_declarations or _ENTITY_IN_ATTRIBUTE.search(self._document):
            raise NotSureError("a document type that declares something")

    def _name_letters(self, name: str, _is_parameter: bool) -> None:
        """Read an entity that only the type could declare: it is one of HTML's."""
        letters = html.entities.html5.get(f"{name};")
        if letters is None:
            raise NotSureError(f"the entity {name}")
        self._words.append(letters)

    def _start_root(self, raw: str, attributes: dict[str, str]) -> None:
        self.parser.StartElementHandler = self._start
        self._start(raw, attributes)
        root = self._open[-1]
        if root is None:
            raise NotSureError("a root of another kind")
        self._listener.begin(root, self.names.declared)

    def _start(self, raw: str, attributes: dict[str, str]) -> None:
        self._words.clear()
        parent = self._open[-1]
        if attributes:
            attributes = self._read_attributes(attributes)
        kind = self._kinds.get(raw)
        if kind is None:
            kind = self.names.kind(raw)
        meaning = kind[0]
        if not meaning:
            self._start_unknown(parent)
            return
        if parent is None:
            raise NotSureError(f"{meaning} in an unknown element")
        element = Element()
        element.meaning, element.field = kind
        element.attributes = attributes
        element.scope = self._scope
        element.children = None
        element.has_strays = False
        element.pieces = None
        self._open.append(element)
        if parent.children is None:
            parent.children = [element]
        else:
            parent.children.append(element)
        if attributes and attributes.get("type") in _XHTML and meaning in _TEXTS:
            self._start_markup(element)

    def _start_unknown(self, parent: Element | None) -> None:
        if parent is not None:
            parent.has_strays = True
            parent.children = parent.children or []
        self._open.append(None)
        if len(self._open) > DEEPEST_NESTING:
            raise NotSureError("elements nest too deep")

    def _end(self, _raw: str) -> None:
        element = self._open.pop()
        if element is not None:
            element.text = "".join(self._words)
            if element.meaning == "entry":
                self._end_entry(element)
        if self._scope_depth >= 0 and len(self._open) == self._scope_depth:
            self._scope_depth, self._scope = self._outer_scopes.pop()

    def _end_entry(self, entry: Element) -> None:
        parent = self._open[-1]
        if parent is None or parent.children is None or parent.meaning not in _ROOMS:
            raise NotSureError("an entry in an uncommon place")
        parent.children.pop()
        self._listener.take(entry)

    def _read_attributes(self, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes by their customary names; their scope begins."""
        shape = self._shapes[tuple(attributes)]
        if shape.renamed:
            attributes = dict(zip(shape.renamed, attributes.values(), strict=True))
        for name in shape.words:
            attributes[name] = attributes[name].lower()
        if shape.has_scope:
            self._outer_scopes.append((self._scope_depth, self._scope))
            self._scope_depth = len(self._open)
            self._scope = _inner_scope(self._scope, attributes)
        return attributes

    def _start_markup(self, element: Element) -> None:
        element.pieces = []
        self._markup_depth = 0
        self.parser.StartElementHandler = self._start_tag
        self.parser.EndElementHandler = self._end_tag

    def _start_tag(self, raw: str, attributes: dict[str, str]) -> None:
        if len(attributes) > MOST_ATTRIBUTES:
            raise NotSureError("too many attributes")
        names = self.names.markup_attributes
        read = {names[key]: value for key, value in attributes.items()}
        for name in CASELESS.intersection(read):
            read[name] = read[name].lower()
        self._pieces().append(start_tag(self.names.markup[raw], read))
        self._markup_depth += 1
        if self._markup_depth > DEEPEST_NESTING - len(self._open):
            raise NotSureError("markup nests too deep")

    def _end_tag(self, raw: str) -> None:
        pieces = self._pieces()
        if self._markup_depth:
            self._markup_depth -= 1
            pieces.append(f"</{self.names.markup[raw]}>")
            return
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._end(raw)

    def _pieces(self) -> list[str]:
        """The pieces of the text that is open, what was said last among them."""
        element = self._open[-1]
        assert element is not None  # noqa: S101 - it was opened with its pieces
        assert element.pieces is not None  # noqa: S101
        if self._words:
            element.pieces.append(escape("".join(self._words)))
            self._words.clear()
        return element.pieces


def _inner_scope(outer: Scope, attributes: dict[str, str]) -> Scope:
    """What the children inherit of an element that says something of them."""
    language, base = outer
    if "xml:lang" in attributes:
        language = attributes["xml:lang"].replace("_", "-") or None
    if "xml:base" in attributes:
        base = _base(outer.base, attributes["xml:base"])
    return Scope(language, base)


def _base(outer: str | None, written: str) -> str:
    """The address that links start from inside the element."""
    if is_relative_base(written):
        raise NotSureError("a relative base")
    base = join(outer, written)
    if not base.startswith(("http://", "https://")) or join(base, base) != base:
        raise NotSureError("xml:base is no plain address")
    return base


def join(base: str | None, address: str) -> str:
    """The address as it is meant under the base; under none as it is written.

    Raises:
        NotSureError: it is none that everybody reads alike.
    """
    if ":///" in address or "[" in address or "]" in address:
        raise NotSureError(f"the address {address[:100]}")
    if base is None and address.isascii():
        return address
    try:
        return urljoin(base or _NO_BASE, address)
    except ValueError as error:
        raise NotSureError(f"the address {address[:100]}") from error


def _check_instruction(_target: str, words: str) -> None:
    if "<" in words:
        raise NotSureError("a tag in an instruction")


def _check_comment(words: str) -> None:
    if "<!" in words:
        raise NotSureError("a declaration in a comment")
