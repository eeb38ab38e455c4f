"""What an entry or a document links to, from the attributes of its links.

One rule for every reader of feeds: each hands over the links as mappings with `rel`,
`type` and `href`, whichever element they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.formats.attached import read_count

_Link = Mapping[str, Any]

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = (*_PAGES, "text/plain")
_CONTENT = "content"  # no relation of links, but where an Atom content is
_ABSOLUTE_BASE = re.compile(r"\s*https?:", re.IGNORECASE)
_RELATIVE_BASE = re.compile(
    rf"""xml:base\s*=\s*["'](?!{_ABSOLUTE_BASE.pattern})""", re.IGNORECASE
)


class Links:
    """The links that have an address, by what they lead to."""

    __slots__ = ("alternates", "contents", "files", "replies")

    def __init__(self) -> None:
        self.alternates: list[_Link] = []
        self.replies: list[_Link] = []
        self.files: list[_Link] = []
        self.contents: list[_Link] = []

    def page(self) -> str | None:
        """Where it is read; the page comes before its copies in other media types.

        Without a link it is the page where the whole content stands.
        """
        links = self.alternates
        if links:
            return _first_page(links) or str(links[0]["href"])
        return str(self.contents[0]["href"]) if self.contents else None

    def comments_page(self) -> str | None:
        """The page of the comments (RFC 4685, 4), never their feed."""
        return _first_page(self.replies) if self.replies else None

    def counted_replies(self) -> int | None:
        """How many comments the links to them count."""
        counts = (read_count(link.get("thr:count")) for link in self.replies)
        return next((count for count in counts if count is not None), None)


def sort_links(links: Iterable[_Link]) -> Links:
    """The links by what they lead to, in the order in which they stand."""
    sorted_links = Links()
    for link in links:
        address = link.get("href")
        if not address or address.isspace():
            continue
        relation = link.get("rel", "alternate")
        if relation == "alternate":
            sorted_links.alternates.append(link)
        elif relation == "enclosure":
            sorted_links.files.append(link)
        elif relation == "replies":
            sorted_links.replies.append(link)
        elif relation == _CONTENT:
            sorted_links.contents.append(link)
    return sorted_links


def link_to_content(media_type: str, address: str) -> _Link:
    """The link to a content that stands elsewhere (RFC 4287, 4.1.3.2).

    What is no page is a file that the entry carries along.
    """
    relation = _CONTENT if media_type in _TEXTS else "enclosure"
    return {"rel": relation, "type": media_type, "href": address}


def has_relative_base(text: str) -> bool:
    """Whether the document says of its links that they start from a part of a path."""
    return _RELATIVE_BASE.search(text) is not None


def is_relative_base(written: str) -> bool:
    """Whether an xml:base is a part of a path."""
    return _ABSOLUTE_BASE.match(written) is None


def _first_page(links: list[_Link]) -> str | None:
    for link in links:
        if link.get("type") in _PAGES:
            return str(link["href"])
    return None
