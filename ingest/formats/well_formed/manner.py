"""How a document writes its texts, and so how each of them is to be read."""

from __future__ import annotations

from ingest.formats.raw import RawText
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.elements import Element
from ingest.formats.well_formed.texts import (
    HTML,
    HTML_TYPES,
    PLAIN,
    XHTML,
    is_markup,
    kind_of,
    mended,
    without_wrapper,
)

_HTML_BY_DEFAULT = {"description", "full_text"}


class Manner:
    """How one document is written.

    `is_atom` is Atom of any version, `has_wrappers` where a div stands round each of
    its XHTML texts, `is_mended` where letters may have to be put right.
    """

    def __init__(self, *, is_atom: bool, has_wrappers: bool, is_mended: bool) -> None:
        self.is_atom = is_atom
        self._has_wrappers = has_wrappers
        self._is_mended = is_mended

    def words(self, element: Element) -> str:
        """The text of an element in which no other stands."""
        if element.children is not None:
            raise NotSureError(f"elements in {element.meaning}")
        return self.mend(element.text.strip())

    def mend(self, text: str) -> str:
        """The text, its letters put right if the document may need it."""
        return mended(text) if self._is_mended else text

    def text(self, element: Element) -> RawText | None:
        """A text of the publisher; None where there is nothing in it."""
        words = self._written(element)
        if not words:
            return None
        default = HTML if element.meaning in _HTML_BY_DEFAULT else PLAIN
        kind = kind_of(element.attributes.get("type"), default)
        if kind == XHTML and element.pieces is None:
            raise NotSureError(f"XHTML in {element.meaning}")
        is_html = kind in HTML_TYPES or (not self.is_atom and is_markup(words))
        return RawText(value=self.mend(words), is_html=is_html)

    def _written(self, element: Element) -> str:
        if element.attributes.get("mode") == "base64":
            raise NotSureError(f"a packed {element.meaning}")
        if element.pieces is None:
            return element.text.strip()
        if self._has_wrappers:
            return without_wrapper(element.pieces).strip()
        return "".join(element.pieces).strip()
