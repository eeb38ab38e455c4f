"""How a document writes its texts, and so how each of them is to be read."""

from __future__ import annotations

from collections.abc import Callable

from ingest.formats.raw import RawText
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.elements import Element
from ingest.formats.well_formed.texts import (
    HTML,
    PLAIN,
    XHTML,
    is_markup,
    kind_of,
    without_wrapper,
)

_HTML_BY_DEFAULT = {"description", "full_text"}


class Manner:
    """How one document is written.

    `is_atom` is Atom of any version, `has_wrappers` where a div stands round each of
    its XHTML texts. `mend` puts letters right where somebody encoded them wrongly.
    """

    def __init__(
        self, *, is_atom: bool, has_wrappers: bool, mend: Callable[[str], str]
    ) -> None:
        self.is_atom = is_atom
        self._has_wrappers = has_wrappers
        self.mend = mend

    def words(self, element: Element) -> str:
        """The text of an element in which no other stands."""
        if element.children is not None:
            raise NotSureError(f"elements in {element.meaning}")
        return self.mend(element.text.strip())

    def text(self, element: Element) -> RawText | None:
        """A text of the publisher; None where there is nothing in it."""
        if element.pieces is None:
            words = element.text.strip()
        else:
            words = self._markup(element.pieces)
        if not words:
            return None
        kind = HTML if element.meaning in _HTML_BY_DEFAULT else PLAIN
        if element.attributes:
            kind = self._kind(element, kind)
        is_html = kind != PLAIN or (not self.is_atom and is_markup(words))
        return RawText(self.mend(words), is_html)

    def _kind(self, element: Element, default: str) -> str:
        """The kind of a text whose attributes may tell."""
        if element.attributes.get("mode") == "base64":
            raise NotSureError(f"a packed {element.meaning}")
        kind = kind_of(element.attributes.get("type"), default)
        if kind == XHTML and element.pieces is None:
            raise NotSureError(f"XHTML in {element.meaning}")
        return kind

    def _markup(self, pieces: list[str]) -> str:
        if self._has_wrappers:
            return without_wrapper(pieces).strip()
        return "".join(pieces).strip()
