"""What entries and documents have in common: fields, each by its meaning.

The rules for elements that stand there twice are those that `forgiving` keeps to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.formats.linked import Links, link_to_content, sort_links
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.elements import Element, join
from ingest.formats.well_formed.manner import Manner
from ingest.formats.well_formed.texts import HTML, KINDS, PLAIN

_MEDIA = {"media_content", "media_group"}
_DEEPEST_MEDIA = 4  # a group of contents that have titles is two
_PERSON = frozenset({"email", "name", "uri", "url"})
# What stands in these is their own and never the entry's.
_CHILDREN = {
    "author": _PERSON,
    "contributor": _PERSON,
    "image": frozenset({"description", "link", "size", "title", "url"}),
    "itunes_category": frozenset({"itunes_category"}),
    "owner": _PERSON,
    "skipped": frozenset({"skipped"}),
    "textinput": frozenset({"description", "link", "name", "title"}),
}
_IN_MEDIA = frozenset(
    {
        *("category", "media_content", "media_copyright", "media_description"),
        *("media_group", "media_keywords", "media_title", "player", "thumbnail"),
    }
)
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")


class Holder:
    """An entry or a document: its elements by their fields.

    `fields` has them in the order of the document, those of media groups among them.
    """

    def __init__(self, element: Element, manner: Manner) -> None:
        self.manner = manner
        self.fields: dict[str, list[Element]] = {}
        self._levels: dict[int, int] = {}
        self._take(element, level=0)

    def _take(self, holder: Element, *, level: int) -> None:
        fields = self.fields
        for child in holder.children or ():
            if child.field in fields:
                fields[child.field].append(child)
            else:
                fields[child.field] = [child]
            if level:
                self._levels[id(child)] = level
            if child.children is not None:
                self._take_inner(child, level=level)

    def _take_inner(self, element: Element, *, level: int) -> None:
        meaning = element.meaning
        if meaning in _MEDIA and level < _DEEPEST_MEDIA:
            _check_children(element, _IN_MEDIA)
            self._take(element, level=level + 1)
        elif meaning in _CHILDREN:
            _check_children(element, _CHILDREN[meaning])
            if element.has_strays and meaning in {"image", "textinput"}:
                raise NotSureError(f"unknown elements in {meaning}")
        elif meaning == "source":
            _check_source(element)
        elif meaning != "channel":
            raise NotSureError(f"elements in {meaning}")

    def check_without(self, meanings: frozenset[str]) -> None:
        """Make sure that no such element stands there."""
        if not meanings.isdisjoint(self.fields):
            raise NotSureError(f"one of {', '.join(sorted(meanings))}")

    def all(self, field: str) -> list[Element]:
        """The elements of the field, in the order of the document."""
        return self.fields.get(field, [])

    def only(self, field: str) -> Element | None:
        """The single element of the field, None where there is none."""
        elements = self.fields.get(field)
        if elements is None:
            return None
        if len(elements) > 1:
            raise NotSureError(f"{field} twice")
        return elements[0]

    def last(self, field: str) -> str | None:
        """The words of the field's last element, those outside groups first."""
        elements = self.fields.get(field)
        if elements is None:
            return None
        last = self._nearest(elements)[-1] if self._levels else elements[-1]
        return self.manner.words(last) or None

    def _nearest(self, elements: list[Element]) -> list[Element]:
        """Those of the elements that stand the least deep in groups."""
        levels = [self._levels.get(id(element), 0) for element in elements]
        nearest = min(levels)
        return [
            one for one, level in zip(elements, levels, strict=True) if level == nearest
        ]

    def bare(self, field: str) -> str | None:
        """The last words of a field whose elements should have no attributes."""
        for element in self.fields.get(field, ()):
            if element.attributes:
                raise NotSureError(f"attributes of {field}")
        return self.last(field)

    def aside(self, field: str) -> str | None:
        """The last words of a field that feedparser is given under another name."""
        if field not in self.fields:
            return None
        attributes = [element.attributes for element in self.fields[field]]
        if any(">" in value for one in attributes for value in one.values()):
            raise NotSureError(f"the attributes of {field}")
        return self.last(field)

    def rights(self) -> str | None:
        """Who may do what with it."""
        written = None
        for element in self.fields.get("rights", ()):
            written = self.manner.text(element)
        return written.value if written else self.aside("media_copyright")

    def links(self, contents: Sequence[Element] = ()) -> Links:
        """The links and the enclosures, and where these contents stand elsewhere."""
        links: list[Mapping[str, Any]] = [self._link(one) for one in self.all("link")]
        if contents:
            links += [_content_link(one) for one in contents if "src" in one.attributes]
        return sort_links(links)

    def page(self, links: Links) -> str | None:
        """Where it is read; FeedBurner keeps the publisher's own address apart."""
        return self.bare("original_link") or links.page()

    def address(self, element: Element) -> str:
        """The address that stands in the element, absolute where it has a base."""
        words = element.text.strip()
        return self.manner.mend(join(element.scope.base, words)) if words else ""

    def _link(self, element: Element) -> Mapping[str, Any]:
        if element.meaning == "enclosure":
            return _enclosure(element.attributes)
        if not element.attributes:
            address = self.address(element)
            if "&" in address:
                address = _REFERENCE.sub(r"&\1", address.replace("&amp;", "&"))
            return {"type": HTML, "href": address}
        attributes = element.attributes
        written = attributes.get("href", "")
        if not written.strip() or "url" in attributes or "uri" in attributes:
            raise NotSureError("a link in an uncommon way")
        address = join(element.scope.base, written)
        if address is written and "rel" in attributes and "type" in attributes:
            return attributes
        relation = attributes.get("rel", "alternate")
        kind = HTML if relation != "self" else "application/atom+xml"
        return {"rel": relation, "type": kind, **attributes, "href": address}


def _content_link(content: Element) -> Mapping[str, Any]:
    attributes = content.attributes
    media_type = attributes.get("type", PLAIN)
    address = join(content.scope.base, attributes["src"])
    return link_to_content(KINDS.get(media_type, media_type), address)


def _enclosure(attributes: dict[str, str]) -> dict[str, str]:
    names = ("url", "uri", "href")
    addresses = (attributes[name] for name in names if name in attributes)
    return {**attributes, "rel": "enclosure", "href": next(addresses, "")}


def _check_children(element: Element, meanings: frozenset[str]) -> None:
    for child in element.children or ():
        is_known = child.meaning in meanings
        if not is_known or (child.children is not None and child.meaning not in _MEDIA):
            raise NotSureError(f"{child.meaning} in {element.meaning}")


def _check_source(source: Element) -> None:
    """Make sure that there is no other entry inside the source of an entry."""
    for child in source.children or ():
        if child.meaning in _CHILDREN:
            _check_children(child, _CHILDREN[child.meaning])
        elif child.children is not None or child.meaning in {"entry", "source"}:
            raise NotSureError(f"{child.meaning} in a source")
