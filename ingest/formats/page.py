"""A web page that lists articles -> its entries, by the operator's CSS selectors.

Each part of an article is the first element in its item that the selector finds;
what is in an item inside an item is that one's alone. Without a selector, a part is
where pages usually have it:

    link     of the item's heading, else the item's first, else the item itself
    title    the item's heading, else the text of its link
    date     the item's first `time`
    image    the item's first picture
    summary, author     nowhere
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.selectors import split_selector
from ingest.formats.html_tags import decode_page
from ingest.formats.page_tree import (
    Element,
    PageTree,
    attribute,
    by_owner,
    inner_html,
    words,
)
from ingest.formats.raw import NotAFeedError, RawDocument, RawEntry, RawText
from ingest.source import PageSelectors

MOST_ITEMS = 500
"""Items that are read of one page, from its top."""

_HEADINGS = "h1, h2, h3, h4, h5, h6"
_LINKS = "a[href]"
# What an element says best in an attribute, the likeliest first; else in its text.
_TELLING: Mapping[str, tuple[str, ...]] = {
    "link": ("href", "content", "data-href", "data-url"),
    "date": ("datetime", "content"),
    "image": ("data-src", "data-lazy-src", "src", "content", "href"),
}
_NO_ADDRESS = re.compile(r"#|(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_Found = Mapping[int, list[Element]]


def parse_page(
    body: bytes, *, content_type: str | None, selectors: PageSelectors
) -> RawDocument:
    """The articles that the page lists, each address once, in the order of the page.

    Links and dates are the words of the page. An item with neither link nor title is
    no article. A link that was listed before is left out, unless it had no title yet.

    Raises:
        NotAFeedError: the item selector finds nothing, or nothing that is an article.
    """
    return read_page(PageTree(decode_page(body, content_type=content_type)), selectors)


def read_page(tree: PageTree, selectors: PageSelectors) -> RawDocument:
    """As `parse_page`, for a page that is a tree already."""
    items = tree.find(selectors.item)[:MOST_ITEMS]
    if not items:
        raise NotAFeedError(
            f"its item selector {selectors.item!r} finds nothing on the page: the page "
            "changed, or it is not the page that was meant"
        )
    entries = tuple(_each_once(_Reader(tree, items, selectors).entries()))
    if not entries:
        raise NotAFeedError(
            f"its item selector {selectors.item!r} finds {len(items)} elements on the "
            "page, but no link and no title in any: the page changed"
        )
    root, title = tree.first("html"), tree.first("title")
    return RawDocument(
        title=words(title) if title else None,
        language=attribute(root, "lang") if root else None,
        entries=entries,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Where one part of every article is: what was found in each item, and how read."""

    found: _Found
    attribute: str | None
    telling: tuple[str, ...]

    def of(self, item: Element) -> str | None:
        """What the part says in this item; None where there is none."""
        elements = self.found[item.mem_id]
        return self._value(elements[0]) if elements else None

    def text_of(self, item: Element) -> RawText | None:
        """The same as text: of an element with its markup."""
        if self.attribute:
            value = self.of(item)
            return RawText(value=value, is_html=False) if value else None
        elements = self.found[item.mem_id]
        return _text(elements[0]) if elements else None

    def _value(self, element: Element) -> str | None:
        if self.attribute:
            return attribute(element, self.attribute)
        told = (attribute(element, name) for name in self.telling)
        return next(filter(None, told), None) or words(element) or None


class _Reader:
    """Reads the items of one page: every selector is run over the page once."""

    def __init__(
        self, tree: PageTree, items: list[Element], selectors: PageSelectors
    ) -> None:
        self._tree = tree
        self._items = items
        self._headings = self._find(_HEADINGS)
        self._links = self._find(_LINKS)
        self._heading_links = self._find(f":is({_HEADINGS}) {_LINKS}")
        self._link = self._part("link", selectors.link)
        self._title = self._part("title", selectors.title)
        self._date = self._part("date", selectors.date or "time")
        self._summary = self._part("summary", selectors.summary)
        self._image = self._part("image", selectors.image or "img")
        self._author = self._part("author", selectors.author)
        base = tree.first("base[href]")
        self._base_url = attribute(base, "href") if base else None

    def entries(self) -> Iterator[RawEntry]:
        """Every item that has a link or a title."""
        for item in self._items:
            anchor = self._anchor(item)
            link = self._link.of(item) if self._link else _href(anchor)
            title = self._title_of(item, anchor)
            if link or title:
                yield self._entry(item, link, title)

    def _entry(
        self, item: Element, link: str | None, title: RawText | None
    ) -> RawEntry:
        return RawEntry(
            link=link,
            title=title,
            summary=self._summary.text_of(item) if self._summary else None,
            author=self._author.of(item) if self._author else None,
            published=self._date.of(item) if self._date else None,
            image_url=self._image.of(item) if self._image else None,
            base_url=self._base_url,
        )

    def _part(self, name: str, selector: str | None) -> _Part | None:
        if selector is None:
            return None
        css, named = split_selector(selector)
        found = self._find(css) if css else {one.mem_id: [one] for one in self._items}
        return _Part(found, named, _TELLING.get(name, ()))

    def _find(self, css: str) -> _Found:
        return by_owner(self._tree.find(css), self._items)

    def _anchor(self, item: Element) -> Element | None:
        """The link element that leads to the article."""
        found = (*self._heading_links[item.mem_id], *self._links[item.mem_id])
        return next((one for one in found if _href(one)), None)

    def _title_of(self, item: Element, anchor: Element | None) -> RawText | None:
        """The title; where the selector finds none, the link's text saves the entry."""
        own = self._title.text_of(item) if self._title else None
        headings = () if self._title else self._headings[item.mem_id]
        found = (_text(one) for one in (*headings, *([anchor] if anchor else ())))
        return own or next(filter(None, found), None) or _label(anchor)


def _text(element: Element) -> RawText | None:
    return RawText(value=inner_html(element).strip()) if words(element) else None


def _label(anchor: Element | None) -> RawText | None:
    """What a link around a picture says it leads to."""
    if anchor is None:
        return None
    picture = anchor.css_first("img[alt]")
    told = (
        attribute(anchor, "title"),
        attribute(anchor, "aria-label"),
        attribute(picture, "alt") if picture else None,
    )
    label = next(filter(None, told), None)
    return RawText(value=label, is_html=False) if label else None


def _href(anchor: Element | None) -> str | None:
    """Where a link leads, None where that is no other page."""
    href = attribute(anchor, "href") if anchor else None
    return None if href is None or _NO_ADDRESS.match(href) else href


def _each_once(entries: Iterable[RawEntry]) -> Iterator[RawEntry]:
    """Each link once, at its first place; the first entry of it that has a title."""
    kept: dict[str, RawEntry] = {}
    for number, entry in enumerate(entries):
        key = entry.link or (entry.title and entry.title.value) or str(number)
        if key not in kept or kept[key].title is None:
            kept[key] = entry
    return iter(kept.values())
