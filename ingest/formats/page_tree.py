"""A page as a tree that CSS selectors are run over; the adapter of selectolax here.

What a page's elements mean for an article is `page`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.formats.tame_html import tame_html

Element = LexborNode
"""An element of the page."""

_WITHOUT_AN_ANCESTOR = frozenset(("-document", "html"))


class PageTree:
    """One page; whatever was in it, asking it takes bounded time."""

    def __init__(self, html: str) -> None:
        self._tree = LexborHTMLParser(tame_html(html))

    def find(self, css: str) -> list[Element]:
        """The elements that the selector finds, in the order of the page."""
        return self._tree.css(css)

    def first(self, css: str) -> Element | None:
        """The first element that the selector finds."""
        return self._tree.css_first(css)


def attribute(element: Element, name: str) -> str | None:
    """An attribute's value, None where it is missing or says nothing."""
    value = element.attributes.get(name)
    return value.strip() or None if value else None


def words(element: Element) -> str:
    """All the text in the element, on one line."""
    return " ".join(element.text(separator=" ").split())


def inner_html(element: Element) -> str:
    """The element's own HTML, without its tag."""
    return element.inner_html or ""


def ancestors(element: Element) -> Iterator[Element]:
    """The element, and then each that holds it, innermost first."""
    one: Element | None = element
    while one is not None and one.tag not in _WITHOUT_AN_ANCESTOR:
        yield one
        one = one.parent


def by_owner(
    elements: Iterable[Element], owners: Iterable[Element]
) -> Mapping[int, list[Element]]:
    """The elements in each owner, by the owner's `mem_id`, in the order of the page.

    An element in several belongs to the innermost, and an owner to itself.
    """
    owned: dict[int, list[Element]] = {owner.mem_id: [] for owner in owners}
    for element in elements:
        holders = (one.mem_id for one in ancestors(element) if one.mem_id in owned)
        holder = next(holders, None)
        if holder is not None:
            owned[holder].append(element)
    return owned
