"""What an entry carries along or leads to: files, a picture, comments."""

from __future__ import annotations

from ingest.entry import Enclosure
from ingest.formats.attached import attached_files, choose_picture, read_count
from ingest.formats.linked import Links
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.elements import Element
from ingest.formats.well_formed.holder import Holder

_FILES = frozenset({"itunes_image", "media_content", "thumbnail"})
_COUNTS = ("comment_count", "thread_count")


def read_files(entry: Holder, links: Links) -> tuple[tuple[Enclosure, ...], str | None]:
    """The files of the entry, and the picture that stands for it."""
    if not links.files and _FILES.isdisjoint(entry.fields):
        return (), None
    files = [*links.files, *(one.attributes for one in entry.all("media_content"))]
    thumbnails = [_thumbnail(entry, one) for one in entry.all("thumbnail")]
    enclosures = tuple(attached_files([*files, *thumbnails]))
    return enclosures, choose_picture([*thumbnails, *_pictures(entry)], files)


def read_comments(entry: Holder, links: Links) -> tuple[str | None, int | None]:
    """The page of the entry's comments, and how many there are."""
    page = _comments(entry) if "comments" in entry.fields else None
    return page or links.comments_page(), _comment_count(entry, links)


def _thumbnail(entry: Holder, element: Element) -> dict[str, str]:
    if "url" in element.attributes:
        return element.attributes
    return {**element.attributes, "url": entry.address(element)}


def _pictures(entry: Holder) -> list[dict[str, str]]:
    """The entry's picture as broadcasts name it; the last one counts."""
    attributes = [element.attributes for element in entry.all("itunes_image")]
    addresses = [one.get("href") or one.get("url") for one in attributes]
    named = [{"href": address} for address in addresses if address]
    return named[-1:]


def _comments(entry: Holder) -> str | None:
    elements = entry.all("comments")
    for element in elements:
        if element.attributes:
            raise NotSureError("attributes of comments")
    return entry.address(elements[-1]) or None


def _comment_count(entry: Holder, links: Links) -> int | None:
    for field in _COUNTS:
        count = read_count(entry.bare(field)) if field in entry.fields else None
        if count is not None:
            return count
    return links.counted_replies() if links.replies else None
